import Shared
import Testing

@testable import LoadRun

/// A simulated run against a system that lies, drawn from a seed: how many workers it has, how long orders take, how fast they come, and how
/// often they are polled.
struct LyingRun {
  private var made: SimulatedCase

  /// - Parameter change: a change of what was drawn.
  init(_ faults: [String], seed: UInt64, change: (inout SimulatedCase) -> Void = { _ in }) throws {
    var draws = Draws(SeededRandom(seed: seed), .randomRun)
    let workers: Int? = draws.pick([nil, 2, 4, 20])
    let mean = draws.pick([50, 100, 200, 400])
    let rate = workers.map { min(draws.pick([20, 40, 80]), $0 * 900 / mean) } ?? draws.pick([20, 40, 80])
    made = SimulatedCase(settings: [
      .seed: "\(seed)", .rate: "\(max(2, rate))/s", .duration: draws.pick(["3s", "6s", "12s"]), .exclusive: "true",
      .poll: draws.pick(["20ms", "50ms", "100ms", "200ms"]),
    ])
    made.system.workers = workers
    made.system.serviceTime = try ServiceTime(
      text: draws.pick(["\(mean)ms", "exponential:\(mean)ms", "lognormal:\(mean)ms,0.6", "uniform:0ms..\(2 * mean)ms"]))
    made.system.networkDelay = .exponential(mean: .milliseconds(1))
    made.system.lies = try faults.map { try Fault(text: $0) }
    change(&made)
  }

  /// The verdict, and the cause where one is named.
  /// - Parameters:
  ///   - untold: the figures that there are not.
  ///   - change: changes what was told at each reading but the first, given how many creates had surely been refused by then.
  func audited(
    untold: Set<Dialect.Quantity> = [], change: (inout Claims, _ refused: Int) -> Void = { _, _ in }
  ) throws -> (verdict: Audit.Verdict, cause: Cause?) {
    var (run, evidence) = try run(change)
    run.metrics?.figures.removeAll { untold.contains($0.quantity) }
    let audit = Audit(run)
    return (audit.verdict, CauseSearch(run, audit, evidence)?.cause)
  }

  /// The same, as it stands in summary.json.
  func summarised(change: (inout Claims, _ refused: Int) -> Void) throws -> Summary.Audit {
    let (run, evidence) = try run(change)
    return Summary.Audit(run, evidence)
  }

  private func run(_ change: (inout Claims, _ refused: Int) -> Void) throws -> (AuditedRun, Evidence) {
    let scenario = try made.scenario()
    let result = try made.run()
    var scrapes = result.run.scrapes
    let refused = result.run.ledger.evidence.orders.filter { $0.outcome == .rejected }
    for index in scrapes.indices.dropFirst() {
      let sent = scrapes[index].window.sent
      change(&scrapes[index].claims, refused.count { $0.createReceived <= sent })
    }
    let run = AuditedRun(
      result.run.ledger, scrapes: scrapes, hasBaseline: result.run.hasBaseline, dialect: scenario.dialect,
      exclusivity: scenario.exclusivity)
    return (try #require(run), result.run.ledger.evidence)
  }
}
