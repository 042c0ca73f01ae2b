import Shared

@testable import LoadReports
@testable import LoadRun

extension SampleRun {
  func histograms(_ orders: [Order]) -> [String: LatencyHistogram] {
    var all: [String: LatencyHistogram] = [:]
    func record(_ name: String, _ seconds: Double) {
      all[name, default: LatencyHistogram()].record(Int64((seconds * 1e9).rounded()))
    }
    for (index, order) in orders.enumerated() {
      record("slip", order.sent - order.due - 0.00001)
      record("connection_wait", 0.00001)
      if index.isMultiple(of: 7) { record("loop_lag", (order.sent - order.due) * 0.7) }
      if index.isMultiple(of: 200) { record("metrics", 0.0012 + (order.sent - order.due)) }
      guard !order.ambiguous else {
        record("accept.censored", 10)
        record("accept_service.censored", 10)
        continue
      }
      record("accept", order.received - order.due)
      record("accept_service", order.received - order.sent)
      guard order.accepted else { continue }
      for poll in 0..<order.polls {
        record("poll", 0.0008 + 0.0001 * Double((index + poll) % 9))
        guard poll > 0 else { continue }
        record("poll_gap", 0.1 + 0.0001 * Double((index + poll) % 5))
        record("poll_gap_asked", 0.1)
      }
      guard !order.stuck else {
        for name in ["completion", "processing"] { record(name + ".censored", order.lower - order.received) }
        record("turnaround.censored", order.lower - order.due)
        continue
      }
      record("completion.lower", Swift.max(0, order.lower - order.received))
      record("completion.upper", order.upper - order.sent)
      record("queue_wait.lower", Swift.max(0, order.startedLower - order.received))
      record("queue_wait.upper", order.startedUpper - order.sent)
      record("processing.lower", Swift.max(0, order.lower - order.startedUpper))
      record("processing.upper", order.upper - order.startedLower)
      record("turnaround.lower", order.lower - order.due)
      record("turnaround.upper", order.upper - order.due)
    }
    return all
  }

  static func bucket(_ seconds: Double) -> Int { HistogramBucket(holding: Int64((seconds * 1e9).rounded())).index }

  /// One to a second, from the epoch second of the start.
  func blocks(_ orders: [Order]) -> [Summary.Block] {
    let last = orders.map { Int(Swift.max($0.upper, $0.received)) }.max() ?? 0
    var blocks = (0...last).map { Summary.Block(t: Self.epoch + $0) }
    // Pairs by hand: a histogram for each block and end would make the tests slow.
    var accept = [[Int: UInt64]](repeating: [:], count: last + 1)
    var lower = accept
    var upper = accept
    func pairs(_ counts: [Int: UInt64]) -> [Summary.Pair] {
      counts.sorted { $0.key < $1.key }.map { Summary.Pair(index: $0.key, count: $0.value) }
    }
    for order in orders {
      blocks[Int(order.due)].scheduled += 1
      blocks[Int(order.sent)].submitted += 1
      blocks[Int(order.sent)].slipMax = Swift.max(blocks[Int(order.sent)].slipMax ?? 0, order.sent - order.due)
      blocks[Int(order.received)].polls += order.polls
      if order.rejected { blocks[Int(order.received)].rejected += 1 }
      if order.ambiguous { blocks[Int(order.received)].ambiguous += 1 }
      if !order.ambiguous { accept[Int(order.received)][Self.bucket(order.received - order.due), default: 0] += 1 }
      guard order.accepted else { continue }
      blocks[Int(order.received)].accepted += 1
      guard !order.stuck else { continue }
      blocks[Int(order.lower)].completedEarliest += 1
      blocks[Int(order.upper)].completedLatest += 1
      lower[Int(order.upper)][Self.bucket(Swift.max(0, order.lower - order.received)), default: 0] += 1
      upper[Int(order.upper)][Self.bucket(order.upper - order.sent), default: 0] += 1
    }
    for index in blocks.indices {
      blocks[index].accept = pairs(accept[index])
      blocks[index].completionLower = pairs(lower[index])
      blocks[index].completionUpper = pairs(upper[index])
    }
    return blocks
  }
}
