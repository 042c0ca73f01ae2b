import Shared
import Testing

@testable import LoadRun

@Suite("A simulated system that does wrong with orders")
struct SimulatedDeedsTests {
  private func run(_ faults: [String], seed: UInt64) throws -> (ledger: Ledger, audit: Audit) {
    var made = SimulatedCase(settings: [
      .seed: "\(seed)", .rate: "50/s", .duration: "3s", .poll: "50ms", .orderTimeout: "3s", .exclusive: "true",
    ])
    made.system.workers = nil
    made.system.serviceTime = .uniform(.milliseconds(100), .milliseconds(400))
    made.system.networkDelay = .fixed(.milliseconds(1))
    made.system.lies = try faults.map { try Fault(text: $0) }
    let scenario = try made.scenario()
    let run = try made.run().run
    let audited = AuditedRun(
      run.ledger, scrapes: run.scrapes, hasBaseline: run.hasBaseline, dialect: scenario.dialect, exclusivity: scenario.exclusivity)
    return (run.ledger, Audit(try #require(audited)))
  }

  /// How many of the 150 orders a share of 20% strikes.
  private static let struck = 12...50

  @Test(
    "What is wrong is done to its share of the orders, and is seen from outside as of order-server",
    arguments: [
      ("orders=lost:20%", OrderOutcome.lost, true), ("orders=stuck:20%", .timedOut, true), ("creates=missing-201:20%", .lost, true),
      ("creates=stored-500:20%", .ambiguous, true), ("creates=stored-refused:20%", .rejected, false),
    ])
  func outcomes(fault: String, outcome: OrderOutcome, isConsistent: Bool) throws {
    for seed in 0..<4 as Range<UInt64> {
      let (ledger, audit) = try run([fault], seed: seed)
      #expect(Self.struck.contains(ledger.counts[outcome]), "seed \(seed): \(ledger.counts[outcome])")
      #expect(ledger.counts[outcome] + ledger.counts[.completed] == ledger.counts.scheduled)
      // All are counted by the system itself, but for those that there are not; and a lost one is counted, where no more than that is said.
      let contradicted = audit.checks.filter { $0.verdict == .contradicted }.map(\.name)
      #expect(contradicted.isEmpty == isConsistent || outcome == .lost, "seed \(seed): \(contradicted)")
    }
  }

  @Test(
    "What is told or done beside the order itself is contradicted",
    arguments: [
      ("orders=twice:20%", "total_orders"), ("orders=backwards:50%", "orders that went back"),
      ("orders=early:50%", "status_counts.completed"),
      ("orders=anothers-data:20%", "orders with another's content"), ("ids=swapped:20%", "orders with another's content"),
      ("ids=reused:20%", "orders with a shared id"), ("creates=stored-refused:20%", "total_orders"),
    ])
  func contradictions(fault: String, name: String) throws {
    for seed in 0..<4 as Range<UInt64> {
      let (_, audit) = try run([fault], seed: seed)
      let contradicted = audit.checks.filter { $0.verdict == .contradicted }.map(\.name)
      #expect(contradicted.contains(name), "seed \(seed): \(contradicted)")
    }
  }

  @Test("An honest one with a fault that strikes no order is as if there were none")
  func none() throws {
    for fault in ["orders=lost:0.001%", "ids=swapped:0.001%", "creates=stored-500:0.001%", "orders=anothers-data:0.001%"] {
      let (ledger, audit) = try run([fault], seed: 3)
      #expect(ledger.counts[.completed] == ledger.counts.scheduled && audit.verdict == .consistent)
    }
  }
}
