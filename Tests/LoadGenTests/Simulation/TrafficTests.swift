import Shared
import Testing

@testable import LoadRun

@Suite("Other traffic, accounts and lists, in virtual time")
struct TrafficTests {
  /// A quiet run with many orders.
  private func quiet(_ seed: UInt64, orders: Int = 200) -> SimulatedCase { .quiet(seed, orders: orders) }

  /// The system knows its callers by tokens.
  private func letIn(_ accounts: Int, _ scenario: inout Scenario) {
    scenario.dialect.authentication = Dialect.marketplace.authentication
    scenario.accounts = (0..<accounts).map { Credentials(username: "account \($0)", password: "test") }
    scenario.makesAccounts = true
  }

  @Test(
    "Tokens that expire in the middle of a run are renewed without one failed order, whether or not anybody says how long they last",
    arguments: [(true, true), (true, false), (false, true), (false, false)], [1, 3])
  func renewsTokens(says: (life: Bool, refreshes: Bool), loops: Int) throws {
    for seed in 0..<20 as Range<UInt64> {
      var quiet = quiet(seed)
      quiet.spread(loops: loops, connections: 8)
      quiet.scenarioChange = { letIn(3, &$0) }
      quiet.system.tokenLifetime = .milliseconds(300)
      quiet.system.tellsTokenLifetime = says.life
      quiet.system.givesRefreshTokens = says.refreshes
      let run = try quiet.checked()
      #expect(run.ledger.counts[.completed] == 200, "seed \(seed): \(run.ledger.counts)")
      #expect(run.ledger.traffic[says.refreshes ? .refresh : .login].asExpected > 3, "none was renewed")
      // Who knows when a token ends renews it before.
      if says.life { #expect(run.expired == 0) } else { #expect(run.expired > 0) }
      #expect(run.ledger.counts.resubmitted <= run.expired)
    }
  }

  @Test("A last scrape whose token is over waits for the new one, and is not refused again", arguments: [true, false])
  func lastScrape(refreshes: Bool) throws {
    for seed in 0..<20 as Range<UInt64> {
      // The last order is the second account's; the first one's token, with which the figures are read, is over by then.
      var quiet = SimulatedCase.quiet(seed, rate: 2, orders: 2)
      quiet.scenarioChange = { letIn(2, &$0) }
      quiet.coreChange = { $0.metricsEvery = 100 * .second }
      quiet.settings[.noFollow] = "true"
      quiet.system.tokenLifetime = .milliseconds(300)
      quiet.system.tellsTokenLifetime = false
      quiet.system.givesRefreshTokens = refreshes
      let run = try quiet.checked()
      let refused = run.ledger.failures.sorted.filter { $0.key.phase == .metrics }.map(\.entry.count)
      #expect(refused == [1], "seed \(seed)")
      #expect(run.run.scrapes.count == 2, "seed \(seed): the first and the last")
    }
  }

  @Test("An account that is not let in is told before the first order")
  func refusesToBegin() throws {
    var locked = quiet(1)
    locked.scenarioChange = { letIn(1, &$0) }
    locked.system.faults[.lockedOut] = 1
    let run = try locked.checked()
    #expect(run.refusal?.status == 401)
    #expect(run.ledger.counts.scheduled == 0 && run.leftBehind == [])
    let error = #expect(throws: CannotBegin.self) { try locked.run() }
    #expect(error?.failure.status == 401)
  }

  @Test(
    "A target that takes what it must refuse is found out, and its totals are not called a lie for it",
    arguments: ["standard", "sequential"])
  func findsWrongConformance(dialect: String) throws {
    for seed in 0..<20 as Range<UInt64> {
      var wrong = quiet(seed)
      wrong.settings[.mix] = "duplicate=30%,invalid=30%"
      wrong.settings[.dialect] = dialect
      wrong.system.faults[.wronglyTaken] = 0.2
      // That nothing but the conduct is contradicted is looked at here, too.
      let ledger = try wrong.checked().ledger
      #expect(ledger.traffic[.duplicate].contrary > 0 && ledger.traffic[.invalid].contrary > 0)
      let conformance = Audit.conformanceChecks(ledger.traffic, refusesDuplicates: true, endsStay: true, at: ledger.lastEvent)
      #expect(conformance.filter { $0.verdict == .contradicted }.map(\.name) == ["duplicates taken", "invalid orders taken"])
    }
  }

  @Test("A duplicate that is under way when the run is interrupted may have made an order, and the totals are not called a lie for it")
  func interrupted() throws {
    var underWay = 0
    for seed in 0..<40 as Range<UInt64> {
      var run = quiet(seed)
      run.settings[.mix] = "duplicate=100%"
      run.settings[.connections] = "60"
      run.system.faults[.wronglyTaken] = 1
      run.system.answerTime = .uniform(.zero, .milliseconds(200))
      run.generator.interruptAt = Int64(seed + 1) * 40 * .millisecond
      let ledger = try run.checked().ledger
      underWay += Int(ledger.latencies[.duplicate].censored.count)
    }
    #expect(underWay > 0)
  }

  @Test("Cancelling leaves every bound sound, and each cancelled order is seen to stay so")
  func cancels() throws {
    for seed in 0..<20 as Range<UInt64> {
      var busy = quiet(seed)
      busy.settings[.mix] = "cancel=50%"
      busy.system.workers = 2
      let ledger = try busy.checked().ledger
      #expect(ledger.counts[.cancelled] > 10)
      #expect(ledger.traffic[.cancel].asExpected == ledger.traffic[.cancel].all)
    }
  }

  @Test("Orders that can only be found in a list are followed to their ends, and one that vanishes from it is lost")
  func searchesLists() throws {
    for seed in 0..<20 as Range<UInt64> {
      var searched = quiet(seed)
      searched.searchList()
      searched.system.pageSize = 9
      #expect(try searched.checked().ledger.counts[.completed] == 200)
      searched.system.hidesEvery = 10
      let counts = try searched.checked().ledger.counts
      #expect(counts[.lost] == 20, "seed \(seed): \(counts)")
    }
  }

  @Test("A target whose list is its claim is consistent where it is true, and contradicted where it hides orders")
  func countsLists() throws {
    for seed in 0..<20 as Range<UInt64> {
      var listed = quiet(seed)
      listed.settings[.dialect] = "marketplace"
      listed.scenarioChange = { letIn(2, &$0) }
      listed.system.tokenLifetime = .seconds(1)
      func audit() throws -> Audit? { RunFindings.audit(try listed.checked(), try listed.scenario(), .declared) }
      #expect(try audit()?.checks.contains { $0.verdict == .consistent && $0.name == "orders" } == true)
      listed.system.hidesEvery = 50
      #expect(try audit()?.verdict == .contradicted, "seed \(seed)")
    }
  }

  @Test("An order that is not found although it is there is lost where what was acknowledged must be there, and else followed on")
  func notFound() throws {
    for seed in 0..<5 as Range<UInt64> {
      var forgetful = quiet(seed)
      forgetful.system.faults[.notFound] = 0.2
      #expect(try forgetful.checked().ledger.counts[.lost] > 10, "seed \(seed)")
      forgetful.scenarioChange = { $0.dialect.assumptions.readYourWrites = false }
      let counts = try forgetful.checked().ledger.counts
      #expect(counts[.lost] == 0 && counts[.completed] == 200, "seed \(seed): \(counts)")
    }
  }
}
