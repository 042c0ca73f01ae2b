import Shared

/// Where orders are kept, and the only place that moves them from one status to the next.
///
/// Every change is all or nothing. A read that begins after a change has been answered sees the change.
/// A read of an order, a status or a list that begins after a transition was *stamped* sees the transition too: where necessary, it waits
/// for the commit. So no client can prove from its polls that a stamp is wrong.
protocol OrderStore: Sendable {
  /// How often the workers look for orders that came in without their knowledge; `nil` where none can.
  var lookInterval: Duration? { get }

  /// When the store was made, and began to count. Like the counts it is the same after a restart.
  var beganAt: Timestamp { get }

  /// Takes up what an earlier run left: orders that were being processed, and that no running server works on, become pending again. Called
  /// once, before anything else.
  /// - Throws: `StoreError.unavailable`.
  func recover() async throws -> Recovery

  /// Stores a new order after all others, with the status that it has: pending, except for sample orders. When it returns, the order is as
  /// durable as the store can make it.
  /// - Parameter key: stored together with the order. A second insertion under the same key stores nothing.
  /// - Returns: the order's id, or that of the order that was first inserted under the key.
  /// - Throws: `StoreError.duplicate` where its id is taken; `StoreError.keyReused` where the key was first used for something else;
  ///   `StoreError.unavailable`, and then the order may or may not be there later.
  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID

  /// - Returns: `nil` where there is no such order.
  /// - Throws: `StoreError.unavailable`, or `.damaged` where its row cannot be what was stored.
  func order(_ id: OrderID) async throws -> Order?

  /// The order's status without the rest of it, because most questions are about nothing else.
  /// - Returns: `nil` where there is no such order.
  /// - Throws: as `order`.
  func status(of id: OrderID) async throws -> OrderStatus?

  /// A page of the list of orders, as of one instant.
  /// - Throws: as `order`.
  func orders(_ query: OrderQuery) async throws -> OrderPage

  /// The number of the order that was accepted last; `nil` where there is none.
  /// - Throws: `StoreError.unavailable`.
  func lastNumber() async throws -> Int64?

  /// Cancels an order that no worker has taken, for good.
  /// - Returns: the order as it is now; `nil` where there is none.
  /// - Throws: `StoreError.notPending`, and then the order is as it was.
  func cancel(_ id: OrderID) async throws -> Order?

  /// One turn of the workers, as one change: ends what they have finished, then takes pending orders, the oldest first, and
  /// stamps them.
  /// - Returns: the orders that were taken, by rising number.
  /// - Throws: `StoreError.unavailable`, and then nothing has ended and nothing was taken.
  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder]

  /// All counts and sums, as of one instant.
  /// - Throws: as `order`.
  func tallies() async throws -> Tallies

  /// Whether the store can be written to at this moment.
  /// - Throws: `StoreError.unavailable` where it cannot.
  func check() async throws

  /// Finishes what has been asked for, and gives up the file or the connections. Whatever is asked for afterwards throws
  /// `StoreError.closed`.
  func close() async throws
}

extension OrderStore {
  var lookInterval: Duration? { nil }

  /// Accepts an order that came without a key.
  func insert(_ order: Order) async throws {
    _ = try await insert(order, under: nil)
  }

  /// A turn in which no order fails, and orders of any number may be taken.
  func advance(completing finished: [ClaimedOrder], taking limit: Int) async throws -> [ClaimedOrder] {
    try await advance(WorkerTurn(completing: finished, taking: limit))
  }
}

/// What the workers ask of a store in one turn.
struct WorkerTurn: Sendable, Equatable {
  /// Orders whose processing is done.
  var completing: [ClaimedOrder]
  /// Orders whose processing went wrong.
  var failing: [ClaimedOrder] = []
  /// How many orders may be taken at most.
  var taking: Int
  /// Orders with higher numbers are not taken.
  var upTo = Int64.max
}

/// What an earlier run left to do.
struct Recovery: Sendable, Equatable {
  /// Orders that were being processed when it ended, and are pending again.
  var requeued: Int
  /// All orders that are pending now, including the requeued ones.
  var pending: Int
}

/// Why a store has not done what it was asked. Unless a case or the function that throws it says otherwise, nothing has been changed.
enum StoreError: Error, Equatable {
  /// There is an order of this id already.
  case duplicate(OrderID)
  /// The order can no longer be cancelled; it has this status.
  case notPending(OrderID, OrderStatus)
  /// The key was used for another request.
  case keyReused(String)
  /// The store cannot do it now, and says why: its disk is full, its file is locked. A later attempt may succeed.
  case unavailable(String)
  /// A stored value is not one that this program writes. The text says what and where; it is for the log alone.
  case damaged(String)
  /// The store has been closed, because the program ends.
  case closed
}

extension StoreError: CustomStringConvertible {
  var description: String {
    switch self {
    case .duplicate(let id): "there is an order '\(id.text)' already"
    case .notPending(let id, let status): "the order '\(id.text)' is \(status.rawValue)"
    case .keyReused: "the key was used for another request"
    case .unavailable(let reason), .damaged(let reason): reason
    case .closed: "the store is closed"
    }
  }
}
