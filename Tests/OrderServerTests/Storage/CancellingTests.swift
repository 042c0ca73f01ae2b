import Shared
import Testing

@testable import OrderServer

@Suite("Cancelled and failed orders, in every kind of store")
struct CancellingTests {
  @Test("A pending order is cancelled with a stamp, once, and is never taken", arguments: StoreKind.all)
  func cancels(kind: StoreKind) async throws {
    try await kind.withStore { store in
      for id in ["a", "b", "c"] { try await store.insert(.sample(id)) }
      let cancelled = try #require(try await store.cancel(OrderID("b")))
      #expect(cancelled.status == .cancelled && cancelled.endedAt != nil && cancelled.startedAt == nil && cancelled.completedAt == nil)
      #expect(try await store.order(OrderID("b")) == cancelled)
      await #expect(throws: StoreError.notPending(OrderID("b"), .cancelled)) { _ = try await store.cancel(OrderID("b")) }
      #expect(try await store.cancel(OrderID("nobody")) == nil)
      let taken = try await store.advance(completing: [], taking: 10)
      #expect(taken.map(\.id.text) == ["a", "c"])
      await #expect(throws: StoreError.notPending(OrderID("a"), .processing)) { _ = try await store.cancel(OrderID("a")) }
      let tallies = try await store.tallies()
      #expect(tallies[.cancelled] == 1 && tallies[.processing] == 2 && tallies[.pending] == 0 && tallies.total == 3)
    }
  }

  @Test("Of a worker and a canceller who want the same order at once, exactly one gets it", arguments: StoreKind.all)
  func cancelsAgainstWorkers(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let ids = (0..<200).map { OrderID("o-\($0)") }
      for id in ids { try await store.insert(.sample(id.text)) }
      let (cancelled, taken) = try await cancelWhileTaking(ids, canceller: store, worker: store)
      #expect(cancelled.isDisjoint(with: taken.map(\.id)))
      let tallies = try await store.tallies()
      #expect(tallies[.cancelled] == Int64(cancelled.count) && tallies[.processing] == Int64(taken.count))
      #expect(tallies.total == 200)
      for id in cancelled { #expect(try await store.status(of: id) == .cancelled) }
    }
  }

  @Test("A failed order has ended, and counts in no average", arguments: StoreKind.all)
  func fails(kind: StoreKind) async throws {
    try await kind.withStore { store in
      for id in ["a", "b"] { try await store.insert(.sample(id)) }
      let taken = try await store.advance(completing: [], taking: 2)
      _ = try await store.advance(WorkerTurn(completing: [taken[0]], failing: [taken[1]], taking: 0))
      let failed = try #require(try await store.order(OrderID("b")))
      #expect(failed.status == .failed && failed.endedAt != nil && failed.completedAt == nil && failed.updatedAt == failed.endedAt)
      let tallies = try await store.tallies()
      #expect(tallies[.failed] == 1 && tallies[.completed] == 1)
      let completed = try #require(try await store.order(OrderID("a")))
      let time = try #require(completed.completedAt).microseconds - completed.createdAt.microseconds
      #expect(tallies.average(.completion) == Double(time) / 1e6)
    }
  }

  @Test("Workers that are told how far to go leave later orders alone", arguments: StoreKind.all)
  func stopsAtTheBound(kind: StoreKind) async throws {
    try await kind.withStore { store in
      #expect(try await store.lastNumber() == nil)
      for index in 0..<5 { try await store.insert(.sample("o-\(index)")) }
      let last = try #require(try await store.lastNumber())
      for index in 5..<9 { try await store.insert(.sample("o-\(index)")) }
      let taken = try await store.advance(WorkerTurn(completing: [], taking: 100, upTo: last))
      #expect(taken.map(\.id.text) == (0..<5).map { "o-\($0)" })
      #expect(try await store.advance(WorkerTurn(completing: [], taking: 100, upTo: last)).isEmpty)
      #expect(try await store.advance(completing: [], taking: 100).map(\.id.text) == (5..<9).map { "o-\($0)" })
    }
  }

  @Test("An order that is put in as completed is counted as such, with its times", arguments: StoreKind.all)
  func countsSamples(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let samples = SampleOrders(count: 15, now: Timestamp(microseconds: 1_000_000_000)) { OrderID(String($0)) }
      for order in samples.orders { try await store.insert(order) }
      let tallies = try await store.tallies()
      #expect(tallies[.completed] == 14 && tallies[.pending] == 1)
      #expect(tallies.average(.processing) == 5 && tallies.average(.completion) == 6)
      #expect(try await store.advance(completing: [], taking: 100).map(\.id.text) == ["14"])
      #expect(samples.orders.allSatisfy { $0.updatedAt < Timestamp(microseconds: 1_000_000_000) })
    }
  }
}

/// Cancels all of these orders, the last first, while workers take them, three at a time.
/// - Returns: the orders that were cancelled, and those that were taken.
func cancelWhileTaking(
  _ ids: [OrderID], canceller: some OrderStore, worker: some OrderStore
) async throws -> (cancelled: Set<OrderID>, taken: [ClaimedOrder]) {
  try await withThrowingTaskGroup(of: (OrderID?, [ClaimedOrder]).self) { group in
    for id in ids.reversed() {
      group.addTask {
        do {
          return (try await canceller.cancel(id)?.id, [])
        } catch StoreError.notPending {
          return (nil, [])
        }
      }
    }
    for _ in 0..<ids.count / 4 { group.addTask { (nil, try await worker.advance(completing: [], taking: 3)) } }
    return try await group.reduce(into: (Set<OrderID>(), [ClaimedOrder]())) { all, one in
      if let id = one.0 { all.0.insert(id) }
      all.1 += one.1
    }
  }
}
