import Shared
import Synchronization

/// Orders in memory: gone when the program ends. For trying things out, and for measuring what a disk costs.
///
/// Every stamp is read inside the lock, so what is stamped is visible at once.
final class MemoryOrderStore: OrderStore {
  private struct State {
    /// By number.
    var orders: [Order] = []
    var numbers: [OrderID: Int] = [:]
    /// The first order that is still pending: orders are taken in the order of their numbers.
    var next = 0
    var tallies = Tallies()
    var isClosed = false
  }

  private let clock: OrderClock
  private let state = Mutex(State())

  init(clock: OrderClock) {
    self.clock = clock
  }

  func recover() async throws -> Recovery { Recovery(requeued: 0, pending: 0) }

  func insert(_ order: Order) async throws {
    try withOpenState { state in
      guard state.numbers[order.id] == nil else { throw StoreError.duplicate(order.id) }
      state.numbers[order.id] = state.orders.count
      state.orders.append(order)
      state.tallies[.pending] += 1
    }
  }

  func order(_ id: OrderID) async throws -> Order? {
    try withOpenState { state in state.numbers[id].map { state.orders[$0] } }
  }

  func status(of id: OrderID) async throws -> OrderStatus? {
    try await order(id)?.status
  }

  func advance(completing finished: [TakenOrder], taking limit: Int) async throws -> [TakenOrder] {
    try withOpenState { state in
      let now = clock.now()
      for order in finished {
        let place = Int(order.number)
        guard state.orders[place].status == .processing else { continue }
        state.orders[place].status = .completed
        state.orders[place].completedAt = now
        state.tallies.complete(order, at: now)
      }
      let taken = state.next..<min(state.next + limit, state.orders.count)
      state.next = taken.upperBound
      state.tallies.move(Int64(taken.count), from: .pending, to: .processing)
      return taken.map { place in
        state.orders[place].status = .processing
        state.orders[place].startedAt = now
        return TakenOrder(number: Int64(place), id: state.orders[place].id, createdAt: state.orders[place].createdAt, startedAt: now)
      }
    }
  }

  func tallies() async throws -> Tallies {
    try withOpenState { $0.tallies }
  }

  func check() async throws {
    try withOpenState { _ in }
  }

  func close() async throws {
    state.withLock { $0 = State(isClosed: true) }
  }

  private func withOpenState<Value: Sendable>(_ body: (inout State) throws -> Value) throws -> Value {
    try state.withLock { state in
      guard !state.isClosed else { throw StoreError.closed }
      return try body(&state)
    }
  }
}
