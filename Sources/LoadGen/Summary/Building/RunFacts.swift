import Foundation
import Shared

/// Everything that a summary is made from.
package struct RunFacts {
  let scenario: Scenario
  let target: TargetURL
  /// RFC 3339, in UTC.
  let startedAt: String
  let result: RunResult
  /// The version that the target states, or what is simulated.
  package var version: String?
  /// What only a simulation knows; `nil` for a real run.
  package var simulation: Summary.Simulation?
  /// The program that was started for the run, and whether it was alive at the end.
  package var served: (program: Summary.Served, isAlive: Bool)?
  /// What ends the log of the run's orders; `nil` where there is none.
  package var orderLog: OrderLog? { scenario.logsOrders ? OrderLog(result, of: scenario) : nil }
  fileprivate let usage = ProcessUsage.now()

  package init(_ result: RunResult, of scenario: Scenario, at target: TargetURL, startedAt: String) {
    self.result = result
    self.scenario = scenario
    self.target = target
    self.startedAt = startedAt
  }

  fileprivate var ledger: Ledger { result.ledger }

  /// How all creates were refused, where none was accepted and every answer was the same lasting refusal; `nil` otherwise.
  fileprivate var refusal: RefusalWording? {
    let counts = ledger.counts
    let rejected = counts[.rejected]
    let creates = ledger.failures.sorted.filter { $0.key.phase == .create }
    guard counts.accepted == 0, rejected > 0, counts[.ambiguous] == ledger.cutOff[.ambiguous], counts[.errored] == 0, creates.count == 1,
      let (key, entry) = creates.first
    else { return nil }
    let failure = Failure(key.kind, status: key.status, entry.example)
    guard failure.isLastingRefusal else { return nil }
    return RefusalWording(failure, count: rejected, dialect: scenario.dialect, basePath: target.basePath)
  }

  /// How many readings of the metrics were sent after the first order was taken up: earlier ones cannot say anything about orders.
  fileprivate var scrapesOfOrders: Int { result.scrapes.count { !$0.claims.isEmpty && $0.window.sent >= ledger.firstSubmitted } }

  fileprivate var audited: AuditedRun? {
    AuditedRun(
      ledger, scrapes: result.scrapes, hasBaseline: result.hasBaseline, dialect: scenario.dialect, exclusivity: scenario.exclusivity)
  }
}

extension Summary {
  package init(_ facts: RunFacts) {
    let ledger = facts.ledger
    let orders = Orders(ledger.counts)
    let measured = Measured(ledger)
    let rates = Rates(ledger)
    let figures = ThresholdFigures(
      orders: orders, cutOff: facts.result.wasInterrupted ? Orders(ledger.cutOff) : nil, measured: measured, rates: rates,
      polls: ledger.pollCalls,
      readings: facts.scrapesOfOrders, servedIsAlive: facts.served?.isAlive, servedCPU: facts.served?.program.cpuSeconds)
    var withoutLag = figures
    withoutLag.measured = Measured(withoutLag: ledger)
    withoutLag.orders = orders.without(ledger.ownDoing, follows: facts.scenario.follows)
    withoutLag.rates = rates.without(ledger.ownDoing, window: ledger.load.seconds, follows: facts.scenario.follows)
    let thresholds = facts.scenario.thresholds.compactMap { threshold in
      let stage = threshold.stage
      return threshold.evaluate(
        stage.map { ThresholdFigures(ledger, stage: $0) } ?? figures,
        withoutLag: stage.map { ThresholdFigures(withoutLag: ledger, stage: $0) } ?? withoutLag, of: facts.scenario)
    }
    let audit = Audit(facts.audited, ledger.evidence)
    let reasons = Self.reasons(ledger, thresholds)
    var secrets = facts.scenario.givenSecrets
    for account in facts.scenario.accounts { secrets.add(account) }
    let decision = Decision(Self.outcomes(facts, thresholds, audit, isValid: reasons.isEmpty))
    self.init(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes,
      run: Run(facts), scenario: facts.scenario.resolved, environment: .current, orders: orders, latency: measured.latency,
      intervals: measured.intervals, histograms: measured.histograms, blocks: Blocks(ledger.blocks), rates: rates,
      stages: Stage.list(ledger, facts.scenario.stages), endsByCounts: EndsByCounts(facts.audited, ledger.creates), polls: Polls(ledger),
      cookies: Cookies(ledger, hiding: secrets),
      errors: ErrorCount.list(ledger.failures), traffic: Traffic.list(ledger.traffic), audit: audit,
      thresholds: thresholds.map(\.threshold),
      generator: Generator(
        valid: reasons.isEmpty, reasons: reasons, cpuSeconds: facts.usage.cpuSeconds,
        peakMemoryBytes: facts.usage.peakMemoryBytes, busyShare: facts.result.busyShare, eventLoops: facts.scenario.eventLoops),
      exemplars: Exemplar.list(ledger.exemplars, hiding: secrets), simulation: facts.simulation)
    tellCertainty(asked: facts.scenario.confidence)
    dateThresholds()
  }

  /// What can be said of the run, in no particular order; empty where it passed.
  private static func outcomes(
    _ facts: RunFacts, _ thresholds: [(threshold: Threshold, isOurDoing: Bool)], _ audit: Audit, isValid: Bool
  ) -> [Outcome] {
    var outcomes: [Outcome] = []
    if facts.refusal != nil, !facts.scenario.keepsGoing { outcomes.append(.configuration) }
    if facts.result.wasInterrupted { outcomes.append(.interrupted) }
    if audit.verdict == .contradicted { outcomes.append(.contradiction) }
    let takesAsStamped = facts.scenario.onInvalid == .warn
    if thresholds.contains(where: { $0.threshold.verdict != .pass && (!$0.isOurDoing || takesAsStamped) }) { outcomes.append(.threshold) }
    if !isValid, facts.scenario.onInvalid == .fail { outcomes.append(.invalid) }
    return outcomes
  }

  /// Why the run is not valid: our own lag or limits, and not the target, may have decided. Empty where it is valid.
  private static func reasons(_ ledger: Ledger, _ thresholds: [(threshold: Threshold, isOurDoing: Bool)]) -> [String] {
    let stoodStill = ledger.ownDoing.words.map { ", in which \($0)" } ?? ""
    var reasons = thresholds.filter(\.isOurDoing).map {
      "\($0.threshold.expression) fails as stamped, and holds without the generator's own lag\(stoodStill): "
        + "give it a core of its own, or less load"
    }
    let exhausted = ledger.failures.count(of: .exhausted)
    if exhausted > 0 {
      reasons.append(
        "\(exhausted) requests failed for want of descriptors, ports or buffers on our side: raise 'ulimit -n', "
          + "widen the range of local ports, or use fewer connections")
    }
    return reasons
  }
}

extension Summary.Run {
  fileprivate init(_ facts: RunFacts) {
    let scenario = facts.scenario
    let ledger = facts.ledger
    let drained = max(0, ledger.lastEvent.seconds - (ledger.load.ended ?? ledger.lastEvent).seconds)
    self.init(
      id: UUID().uuidString.lowercased(), seed: "\(scenario.seed)", scenarioHash: scenario.hash, labels: scenario.labels,
      target: Summary.Target(url: facts.target.description, version: facts.version), share: "1/1", startedAt: facts.startedAt,
      duration: ledger.wholeRun, warmup: scenario.warmup.seconds, loadWindow: ledger.load.seconds, drainWindow: drained,
      served: facts.served?.program, refusal: facts.refusal?.description, loadBegan: (ledger.load.began ?? Instant(0)).seconds)
  }
}

extension Summary.Environment {
  fileprivate static var current: Summary.Environment {
    let process = ProcessInfo.processInfo
    return Summary.Environment(
      os: process.operatingSystemVersionString, cores: process.activeProcessorCount, toolVersion: ToolVersion.text)
  }
}
