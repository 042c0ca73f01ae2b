import Shared
import Testing

@testable import LoadRun

@Suite("Other traffic, accounts and lists, in virtual time")
struct TrafficTests {
  /// A quiet run with many orders.
  private func scenario(_ seed: UInt64, orders: UInt64 = 200) throws -> VirtualScenario {
    var scenario = try VirtualScenario(seed: seed, poll: "50ms")
    scenario.isOpen = true
    scenario.rate = 100
    scenario.end = LoadEnd(orders: orders)
    scenario.core.mix.random = SeededRandom(seed: seed)
    return scenario
  }

  @Test(
    "Tokens that expire in the middle of a run are renewed without one failed order, whether or not anybody says how long they last",
    arguments: [(true, true), (true, false), (false, true), (false, false)], [1, 3])
  func renewsTokens(says: (life: Bool, refreshes: Bool), loops: Int) throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.loops = loops
      scenario.accounts = 3
      scenario.front.doors.tokenLife = 300 * .millisecond
      scenario.front.doors.tellsLife = says.life
      scenario.front.doors.refreshes = says.refreshes
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(run.endFindings + run.bookFindings + run.auditFindings == [])
      #expect(ledger.counts[.completed] == 200, "seed \(seed): \(ledger.counts)")
      #expect(ledger.traffic[says.refreshes ? .refresh : .login].asExpected > 3, "none was renewed")
      // Who knows when a token ends renews it before.
      if says.life { #expect(run.front.doors.expired == 0) } else { #expect(run.front.doors.expired > 0) }
      #expect(ledger.counts.resubmitted <= run.front.doors.expired)
    }
  }

  @Test("An account that is not let in is told before the first order")
  func refusesToBegin() throws {
    var scenario = try scenario(1)
    scenario.front.doors.tokenLife = .second
    scenario.registersFirst = false
    let run = try VirtualRun(scenario)
    #expect(run.refusal?.status == 401)
    #expect(run.merged().counts.scheduled == 0)
    #expect(run.endFindings == [])
  }

  @Test("A target that takes what it must refuse is found out, and its totals are not called a lie for it")
  func findsWrongConduct() throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.mix.shares = [.duplicate: 0.3, .invalid: 0.3]
      scenario.front.doors.takesWrongly = 0.2
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(ledger.traffic[.duplicate].contrary > 0 && ledger.traffic[.invalid].contrary > 0)
      let conduct = Audit.conductChecks(ledger.traffic, refusesDuplicates: true, at: ledger.lastEvent)
      #expect(conduct.map(\.verdict) == [.contradicted, .contradicted])
      #expect(run.auditFindings == [], "seed \(seed)")
    }
  }

  @Test("Cancelling leaves every bound sound, and each cancelled order is seen to stay so")
  func cancels() throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.mix.shares = [.cancel: 0.5]
      scenario.target.workers = 2
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      #expect(run.endFindings + run.bookFindings + run.intervalFindings + run.auditFindings == [])
      #expect(ledger.counts[.cancelled] > 10)
      #expect(ledger.traffic[.cancel].asExpected == ledger.traffic[.cancel].all)
    }
  }

  @Test("Orders that can only be found in a list are followed to their ends, and one that vanishes from it is lost")
  func searchesLists() throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.searchesList = true
      scenario.front.doors.pageSize = 9
      let run = try VirtualRun(scenario)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings + run.auditFindings == [])
      #expect(run.merged().counts[.completed] == 200)
      scenario.front.doors.hidesEvery = 10
      let lossy = try VirtualRun(scenario)
      #expect(lossy.merged().counts[.lost] == 20, "seed \(seed): \(lossy.merged().counts)")
    }
  }

  @Test("A target whose list is its claim is consistent where it is true, and contradicted where it hides orders")
  func countsLists() throws {
    for seed in 0..<20 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.listedFigures = scenario.front.printer.figures
      scenario.front.doors.listsFigures = true
      scenario.front.doors.tokenLife = .second
      scenario.accounts = 2
      scenario.assumptions.snapshot = false
      let run = try VirtualRun(scenario)
      #expect(run.auditFindings == [])
      #expect(run.audit(.declared).checks.contains { $0.verdict == .consistent && $0.name == "total_orders" })
      scenario.front.doors.hidesEvery = 50
      #expect(try VirtualRun(scenario).audit(.declared).verdict == .contradicted)
    }
  }
}
