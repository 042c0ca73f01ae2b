import Shared

/// Where orders are kept, and the only place that moves them from one status to the next.
///
/// Every change is all or nothing, and is visible to every read that begins after the change's answer.
/// A read that begins after a transition was *stamped* sees the transition too: it waits for it where it must. So no client
/// can prove from its polls that a stamp is wrong.
protocol OrderStore: Sendable {
  /// Opens what an earlier run left: orders that were being processed are pending again. Called once, before all else.
  /// - Throws: `StoreError.unavailable`.
  func recover() async throws -> Recovery

  /// Accepts a new, pending order behind all others. When it returns, the order is as durable as the store can make it.
  /// - Throws: `StoreError.duplicate` where its id is taken; `StoreError.unavailable`, and then it may or may not be there later.
  func insert(_ order: Order) async throws

  func order(_ id: OrderID) async throws -> Order?

  /// The status alone, which is what is asked for most.
  func status(of id: OrderID) async throws -> OrderStatus?

  /// One turn of the workers, as one change: completes what they have finished, then takes up to `limit` pending orders,
  /// the oldest first, and stamps them.
  /// - Throws: `StoreError.unavailable`, and then nothing was completed and nothing was taken.
  func advance(completing finished: [TakenOrder], taking limit: Int) async throws -> [TakenOrder]

  /// All counts and sums, as of one instant.
  func tallies() async throws -> Tallies

  /// Whether the store can be written to at this moment.
  /// - Throws: `StoreError.unavailable` where it cannot.
  func check() async throws

  /// Finishes what has been asked for, and lets go of the file. Whatever is asked for afterwards throws `StoreError.closed`.
  func close() async throws
}

/// What an earlier run left to be done.
struct Recovery: Sendable, Equatable {
  /// Orders that were being processed when it ended, and are pending again.
  var requeued: Int
  /// All orders that wait now, those included.
  var pending: Int
}

enum StoreError: Error, Equatable {
  case duplicate(OrderID)
  /// The store cannot do it now, and says why: its disk is full, its file is locked. A later attempt may succeed.
  case unavailable(String)
  case closed
}
