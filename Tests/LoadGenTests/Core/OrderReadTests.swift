import Shared
import Testing

@testable import LoadRun

/// What is asked of orders that have ended, at a target that completes every order at once.
@Suite("Orders that are read once more after their end")
struct OrderReadTests {
  /// - Parameters:
  ///   - share: of the orders that are to be read; `nil`: what is usual.
  ///   - answer: to each read in turn; `nil`: its connection breaks.
  /// - Returns: the ledger, and how many were read, and the most that waited for it.
  private func run(
    orders: Int = 200, share: Double? = nil, _ answer: (Int) -> Reply?
  ) throws -> (ledger: Ledger, reads: Int, mostWaiting: Int) {
    var settings = try SimulatedCase.quiet(1, poll: "2ms").scenario().coreSettings(LoopShare(index: 0, count: 1))
    settings.scrapesMetrics = false
    settings.maxOutstanding = 1_000
    if let share {
      settings.readsSample = false
      settings.mix.shares = [.orderRead: share]
    }
    #expect(settings.readsSample == (share == nil))
    var reads = 0
    let target = try AnsweringTarget(settings, orders: orders, rate: 1_000, length: orders + 100) { call in
      guard call.what == .orderRead else { return .reply(.poll(.status(.completed))) }
      defer { reads += 1 }
      return answer(reads).map { .reply($0) } ?? .breaks
    }
    #expect(target.isDrained && target.left == 0)
    return (target.ledger, reads, target.mostWaiting)
  }

  @Test("The first 64 of a run are, and one of 64 of those after them, as late as 64 may wait")
  func sample() throws {
    let (ledger, reads, mostWaiting) = try run { _ in .orderRead(.status(.completed), .own) }
    #expect(reads == 64 + 3 && ledger.traffic[.orderRead].asExpected == reads && ledger.contents.own == reads)
    #expect((64...66).contains(mostWaiting), "\(mostWaiting)")
    #expect(ledger.counts[.completed] == 200 && ledger.failures.sorted.isEmpty)
  }

  @Test("Of a long run one of 1,024 is from the 16,384th on, so that reads are no load there")
  func thins() throws {
    let settings = try SimulatedCase.quiet(1, poll: "2ms").scenario().coreSettings(LoopShare(index: 0, count: 1))
    func reads(_ indexes: Range<UInt64>) -> Int { indexes.count { settings.readsOrder($0) } }
    #expect(settings.readsSample && reads(0..<16_384) == 64 + 255 && reads(16_384..<1_048_576) == 1_008)
  }

  @Test("As many are as the mix says, whatever the first of them tells")
  func mix() throws {
    let failure = Failure(.httpStatus, status: 404, "404")
    let (ledger, reads, _) = try run(share: 1) { _ in .orderRead(.unknownOrder(failure), .untold) }
    #expect(reads == 200 && ledger.traffic[.orderRead].unclear == 200)
    #expect(ledger.failures.sorted.first?.entry.count == 200)
    #expect(try run(share: 0) { _ in nil }.reads == 0)
  }

  @Test("An order that is in another status, or has what was sent for another, is counted as such")
  func contrary() throws {
    let failure = Failure(.badResponse, "it has 'u-2', which was sent for another order")
    let (ledger, reads, _) = try run { read in
      .orderRead(.status(read % 10 == 0 ? .processing : read % 10 == 1 ? .failed : .completed), read % 10 == 2 ? .anothers(failure) : .own)
    }
    #expect(reads == 67 && ledger.traffic[.orderRead].contrary == 14 && ledger.traffic[.orderRead].asExpected == 53)
    #expect(ledger.contents.anothers == 7 && ledger.contents.own == 60)
  }

  @Test("Where nobody asked for it and the first three tell nothing, or one is not answered, no other is read; that it is gone is no error")
  func absent() throws {
    let failure = Failure(.httpStatus, status: 404, "404")
    for (reply, most, errors) in [
      (Reply.orderRead(.unknownOrder(failure), .untold), 3, 0), (.orderRead(.useless(failure), .untold), 3, 3), (nil, 1, 1),
    ] as [(Reply?, Int, Int)] {
      let (ledger, reads, _) = try run { _ in reply }
      #expect(reads == most && ledger.traffic[.orderRead].unclear == most)
      #expect(ledger.failures.sorted.map(\.entry.count).reduce(0, +) == errors)
      #expect(ledger.counts[.completed] == 200)
    }
    // One that is gone, or an answer without a status, is no reason to stop.
    for reply in [Reply.orderRead(.unknownOrder(failure), .untold), .orderRead(.useless(failure), .own)] {
      let (ledger, reads, _) = try run { $0 < 2 ? reply : .orderRead(.status(.completed), .own) }
      #expect(reads == 67 && ledger.traffic[.orderRead].asExpected == 65)
    }
    // Later ones may fail; but where one is not answered, nor would the next be.
    let failing = try run { $0 == 0 ? .orderRead(.status(.completed), .untold) : .orderRead(.useless(failure), .untold) }
    #expect(failing.reads == 67 && failing.ledger.traffic[.orderRead].unclear == 66 && failing.ledger.contents.own == 0)
    #expect(try run { $0 == 0 ? .orderRead(.status(.completed), .untold) : nil }.reads < 20)
  }
}
