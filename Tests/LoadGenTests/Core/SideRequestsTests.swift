import Shared
import Testing

@testable import LoadRun

/// What is asked for beside the orders, at a target that answers every create at once and nothing else.
@Suite("Requests beside the orders")
struct SideRequestsTests {
  /// - Parameter orders: so many, one every 10 ms, with room for 5.
  private func run(_ kind: RequestKind, orders: Int) throws -> (ledger: Ledger, most: Int) {
    var settings = try SimulatedCase.quiet(1, poll: "2ms").scenario().coreSettings(LoopShare(index: 0, count: 1))
    settings.scrapesMetrics = false
    settings.follows = kind == .orderMetrics
    settings.maxOutstanding = 5
    settings.requestTimeout = 60 * .second
    settings.readsSample = false
    settings.mix.shares = [kind: 1]
    let target = try AnsweringTarget(settings, orders: orders, rate: 100, length: orders * 10) { call in
      call.what == .poll ? .reply(.poll(.status(.completed))) : .nothing
    }
    return (target.ledger, target.mostSideRequests)
  }

  @Test("They take no room of the orders', and have as much of their own", arguments: [RequestKind.list, .invalid, .orderMetrics])
  func room(kind: RequestKind) throws {
    let (ledger, most) = try run(kind, orders: 40)
    #expect(ledger.counts.scheduled == 40)
    #expect(ledger.counts[.notSent] == 0)
    #expect(most == 5)
    let failures = ledger.failures.sorted.filter { $0.key.kind == .notSent }
    #expect(failures.count == 1 && failures.first?.entry.count == 35, "\(failures)")
    #expect(failures.first?.entry.example.contains("--max-outstanding") == true)
  }
}
