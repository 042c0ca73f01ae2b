import Shared

/// A fixed number of users, each of which sends its next order once its last one has been answered and its think time is over.
struct ClosedSchedule: Schedule {
  private let users: UInt64
  private let end: LoadEnd
  private let share: LoopShare
  private var started: UInt64 = 0
  private var taken: UInt64 = 0
  private let thinking: Thinking?
  /// The state of each user, by its number within this loop. Empty if users do not think.
  private var thoughts: [Thought]

  /// How long users think: a function of the seed, the user, and how often that user has thought before.
  struct Thinking: Sendable {
    var time: ServiceTime
    var random: SeededRandom

    /// - Parameters:
    ///   - user: its number in the whole plan, not in the loop.
    ///   - thoughts: how often the user has thought before.
    func nanoseconds(user: UInt64, after thoughts: UInt32) -> Int64 {
      time.sample(random, index: user << 32 | UInt64(thoughts), of: .thinkTime).nanoseconds
    }
  }

  /// The latest due time, 146 years: nobody waits for anything later.
  private static let latest = Int64.max / 2

  private struct Thought {
    /// How often the user has thought.
    var count: UInt32 = 0
    /// The order that the user sends when it has finished thinking.
    var order: Arrival?
  }

  /// - Parameter users: of the whole plan; they are divided among the loops in the same way as the orders.
  init(users: UInt64, thinking: Thinking? = nil, end: LoadEnd, share: LoopShare) {
    self.users = share.part(of: users)
    self.thinking = thinking
    self.end = end
    self.share = share
    thoughts = thinking == nil ? [] : Array(repeating: Thought(), count: Int(self.users))
  }

  mutating func next() -> Arrival? {
    guard started < users, let arrival = take(user: UInt32(started), at: 0) else { return nil }
    started += 1
    return arrival
  }

  /// Nothing is passed over: the users' first orders are all due at once, and `next` returns each of them.
  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int) { (0, 0) }

  var hasUsers: Bool { true }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? {
    guard let thinking else { return take(user: user, at: at) }
    if let order = thoughts[Int(user)].order {
      if order.due <= at { thoughts[Int(user)].order = nil }
      return order
    }
    let thought = thinking.nanoseconds(user: UInt64(user) * UInt64(share.count) + UInt64(share.index), after: thoughts[Int(user)].count)
    thoughts[Int(user)].count += 1
    // The order is taken from the plan now, so a user waits neither for an order due after the end nor for one that another user gets.
    let order = take(user: user, at: min(at, Self.latest) + min(thought, Self.latest))
    if let order, order.due > at { thoughts[Int(user)].order = order }
    return order
  }

  private mutating func take(user: UInt32, at: Int64) -> Arrival? {
    if let orders = end.orders, taken >= share.part(of: orders) { return nil }
    guard at < end.time ?? Self.latest else { return nil }
    defer { taken += 1 }
    return Arrival(index: taken * UInt64(share.count) + UInt64(share.index), due: at, user: user)
  }
}
