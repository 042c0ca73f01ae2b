import LoadReports
import LoadRun
import Shared

/// What is known about a load in advance, to describe its progress.
struct LoadOutline: Sendable {
  private let load: Scenario.Load
  /// How many orders there will be; `nil` where that is unknown.
  let orders: Int?
  /// How long orders are sent, in seconds; `nil` where that is unknown.
  let length: Double?

  init(_ scenario: Scenario) {
    load = scenario.load
    orders = scenario.expectedOrders
    length = scenario.arrivalSpan ?? scenario.duration?.seconds
  }

  /// The mean arrival rate that is asked for between two times, in seconds since the load began; `nil` for a closed load, and once the load
  /// is over.
  func target(from begin: Double, to end: Double) -> Double? {
    let end = min(end, length ?? end)
    guard end > begin, let before = expected(by: begin), let after = expected(by: end) else { return nil }
    return (after - before) / (end - begin)
  }

  /// How many orders are due until a time, in seconds since the load began; `nil` for a closed load.
  private func expected(by seconds: Double) -> Double? {
    let nanoseconds = Int64(min(9e18, max(0, seconds * 1e9)))
    return switch load {
    case .closed: nil
    case .open(let rate, _): rate.perSecond * max(0, seconds)
    case .stages(let stages, _): stages.expected(by: .nanoseconds(nanoseconds))
    case .recorded(let times): Double(times.count(before: nanoseconds))
    }
  }

  /// Whether no more orders are going to be due.
  func isOver(at seconds: Double, sent: Int) -> Bool { length.map { seconds >= $0 } ?? false || orders.map { sent >= $0 } ?? false }

  /// How long orders will still be sent, in seconds; `nil` where that is unknown.
  /// - Parameter rate: how many are sent per second at present.
  func timeLeft(at seconds: Double, sent: Int, rate: Double?) -> Double? {
    let byLength = length.map { max(0, $0 - seconds) }
    // In open load the length is known; in closed load it depends on the target.
    guard case .closed = load, let orders, let rate, rate > 0 else { return byLength }
    return min(byLength ?? .infinity, Double(max(0, orders - sent)) / rate)
  }
}
