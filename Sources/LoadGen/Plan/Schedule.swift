import Shared

/// One order that is due.
struct Arrival: Sendable {
  /// The order's number in the whole run, counted from 0.
  var index: UInt64
  /// When it is due, in nanoseconds since the load began.
  var due: Int64
  /// In a closed load, the user that sends it, numbered within its loop.
  var user: UInt32 = 0
}

/// Determines when each order is due. There is one value per event loop; together they make up the plan.
protocol Schedule {
  /// The next order that becomes due by itself, never due earlier than the one before; `nil` once there are no more.
  mutating func next() -> Arrival?
  /// Skips all orders that become due by themselves up to and including `time`, so that `next` returns the first that is due later.
  /// - Parameters:
  ///   - time: nanoseconds since the load began.
  ///   - most: how many arrivals are drawn at most, if each must be drawn to know when it is due.
  /// - Returns: how many orders of this loop were skipped, and how many arrivals of the whole plan were drawn.
  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int)
  /// Whether there are users who send their next order when the last one was answered.
  var hasUsers: Bool { get }
  /// The next order of a closed load's user that is free at `at`, in nanoseconds since the load began; `nil` if there is none.
  ///
  /// If the user thinks first, the order may be due later than `at`; the same order is returned again when this is called at that time.
  mutating func freed(user: UInt32, at: Int64) -> Arrival?
}

/// A loop's part of the plan: loop `index` of `count` takes the arrivals whose number is ≡ `index` (mod `count`).
struct LoopShare: Sendable {
  var index: Int
  var count: Int

  /// How many of the things numbered from 0 to `whole` − 1 belong to this share.
  func part(of whole: UInt64) -> UInt64 {
    (whole + UInt64(count - 1 - index)) / UInt64(count)
  }
}

/// When a load ends: after this many orders or this much time, whichever comes first; `nil` is no limit.
struct LoadEnd: Sendable {
  var orders: UInt64?
  /// Nanoseconds since the load began; an order due at this time is no longer sent.
  var time: Int64?
}

/// Arrivals at a given rate, regardless of whether the target keeps up.
struct OpenSchedule: Schedule {
  private var times: ArrivalTimes
  private let end: LoadEnd
  private let share: LoopShare
  private var index: UInt64 = 0

  init(_ times: ArrivalTimes, end: LoadEnd, share: LoopShare) {
    self.times = times
    self.end = end
    self.share = share
  }

  mutating func next() -> Arrival? {
    while true {
      if let orders = end.orders, index >= orders { return nil }
      guard let due = times.next() else { return nil }
      if let time = end.time, due >= time { return nil }
      let arrival = Arrival(index: index, due: due)
      index += 1
      if Int(arrival.index % UInt64(share.count)) == share.index { return arrival }
    }
  }

  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int) {
    // Counted by the arrivals' own number, which may go beyond the end of the load.
    let before = times.index
    let drawn = times.pass(by: min(time, (end.time ?? .max) - 1), before: end.orders ?? .max, most: most)
    index = times.index
    return (Int(share.part(of: index) - share.part(of: before)), drawn)
  }

  var hasUsers: Bool { false }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { nil }
}
