import Shared
import Testing

@testable import OrderServer

@Suite("Idempotency keys, in every kind of store")
struct IdempotencyTests {
  private func key(_ text: String, owner: String = "", of body: UInt8 = 1) -> IdempotencyKey {
    IdempotencyKey(owner: owner, text: text, fingerprint: [body])
  }

  @Test("The same request under the same key is one order, and another request is refused", arguments: StoreKind.all)
  func ordersOnce(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let first = try await store.insert(.sample("a"), under: key("k"))
      #expect(first == OrderID("a"))
      #expect(try await store.insert(.sample("b"), under: key("k")) == OrderID("a"))
      await #expect(throws: StoreError.keyReused("k")) { _ = try await store.insert(.sample("c"), under: key("k", of: 2)) }
      #expect(try await store.insert(.sample("d"), under: key("k", owner: "other", of: 2)) == OrderID("d"))
      #expect(try await store.insert(.sample("e"), under: key("K")) == OrderID("e"))
      #expect(try await store.order(OrderID("b")) == nil)
      #expect(try await store.tallies().total == 3)
    }
  }

  @Test("A request that was refused leaves its key free", arguments: StoreKind.all)
  func refusalsKeepNoKey(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.insert(.sample("a"))
      await #expect(throws: StoreError.duplicate(OrderID("a"))) { _ = try await store.insert(.sample("a"), under: key("k")) }
      #expect(try await store.insert(.sample("b"), under: key("k", of: 2)) == OrderID("b"))
    }
  }

  @Test("Many who send the same at once under one key get one order, all with its id", arguments: StoreKind.all)
  func ordersOnceAtOnce(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let ids = try await withThrowingTaskGroup(of: (Int, OrderID).self) { group in
        for index in 0..<300 {
          group.addTask { (index % 3, try await store.insert(.sample("o-\(index)"), under: key("k-\(index % 3)"))) }
        }
        return try await group.reduce(into: [Int: Set<OrderID>]()) { $0[$1.0, default: []].insert($1.1) }
      }
      #expect(ids.count == 3 && ids.values.allSatisfy { $0.count == 1 })
      #expect(try await store.tallies().total == 3)
    }
  }
}
