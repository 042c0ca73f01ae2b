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
  /// Whether there are users who send an order when their last one is answered.
  var hasUsers: Bool { get }
  /// The order that follows when a user of a closed load is free again, `at` nanoseconds after the load began; `nil` when there is none.
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
      let arrival = Arrival(index: index, due: times.next())
      if let time = end.time, arrival.due >= time { return nil }
      index += 1
      if Int(arrival.index % UInt64(share.count)) == share.index { return arrival }
    }
  }

  var hasUsers: Bool { false }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { nil }
}

/// A number of users, each of which sends its next order when its last one is answered.
struct ClosedSchedule: Schedule {
  private let users: UInt64
  private let end: LoadEnd
  private let share: LoopShare
  private var started: UInt64 = 0
  private var taken: UInt64 = 0

  /// - Parameter users: of the whole plan; they are split among the loops as the orders are.
  init(users: UInt64, end: LoadEnd, share: LoopShare) {
    self.users = share.part(of: users)
    self.end = end
    self.share = share
  }

  mutating func next() -> Arrival? {
    guard started < users, let arrival = take(user: UInt32(started), at: 0) else { return nil }
    started += 1
    return arrival
  }

  var hasUsers: Bool { true }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { take(user: user, at: at) }

  private mutating func take(user: UInt32, at: Int64) -> Arrival? {
    if let orders = end.orders, taken >= share.part(of: orders) { return nil }
    if let time = end.time, at >= time { return nil }
    defer { taken += 1 }
    return Arrival(index: taken * UInt64(share.count) + UInt64(share.index), due: at, user: user)
  }
}

/// The schedule of a scenario.
enum LoadSchedule: Schedule {
  case open(OpenSchedule)
  case closed(ClosedSchedule)

  var hasUsers: Bool {
    switch self {
    case .open: false
    case .closed: true
    }
  }

  mutating func next() -> Arrival? {
    switch self {
    case .open(var schedule):
      defer { self = .open(schedule) }
      return schedule.next()
    case .closed(var schedule):
      defer { self = .closed(schedule) }
      return schedule.next()
    }
  }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? {
    switch self {
    case .open: return nil
    case .closed(var schedule):
      defer { self = .closed(schedule) }
      return schedule.freed(user: user, at: at)
    }
  }
}
