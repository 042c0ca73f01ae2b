import Shared
import Testing

@testable import OrderServer

@Suite("OrderStore, in every kind")
struct OrderStoreTests {
  @Test("What was inserted is read back whole, and nothing else is found", arguments: StoreKind.all)
  func readsBack(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let order = Order.sample("a")
      try await store.insert(order)
      #expect(try await store.order(OrderID("a")) == order)
      #expect(try await store.status(of: OrderID("a")) == .pending)
      #expect(try await store.order(OrderID("b")) == nil)
      #expect(try await store.status(of: OrderID("b")) == nil)
    }
  }

  @Test("A taken id is refused, and the order that has it stays as it was", arguments: StoreKind.all)
  func refusesDuplicates(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let first = Order.sample("a")
      try await store.insert(first)
      let second = Order.sample("a", createdAt: Timestamp(microseconds: 9))
      await #expect(throws: StoreError.duplicate(OrderID("a"))) { try await store.insert(second) }
      #expect(try await store.order(OrderID("a")) == first)
      #expect(try await store.tallies().total == 1)
    }
  }

  @Test("Of many who want the same id at once, one gets it, and their neighbours all get theirs", arguments: StoreKind.all)
  func concurrentDuplicates(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let accepted = await withTaskGroup(of: Bool.self) { group in
        for index in 0..<400 {
          // Every fourth of them wants the same id.
          let id = index.isMultiple(of: 4) ? "same" : "own-\(index)"
          group.addTask { (try? await store.insert(.sample(id))) != nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(accepted == 301)
      let pending = try await store.tallies()[.pending]
      #expect(pending == 301)
    }
  }

  @Test("Orders are taken in the order in which they came, each once", arguments: StoreKind.all)
  func takesInOrder(kind: StoreKind) async throws {
    try await kind.withStore { store in
      for index in 0..<50 { try await store.insert(.sample("o-\(index)")) }
      var taken: [ClaimedOrder] = []
      for limit in [0, 1, 7, 20, 100] { taken += try await store.advance(completing: [], taking: limit) }
      #expect(taken.map(\.id.text) == (0..<50).map { "o-\($0)" })
      #expect(taken.map(\.number) == taken.map(\.number).sorted())
      #expect(try await store.advance(completing: [], taking: 10).isEmpty)
      for order in taken {
        let stored = try #require(try await store.order(order.id))
        #expect(stored.status == .processing && stored.startedAt == order.startedAt && stored.completedAt == nil)
      }
    }
  }

  @Test("Orders taken by many at once are taken once", arguments: StoreKind.all)
  func takesOnce(kind: StoreKind) async throws {
    try await kind.withStore { store in
      for index in 0..<200 { try await store.insert(.sample("o-\(index)")) }
      let taken = try await withThrowingTaskGroup(of: [ClaimedOrder].self) { group in
        for _ in 0..<40 { group.addTask { try await store.advance(completing: [], taking: 6) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(taken.count == 200)
      #expect(Set(taken).count == 200)
    }
  }

  @Test("A completed order is completed once, whatever is said twice", arguments: StoreKind.all)
  func completesOnce(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.insert(.sample("a"))
      let taken = try await store.advance(completing: [], taking: 1)
      _ = try await store.advance(completing: taken, taking: 0)
      let completed = try await store.order(OrderID("a"))
      _ = try await store.advance(completing: taken + taken, taking: 5)
      #expect(try await store.order(OrderID("a")) == completed)
      #expect(completed?.status == .completed)
      #expect(try await store.tallies()[.completed] == 1)
    }
  }

  @Test("The tallies are what counting the orders would give, after any mixture of changes", arguments: StoreKind.all)
  func talliesAreExact(kind: StoreKind) async throws {
    for seed in kind.seeds(6) {
      try await kind.withStore { store in
        let random = SeededRandom(seed: seed)
        var inWork: [ClaimedOrder] = []
        var ids: [OrderID] = []
        for step in 0..<30 as Range<UInt64> {
          for _ in 0..<random.bits(.orderContent, step) % 4 {
            let order = Order.sample("o-\(ids.count)")
            try await store.insert(order)
            ids.append(order.id)
          }
          let finished = inWork.filter { random.bits(.orderContent, step, part: UInt64(bitPattern: $0.number)).isMultiple(of: 3) }
          let taken = try await store.advance(completing: finished, taking: Int(random.bits(.pollJitter, step) % 5))
          inWork = inWork.filter { !finished.contains($0) } + taken
          #expect(try await store.tallies() == Self.count(ids, in: store))
        }
      }
    }
  }

  @Test("An average is the sum over the completed orders by their count, and there is none without any", arguments: StoreKind.all)
  func averages(kind: StoreKind) async throws {
    // The clock is read once for a turn that takes or completes; the created stamps are given.
    let clock = OrderClock.ticking(from: 10_000_000)
    try await kind.withStore(clock: clock) { store in
      try await store.insert(.sample("a", createdAt: Timestamp(microseconds: 4_000_000)))
      try await store.insert(.sample("b", createdAt: Timestamp(microseconds: 7_000_000)))
      #expect(try await store.tallies().average(.processing) == nil)
      let taken = try await store.advance(completing: [], taking: 2)
      _ = try await store.advance(completing: taken, taking: 0)
      let orders = try await [OrderID("a"), OrderID("b")].asyncMap { try #require(try await store.order($0)) }
      let tallies = try await store.tallies()
      let processing = try orders.map { try #require($0.completedAt).microseconds - #require($0.startedAt).microseconds }
      let completion = try orders.map { try #require($0.completedAt).microseconds - $0.createdAt.microseconds }
      #expect(tallies.average(.processing) == Double(processing.reduce(0, +)) / 2 / 1e6)
      #expect(tallies.average(.completion) == Double(completion.reduce(0, +)) / 2 / 1e6)
    }
  }

  @Test("Stamps follow one another: created, started, completed", arguments: StoreKind.all)
  func stampsFollow(kind: StoreKind) async throws {
    let clock = OrderClock()
    try await kind.withStore(clock: clock) { store in
      try await store.insert(.sample("a", createdAt: clock.now()))
      let taken = try await store.advance(completing: [], taking: 1)
      _ = try await store.advance(completing: taken, taking: 0)
      let order = try #require(try await store.order(OrderID("a")))
      let started = try #require(order.startedAt)
      let completed = try #require(order.completedAt)
      #expect(order.createdAt <= started && started <= completed && completed <= clock.now())
    }
  }

  @Test("A closed store refuses everything by name", arguments: StoreKind.all)
  func refusesWhenClosed(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await store.insert(.sample("a"))
      try await store.close()
      await #expect(throws: StoreError.closed) { try await store.insert(.sample("b")) }
      await #expect(throws: StoreError.closed) { _ = try await store.order(OrderID("a")) }
      await #expect(throws: StoreError.closed) { _ = try await store.advance(completing: [], taking: 1) }
      await #expect(throws: StoreError.closed) { _ = try await store.tallies() }
      await #expect(throws: StoreError.closed) { try await store.check() }
    }
  }

  /// The tallies by the long way.
  private static func count(_ ids: [OrderID], in store: any OrderStore) async throws -> Tallies {
    var tallies = Tallies()
    for id in ids {
      let order = try #require(try await store.order(id))
      tallies[order.status] += 1
      if let started = order.startedAt, let completed = order.completedAt {
        tallies.processing.add(completed.microseconds - started.microseconds)
        tallies.completion.add(completed.microseconds - order.createdAt.microseconds)
      }
    }
    return tallies
  }
}
