import Shared
import Synchronization

/// Orders in memory, gone when the program ends: for trying things out, and for measuring what a disk costs.
///
/// Every stamp of a transition is read inside the lock, so a transition that is stamped is visible at once.
final class MemoryOrderStore: OrderStore {
  let beganAt = Timestamp.ofMachine()
  private let clock: OrderClock
  private let state = Mutex(OrderBook())

  init(clock: OrderClock) {
    self.clock = clock
  }

  func recover() async throws -> Recovery { Recovery(requeued: 0, pending: 0) }

  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID {
    try withOpenBook { try $0.insert(order, under: key) }
  }

  func order(_ id: OrderID) async throws -> Order? {
    try withOpenBook { $0.order(id) }
  }

  func status(of id: OrderID) async throws -> OrderStatus? {
    try withOpenBook { $0.order(id)?.status }
  }

  func orders(_ query: OrderQuery) async throws -> OrderPage {
    try withOpenBook { $0.orders(query) }
  }

  func lastNumber() async throws -> Int64? {
    try withOpenBook { $0.lastNumber }
  }

  func cancel(_ id: OrderID) async throws -> Order? {
    try withOpenBook { try $0.cancel(id, at: clock.now()) }
  }

  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] {
    try withOpenBook { book in
      let now = clock.now()
      book.end(turn.completing, as: .completed, at: now)
      book.end(turn.failing, as: .failed, at: now)
      return book.take(turn.taking, upTo: turn.upTo, at: now)
    }
  }

  func tallies() async throws -> Tallies {
    try withOpenBook { $0.tallies }
  }

  func check() async throws {
    try withOpenBook { _ in }
  }

  func close() async throws {
    state.withLock { $0 = OrderBook(isClosed: true) }
  }

  private func withOpenBook<Value: Sendable>(_ body: (inout OrderBook) throws -> Value) throws -> Value {
    try state.withLock { book in
      guard !book.isClosed else { throw StoreError.closed }
      return try body(&book)
    }
  }
}
