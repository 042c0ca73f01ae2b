import Logging
import ServiceLifecycle
import Shared
import Synchronization
import Testing

@testable import OrderServer

@Suite("OrderProcessor", .timeLimit(.minutes(60)))
struct OrderProcessorTests {
  private static let logger = Logger(label: "test", factory: SwiftLogNoOpLogHandler.init)

  /// Runs workers over a store until the body is done with them.
  private func withProcessor(
    _ store: any OrderStore, clock: OrderClock, workers: Workers, serviceTime: ServiceTime, seed: UInt64 = 1,
    _ body: (OrderService) async throws -> Void
  ) async throws {
    let plan = ProcessingPlan(workers: workers, serviceTime: serviceTime)
    let processor = OrderProcessor(store: store, clock: clock, plan: plan, seed: seed, logger: Self.logger)
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [processor], logger: Self.logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      try await body(OrderService(store: store, clock: clock, processor: processor))
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      #expect(processor.hasStopped)
    }
  }

  private func waitUntil(_ orders: OrderService, completed count: Int64) async throws {
    try await until { try await orders.tallies()[.completed] >= count }
  }

  @Test("Orders that arrive while all sleep are completed, each after its own draw of the service time", arguments: StoreKind.all)
  func completes(kind: StoreKind) async throws {
    let clock = OrderClock()
    try await kind.withStore(clock: clock) { store in
      let serviceTime = ServiceTime.uniform(.milliseconds(1), .milliseconds(15))
      try await withProcessor(store, clock: clock, workers: .limited(3), serviceTime: serviceTime, seed: 7) { orders in
        var ids: [OrderID] = []
        for index in 0..<40 {
          ids.append(try await orders.accept(OrderDraft(userID: "u", itemIDs: ["a"], totalAmount: Double(index))).id)
          if index.isMultiple(of: 10) { try await waitUntil(orders, completed: Int64(index)) }
        }
        try await waitUntil(orders, completed: 40)
        var lastStart = Timestamp(microseconds: 0)
        for (index, id) in ids.enumerated() {
          let order = try await orders.order(id)
          let started = try #require(order.startedAt)
          let completed = try #require(order.completedAt)
          let draw = serviceTime.sample(SeededRandom(seed: 7), index: UInt64(index))
          // Stamps are whole microseconds, so a duration between two of them may be one short.
          #expect(completed.duration(since: started) >= draw - .microseconds(1))
          #expect(started >= lastStart, "first come, first served")
          lastStart = started
        }
        #expect(try await orders.tallies()[.processing] == 0)
      }
    }
  }

  @Test("What an earlier run left is completed without anything new arriving")
  func takesUpOldOrders() async throws {
    let clock = OrderClock()
    try await StoreKind.sqlite.withStore(clock: clock) { store in
      for index in 0..<2_500 { try await store.insert(.sample("o-\(index)", createdAt: clock.now())) }
      _ = try await store.advance(completing: [], taking: 100)
      #expect(try await store.recover() == Recovery(requeued: 100, pending: 2_500))
      try await withProcessor(store, clock: clock, workers: .unlimited, serviceTime: .fixed(.zero)) { orders in
        try await waitUntil(orders, completed: 2_500)
        #expect(try await orders.tallies().total == 2_500)
      }
    }
  }

  @Test("Orders in work when the workers stop stay in work, and are not hurried")
  func leavesOrders() async throws {
    let clock = OrderClock()
    let store = MemoryOrderStore(clock: clock)
    try await withProcessor(store, clock: clock, workers: .limited(2), serviceTime: .fixed(.seconds(3_600))) { orders in
      for _ in 0..<5 { _ = try await orders.accept(OrderDraft(userID: "u", itemIDs: ["a"], totalAmount: 1)) }
      try await until { try await orders.tallies()[.processing] == 2 }
    }
    let tallies = try await store.tallies()
    #expect(tallies[.processing] == 2 && tallies[.pending] == 3 && tallies[.completed] == 0)
  }

  @Test("A store that fails for a while is tried again, and no order is lost or completed twice")
  func triesAgain() async throws {
    let clock = OrderClock()
    let store = MoodyStore(MemoryOrderStore(clock: clock), failures: [1, 3])
    try await withProcessor(store, clock: clock, workers: .limited(1), serviceTime: .fixed(.zero)) { orders in
      _ = try await orders.accept(OrderDraft(userID: "u", itemIDs: ["a"], totalAmount: 1))
      try await waitUntil(orders, completed: 1)
    }
    #expect(try await store.tallies().total == 1)
  }
}

/// A store whose n-th turns fail.
private final class MoodyStore: OrderStore {
  private let store: any OrderStore
  private let failures: Set<Int>
  private let turns = Atomic(0)
  var beganAt: Timestamp { store.beganAt }

  init(_ store: any OrderStore, failures: Set<Int>) {
    self.store = store
    self.failures = failures
  }

  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] {
    let count = turns.add(1, ordering: .relaxed).newValue
    guard !failures.contains(count) else { throw StoreError.unavailable("not in the mood") }
    return try await store.advance(turn)
  }

  func recover() async throws -> Recovery { try await store.recover() }
  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID { try await store.insert(order, under: key) }
  func orders(_ query: OrderQuery) async throws -> OrderPage { try await store.orders(query) }
  func lastNumber() async throws -> Int64? { try await store.lastNumber() }
  func cancel(_ id: OrderID) async throws -> Order? { try await store.cancel(id) }
  func order(_ id: OrderID) async throws -> Order? { try await store.order(id) }
  func status(of id: OrderID) async throws -> OrderStatus? { try await store.status(of: id) }
  func tallies() async throws -> Tallies { try await store.tallies() }
  func check() async throws { try await store.check() }
  func close() async throws { try await store.close() }
}
