import Foundation
import Shared

@testable import LoadReports
@testable import LoadRun

/// A simulated run, drawn from a seed: orders by a schedule, eight workers, polls, and a server that tells the truth or does not.
/// What comes out is consistent in itself: figures are derived from histograms, blocks sum up to the totals.
struct SampleRun {
  var seed: UInt64 = 1
  /// Orders a second, for ten seconds.
  var rate = 200.0
  var seconds = 10.0
  /// Of every so many orders one is rejected, and one times out.
  var rejectedOneIn: UInt64 = .max
  var ambiguousOneIn: UInt64 = .max
  /// Of every so many accepted orders one never ends.
  var stuckOneIn: UInt64 = .max
  /// By how many orders the server's total is too small.
  var lie = 0
  var pollInterval = 0.1
  static let epoch = 1_790_000_000

  struct Order {
    var due = 0.0
    var sent = 0.0
    var received = 0.0
    var rejected = false
    var ambiguous = false
    var started = 0.0
    var ended = 0.0
    var startedLower = 0.0
    var startedUpper = 0.0
    var lower = 0.0
    var upper = 0.0
    var polls = 0
    var stuck = false
    var accepted: Bool { !rejected && !ambiguous }
  }

  /// Each order's life, by due time; worked on first come first served.
  func orders() -> [Order] {
    let random = SeededRandom(seed: seed)
    var free = [Double](repeating: 0, count: 24)
    return (0..<UInt64(rate * seconds)).map { index in
      var order = Order()
      order.due = Double(index) / rate
      order.sent = order.due + 0.00002 + 0.0001 * random.uniform(.arrivalGap, index)
      // Once in a while the target pauses.
      let pause = (index % 700) > 660 ? 0.018 * Double(700 - index % 700) / 40 : 0
      order.received = order.sent + 0.0011 - 0.0006 * log(random.uniform(.serviceTime, index)) + pause
      order.rejected = index % rejectedOneIn == rejectedOneIn - 1
      order.ambiguous = !order.rejected && index % ambiguousOneIn == ambiguousOneIn - 1
      guard order.accepted else { return order }
      let worker = free.indices.min { free[$0] < free[$1] } ?? 0
      order.started = Swift.max(order.received, free[worker])
      order.ended = order.started + 0.07 + 0.06 * random.uniform(.serviceTime, index, part: 1)
      free[worker] = order.ended
      order.stuck = index % stuckOneIn == stuckOneIn - 1
      poll(&order, until: seconds + 6, phase: random.uniform(.pollJitter, index))
      return order
    }
  }

  private func poll(_ order: inout Order, until end: Double, phase: Double) {
    order.lower = order.received
    order.startedLower = order.received
    order.startedUpper = .infinity
    var at = order.received + pollInterval * (0.5 + phase / 2)
    while at < end {
      order.polls += 1
      let answered = at + 0.0008
      if order.started > at { order.startedLower = at } else { order.startedUpper = Swift.min(order.startedUpper, answered) }
      if !order.stuck && order.ended <= at {
        order.upper = answered
        return
      }
      order.lower = at
      at += pollInterval
    }
    order.stuck = true
  }
}
