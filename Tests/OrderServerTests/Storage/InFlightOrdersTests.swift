import Dispatch
import Shared
import Synchronization
import Testing

@testable import OrderServer

@Suite("Stamps and what readers saw")
struct InFlightOrdersTests {
  /// Readers note the time, and then ask, for an order or for the tallies. Whoever is told "not yet", or of so many orders, has proved that no
  /// more had got there at the time that he noted, so no stamp may be earlier than that. A stamp that is read before its transaction can be
  /// seen breaks this at once.
  @Test("No stamp is earlier than a time at which a reader has yet to be told of it", arguments: StoreKind.all)
  func stampsAgreeWithReaders(kind: StoreKind) async throws {
    for seed in kind.seeds(8) {
      let clock = OrderClock.ticking()
      try await kind.withStore(clock: clock) { store in
        let random = SeededRandom(seed: seed)
        let ids = (0..<40).map { OrderID("o-\($0)") }
        for id in ids { try await store.insert(.sample(id.text, createdAt: clock.now())) }
        let isOver = Flag()
        try await withThrowingTaskGroup(of: Proofs.self) { group in
          for reader in 0..<6 as Range<UInt64> {
            group.addTask {
              var proofs: [OrderID: Proof] = [:]
              var draw = reader << 32
              while !isOver.isRaised, !Task.isCancelled {
                let id = ids[Int(random.bits(.pollJitter, draw) % UInt64(ids.count))]
                draw += 1
                let asked = clock.now()
                switch try await store.status(of: id) {
                case .pending: proofs[id, default: Proof()].pending = asked
                case .processing: proofs[id, default: Proof()].notEnded = asked
                default: break
                }
              }
              return Proofs(of: proofs)
            }
          }
          group.addTask {
            var proofs = Proofs()
            while !isOver.isRaised, !Task.isCancelled {
              let asked = clock.now()
              let tallies = try await store.tallies()
              proofs.counted.append((asked, completed: tallies[.completed], begun: Int64(ids.count) - tallies[.pending]))
            }
            return proofs
          }
          var inWork: [ClaimedOrder] = []
          var step = UInt64(0)
          while try await store.tallies()[.completed] < ids.count {
            let finished = inWork.filter { _ in random.bits(.orderContent, step).isMultiple(of: 2) }
            inWork.removeAll { finished.contains($0) }
            inWork += try await store.advance(completing: finished, taking: Int(random.bits(.serviceTime, step) % 4))
            step += 1
          }
          isOver.raise()
          var all = Proofs()
          for try await proofs in group {
            all.counted += proofs.counted
            for (id, proof) in proofs.of {
              let order = try #require(try await store.order(id))
              let started = try #require(order.startedAt)
              let completed = try #require(order.completedAt)
              #expect(started > proof.pending, "seed \(seed)")
              #expect(completed > max(proof.pending, proof.notEnded), "seed \(seed)")
            }
          }
          var orders: [Order] = []
          for id in ids { orders.append(try #require(try await store.order(id))) }
          for (asked, completed, begun) in all.counted {
            #expect(orders.count { $0.completedAt.map { $0 <= asked } ?? false } <= completed, "seed \(seed)")
            #expect(orders.count { $0.startedAt.map { $0 <= asked } ?? false } <= begun, "seed \(seed)")
          }
        }
      }
    }
  }

  /// The narrowest case of the same: someone asks at the very moment at which a stamp is read from the clock.
  @Test("Who asks while a stamp is being read is told of what it stamps", arguments: StoreKind.all)
  func asksWhileStamping(kind: StoreKind) async throws {
    let questions = Questions()
    let clock = OrderClock(startingAt: Timestamp(microseconds: 1)) { questions.ask() }
    try await kind.withStore(clock: clock) { store in
      try await store.insert(.sample("a"))
      // The first read of all opens a connection, which takes longer than a question is given.
      _ = try await store.status(of: OrderID("a"))
      questions.begin(OrderID("a"), of: store)
      let taken = try await store.advance(completing: [], taking: 1)
      let afterTaking = await questions.answers()
      #expect(!afterTaking.isEmpty && afterTaking.allSatisfy { $0 == .processing })
      _ = try await store.advance(completing: taken, taking: 0)
      let afterCompleting = await questions.answers()
      #expect(!afterCompleting.isEmpty && afterCompleting.allSatisfy { $0 == .completed })
      questions.end()
    }
  }

  /// What a reader was told.
  private struct Proofs: Sendable {
    var of: [OrderID: Proof] = [:]
    /// When it asked for the tallies, and how many orders had got there at least by what they said.
    var counted: [(asked: Timestamp, completed: Int64, begun: Int64)] = []
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

/// Asks for an order's status whenever the clock is read that it is built into.
private final class Questions: Sendable {
  private struct State {
    var subject: (id: OrderID, store: any OrderStore)?
    var asked: [Task<OrderStatus?, any Error>] = []
  }

  private let state = Mutex(State())

  func begin(_ id: OrderID, of store: any OrderStore) { state.withLock { $0.subject = (id, store) } }
  func end() { state.withLock { $0.subject = nil } }

  /// Gives the question time to be answered too early. One that has to wait, as it should, is answered later.
  func ask() -> Int64 {
    let answered = DispatchSemaphore(value: 0)
    let mustWait = state.withLock { state in
      guard let (id, store) = state.subject else { return false }
      state.asked.append(
        Task {
          defer { answered.signal() }
          return try await store.status(of: id)
        })
      return true
    }
    if mustWait { _ = answered.wait(timeout: .now() + .milliseconds(50)) }
    return 0
  }

  /// What the questions so far were answered with.
  func answers() async -> [OrderStatus?] {
    let asked = state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
    var answers: [OrderStatus?] = []
    for question in asked { answers.append((try? await question.value) ?? nil) }
    return answers
  }
}
