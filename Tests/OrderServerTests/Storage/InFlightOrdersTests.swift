import Shared
import Testing

@testable import OrderServer

@Suite("Stamps and what readers saw")
struct InFlightOrdersTests {
  /// Readers note the time, and then ask. Whoever is told "not yet" has proved that the order had not got there at the time that he
  /// noted, so no stamp may be earlier than that. A stamp that is read before its transaction can be seen breaks this at once.
  @Test("No stamp is earlier than a time at which a reader has yet to be told of it", arguments: StoreKind.allCases)
  func stampsAgreeWithReaders(kind: StoreKind) async throws {
    for seed in 0..<8 as Range<UInt64> {
      let clock = OrderClock.ticking()
      try await kind.withStore(clock: clock) { store in
        let random = SeededRandom(seed: seed)
        let ids = (0..<40).map { OrderID("o-\($0)") }
        for id in ids { try await store.insert(.sample(id.text, createdAt: clock.now())) }
        let isOver = Flag()
        try await withThrowingTaskGroup(of: [OrderID: Proof].self) { group in
          for reader in 0..<6 as Range<UInt64> {
            group.addTask {
              var proofs: [OrderID: Proof] = [:]
              var draw = reader << 32
              while !isOver.isRaised {
                let id = ids[Int(random.bits(.pollJitter, draw) % UInt64(ids.count))]
                draw += 1
                let asked = clock.now()
                switch try await store.status(of: id) {
                case .pending: proofs[id, default: Proof()].pending = asked
                case .processing: proofs[id, default: Proof()].notEnded = asked
                default: break
                }
              }
              return proofs
            }
          }
          var inWork: [TakenOrder] = []
          var step = UInt64(0)
          while try await store.tallies()[.completed] < ids.count {
            let finished = inWork.filter { _ in random.bits(.orderContent, step).isMultiple(of: 2) }
            inWork.removeAll { finished.contains($0) }
            inWork += try await store.advance(completing: finished, taking: Int(random.bits(.serviceTime, step) % 4))
            step += 1
          }
          isOver.raise()
          for try await proofs in group {
            for (id, proof) in proofs {
              let order = try #require(try await store.order(id))
              let started = try #require(order.startedAt)
              let completed = try #require(order.completedAt)
              #expect(started > proof.pending, "seed \(seed)")
              #expect(completed > max(proof.pending, proof.notEnded), "seed \(seed)")
            }
          }
        }
      }
    }
  }

  private struct Proof: Sendable {
    /// The latest time at which the order is known to have been pending.
    var pending = Timestamp(microseconds: 0)
    /// The latest time at which it is known not to have ended.
    var notEnded = Timestamp(microseconds: 0)
  }

  @Test("A reader of an order in flight goes on when its transaction ends, and others do not wait")
  func waits() async {
    let inFlight = InFlightOrders()
    inFlight.enter([OrderID("a")])
    await inFlight.settled(OrderID("b"))
    let hasPassed = Flag()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await inFlight.settled(OrderID("a"))
        hasPassed.raise()
      }
      #expect(!hasPassed.isRaised)
      inFlight.leave()
      await group.waitForAll()
    }
    #expect(hasPassed.isRaised)
    await inFlight.settled(OrderID("a"))
  }
}
