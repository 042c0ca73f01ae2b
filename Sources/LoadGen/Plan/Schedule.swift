import Shared

/// One order that is due.
struct Arrival: Sendable {
  /// Its number in the whole run, counted from 0.
  var index: UInt64
  /// When it is due, in nanoseconds since the load began.
  var due: Int64
  /// The closed load's user that sends it.
  var user: UInt32 = 0
}

/// Says which order is due when. One value per event loop; together the loops' values are one plan.
protocol Schedule {
  /// The next order that is due by itself; its due time is never earlier than the last one's. `nil` when there is none any more.
  mutating func next() -> Arrival?
  /// Passes over all orders that are due by themselves by `time`, so that `next` tells of the first that is due later.
  /// - Parameter most: so many at most where each of them must be drawn to know when it is due.
  /// - Returns: how many of this loop's there were, and how many arrivals were drawn.
  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int)
  /// Whether there are users who send an order when their last one is answered.
  var hasUsers: Bool { get }
  /// The order that follows when a user of a closed load is free again, `at` nanoseconds after the load began; `nil` when there is none.
  ///
  /// It may be due later than `at`, when the user has thought. It is told again when it is asked for then.
  mutating func freed(user: UInt32, at: Int64) -> Arrival?
}

/// Which part of a plan a loop has: loop `index` of `count` takes the arrivals whose index is ≡ `index` (mod `count`).
struct LoopShare: Sendable {
  var index: Int
  var count: Int

  /// How many of `whole` things fall to this share.
  func part(of whole: UInt64) -> UInt64 {
    (whole + UInt64(count - 1 - index)) / UInt64(count)
  }
}

/// Where a load ends: after so many orders, so much time, or whichever comes first.
struct LoadEnd: Sendable {
  var orders: UInt64?
  /// Nanoseconds since the load began.
  var time: Int64?
}

/// Arrivals at a rate, whether or not the target keeps up.
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
    // Its own number goes on beyond the end of the load.
    let before = times.index
    let drawn = times.pass(by: min(time, (end.time ?? .max) - 1), before: end.orders ?? .max, most: most)
    index = times.index
    return (Int(share.part(of: index) - share.part(of: before)), drawn)
  }

  var hasUsers: Bool { false }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { nil }
}
