import Shared

/// The orders of a random sample that are in hand, which are polled between the polls that all orders get.
///
/// What these plain polls alone showed of each is kept apart: it is what is known of all other orders, so that the sample tells how much
/// longer orders last than they are surely known to (docs/measurement.md, "A sample, polled densely").
struct AuditSample {
  private let precision: AuditPrecision?
  private let share: Double
  private let random: SeededRandom
  private var orders: [Handle: Sampled] = [:]

  private struct Sampled {
    /// What the plain polls alone have shown.
    var plain: OrderHistory
    /// How many plain polls there were, and from when the gap to the next one counts.
    var plainPolls: UInt32 = 0
    var from: Instant
    /// How many polls there were in all.
    var polls: UInt32 = 0
    /// Whether its next poll, or the one under way, is one between the plain ones.
    var isBetween = false
  }

  /// - Parameter policy: that of the plain polls.
  init(_ precision: AuditPrecision?, _ policy: PollPolicy) {
    self.precision = precision
    share = precision?.share(plain: policy.first) ?? 0
    random = policy.random
  }

  /// Whether there is one at all.
  var isActive: Bool { precision != nil }

  /// How many of an order's polls were plain; `nil` if all are.
  func plainPolls(of order: Handle) -> UInt32? { orders.isEmpty ? nil : orders[order]?.plainPolls }

  /// Whether the order's next poll, or the one under way, is one between the plain ones.
  func isBetween(_ order: Handle) -> Bool { orders.isEmpty ? false : orders[order]?.isBetween ?? false }

  /// The order has been acknowledged or polled, and is to be polled again.
  /// - Parameters:
  ///   - history: what is known of it.
  ///   - polls: how many polls of it there were.
  ///   - from: from when the gap to its next poll counts.
  mutating func proceeds(_ order: Handle, _ history: OrderHistory, polls: UInt32, from: Instant) {
    if var sampled = orders[order] {
      if !sampled.isBetween {
        sampled.from = from
        sampled.plainPolls += polls - sampled.polls
      }
      sampled.polls = polls
      orders[order] = sampled
    } else if polls == 0, random.uniform(.auditSample, history.index) < share {
      orders[order] = Sampled(plain: history, from: from)
    }
  }

  /// When an order of the sample is to be polled next; `nil` for all other orders. Each gap between plain polls is divided evenly.
  /// - Parameter gap: from one plain poll to the next, in nanoseconds.
  mutating func next(_ order: Handle, gap: Int64, _ now: Instant) -> Instant? {
    guard let precision, let sampled = orders[order] else { return nil }
    let parts = gap > precision.gap ? Int128(gap / precision.gap + (gap % precision.gap == 0 ? 0 : 1)) : 1
    // Those that are past already are left out.
    let next = parts > 1 ? Int128(max(0, now - sampled.from)) * parts / Int128(gap) + 1 : 1
    orders[order]?.isBetween = next < parts
    return sampled.from + (next < parts ? Int64(Int128(gap) * next / parts) : gap)
  }

  /// An answer showed an order to be somewhere.
  mutating func observed(_ order: Handle, _ sighting: OrderHistory.Sighting, sent: Instant, received: Instant, opened: Instant) {
    guard !orders.isEmpty, orders[order]?.isBetween == false else { return }
    orders[order]?.plain.observe(sighting, sent: sent, received: received, opened: opened)
  }

  /// The order's story is over.
  /// - Returns: what plain polls alone showed of it; `nil` if it is none of the sample.
  mutating func remove(_ order: Handle) -> OrderHistory? { orders.isEmpty ? nil : orders.removeValue(forKey: order)?.plain }
}
