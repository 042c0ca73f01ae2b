import Shared
import Testing

@testable import OrderServer

@Suite("Several servers on one database")
struct SeveralServersTests {
  @Test("Orders are taken once, whoever asks, and each server counts the same", arguments: StoreKind.databases)
  func takesOnce(kind: StoreKind) async throws {
    try await kind.withTwoStores { first, second in
      for index in 0..<200 { try await (index.isMultiple(of: 2) ? first : second).insert(.sample("o-\(index)")) }
      let taken = try await withThrowingTaskGroup(of: [ClaimedOrder].self) { group in
        for index in 0..<60 { group.addTask { try await (index.isMultiple(of: 2) ? first : second).advance(completing: [], taking: 5) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      // Who comes while others are being taken may find fewer than there are.
      let rest = try await first.advance(completing: [], taking: 200)
      let all = taken + rest
      #expect(all.count == 200 && Set(all.map(\.id)).count == 200)
      _ = try await second.advance(completing: all.filter { $0.server == all[0].server }, taking: 0)
      _ = try await first.advance(completing: all.filter { $0.server != all[0].server }, taking: 0)
      let tallies = try await first.tallies()
      #expect(tallies[.completed] == 200 && tallies.total == 200)
      #expect(try await second.tallies() == tallies)
      #expect(first.beganAt == second.beganAt && first.beganAt > Timestamp(microseconds: 0))
    }
  }

  @Test(
    "Of one server's workers and another's canceller who want the same order at once, exactly one gets it", arguments: StoreKind.databases)
  func cancelsAgainstWorkers(kind: StoreKind) async throws {
    try await kind.withTwoStores { first, second in
      let ids = (0..<100).map { OrderID("o-\($0)") }
      for id in ids { try await first.insert(.sample(id.text)) }
      let (cancelled, taken) = try await cancelWhileTaking(ids, canceller: second, worker: first)
      #expect(cancelled.isDisjoint(with: taken.map(\.id)))
      let tallies = try await first.tallies()
      #expect(tallies[.cancelled] == Int64(cancelled.count) && tallies[.processing] == Int64(taken.count) && tallies.total == 100)
    }
  }

  @Test("The same id, and the same key, at two servers at once is one order", arguments: StoreKind.databases)
  func ordersOnce(kind: StoreKind) async throws {
    try await kind.withTwoStores { first, second in
      let accepted = await withTaskGroup(of: OrderID?.self) { group in
        for index in 0..<60 {
          let store = index.isMultiple(of: 2) ? first : second
          group.addTask { (try? await store.insert(.sample("same-\(index / 20)"))) == nil ? nil : OrderID("plain") }
          group.addTask {
            try? await store.insert(
              .sample("keyed-\(index)"), under: IdempotencyKey(owner: "", text: "k-\(index / 20)", fingerprint: [1]))
          }
        }
        return await group.reduce(into: [OrderID]()) { ids, id in if let id { ids.append(id) } }
      }
      #expect(accepted.count { $0 == OrderID("plain") } == 3)
      let keyed = accepted.filter { $0 != OrderID("plain") }
      #expect(keyed.count == 60 && Set(keyed).count == 3)
      let total = try await second.tallies().total
      #expect(total == 6)
    }
  }

  @Test(
    "A silent server's orders are taken over when its lease has run out; what it writes later changes nothing",
    arguments: StoreKind.databases)
  func fencesOff(kind: StoreKind) async throws {
    // Long enough for a busy machine: the database undoes the transactions of who stands still for longer, and who was late himself judges
    // nobody.
    try await kind.withTwoStores(lease: .seconds(3)) { silent, other in
      // The silent one gives no sign of life beyond its turns.
      for index in 0..<10 { try await silent.insert(.sample("o-\(index)")) }
      let taken = try await silent.advance(completing: [], taking: 6)
      _ = try await other.recover()
      try await until { try await other.tallies()[.pending] == 10 }
      let again = try await other.advance(completing: [], taking: 3)
      #expect(again.map(\.id) == taken.prefix(3).map(\.id))

      // The first three are being processed by the other, the last three by nobody.
      let counted = try await other.tallies()
      let before = try await taken.asyncMap { try await other.order($0.id) }
      _ = try await silent.advance(completing: Array(taken.prefix(2)) + taken.suffix(2), taking: 0)
      _ = try await silent.advance(WorkerTurn(completing: [], failing: Array(taken.prefix(4)), taking: 0))
      #expect(try await taken.asyncMap { try await other.order($0.id) } == before)
      #expect(try await other.tallies() == counted)

      // Under a new name it works again, with the rest; it may be silent for too long once more, where the machine is slow.
      _ = try await other.advance(completing: again, taking: 0)
      var fresh: [ClaimedOrder] = []
      try await until {
        fresh = try await silent.advance(completing: fresh, taking: 100)
        #expect(fresh.allSatisfy { $0.server != taken[0].server })
        return try await silent.tallies()[.completed] == 10
      }
      let total = try await other.tallies().total
      #expect(total == 10)
    }
  }

  @Test("A server that gives signs of life keeps its orders, however long they take", arguments: StoreKind.databases)
  func keepsItsOrders(kind: StoreKind) async throws {
    // Where the machine lets a server stand still for longer than its lease, it gives no sign of life in time: then with a longer one.
    var lease = Duration.seconds(2)
    while try await !keepsItsOrder(kind, lease: lease) {
      try #require(lease < .seconds(60), "an order was taken from a server that gives signs of life")
      lease += lease
    }
  }

  /// Whether an order is in work for two leases and a half, at a server that does nothing else, and is ended by it.
  private func keepsItsOrder(_ kind: StoreKind, lease: Duration) async throws -> Bool {
    let isKept = Flag()
    try await kind.withTwoStores(lease: lease) { first, second in
      _ = try await first.recover()
      _ = try await second.recover()
      try await first.insert(.sample("a"))
      let taken = try await first.advance(completing: [], taking: 1)
      let began = ContinuousClock.now
      while ContinuousClock.now - began < lease + lease + lease / 2 {
        guard try await second.tallies()[.processing] == 1 else { return }
        try await Task.sleep(for: .milliseconds(5))
      }
      _ = try await first.advance(completing: taken, taking: 0)
      if try await second.status(of: OrderID("a")) == .completed { isKept.raise() }
    }
    return isKept.isRaised
  }

  /// As `InFlightOrdersTests` has it for one store: who is told "not yet" by any server has proved that no stamp is earlier.
  @Test("No server's stamp is earlier than a time at which a reader of another has yet to be told of it", arguments: StoreKind.databases)
  func stampsAgreeWithReaders(kind: StoreKind) async throws {
    for seed in kind.seeds(3) {
      let clock = OrderClock.ticking()
      try await kind.withTwoStores(clock: clock) { writer, reader in
        let random = SeededRandom(seed: seed)
        let ids = (0..<40).map { OrderID("o-\($0)") }
        for id in ids { try await writer.insert(.sample(id.text, createdAt: clock.now())) }
        let isOver = Flag()
        try await withThrowingTaskGroup(of: [OrderID: [OrderStatus: Timestamp]].self) { group in
          for stream in 0..<4 as Range<UInt64> {
            group.addTask {
              var proofs: [OrderID: [OrderStatus: Timestamp]] = [:]
              var draw = stream << 32
              while !isOver.isRaised, !Task.isCancelled {
                let id = ids[Int(random.bits(.pollJitter, draw) % UInt64(ids.count))]
                draw += 1
                let asked = clock.now()
                let status = draw.isMultiple(of: 3) ? try await reader.order(id)?.status : try await reader.status(of: id)
                if let status, !status.hasEnded { proofs[id, default: [:]][status] = asked }
              }
              return proofs
            }
          }
          var inWork: [ClaimedOrder] = []
          var step = UInt64(0)
          while try await reader.tallies()[.completed] < ids.count {
            let finished = inWork.filter { _ in random.bits(.orderContent, step).isMultiple(of: 2) }
            inWork.removeAll { finished.contains($0) }
            inWork += try await writer.advance(completing: finished, taking: Int(random.bits(.serviceTime, step) % 4))
            step += 1
          }
          isOver.raise()
          for try await proofs in group {
            for (id, proof) in proofs {
              let order = try #require(try await reader.order(id))
              let pending = proof[.pending] ?? Timestamp(microseconds: 0)
              let started = try #require(order.startedAt)
              let completed = try #require(order.completedAt)
              #expect(started > pending, "seed \(seed)")
              #expect(completed > max(pending, proof[.processing] ?? pending), "seed \(seed)")
            }
          }
        }
      }
    }
  }
}
