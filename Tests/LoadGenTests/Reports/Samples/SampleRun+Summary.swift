import Foundation
import Shared

@testable import LoadReports
@testable import LoadRun

extension SampleRun {
  /// The summary of the simulated run.
  func summary() -> Summary {
    let orders = orders()
    let counts = counts(orders)
    let end = orders.map { Swift.max($0.upper, $0.received) }.max() ?? seconds
    var histograms = histograms(orders)
    histograms = histograms.filter { !$0.value.isEmpty }
    let audit = SampleAudit(run: self, orders: orders).audit()
    let thresholds = thresholds(counts, histograms)
    var outcomes: [Outcome] = []
    if audit.verdict == .contradicted { outcomes.append(.contradiction) }
    if thresholds.contains(where: { $0.verdict == .fail }) { outcomes.append(.threshold) }
    let decision = Decision(outcomes)
    return Summary(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes,
      run: Summary.Run(
        id: "01J8Z6Q3T9K4", seed: String(seed), scenarioHash: "9f2c41d07be3", labels: ["branch": "main", "commit": "4be1c09"],
        target: Summary.Target(url: "http://127.0.0.1:8000", version: "order-server 0.1.0"), share: "1/1",
        startedAt: "2026-09-21T14:13:20Z", duration: end, warmup: 0, loadWindow: seconds, drainWindow: Swift.max(0, end - seconds),
        served: Summary.Served(command: "order-server --port {port}", exit: "stopped as asked, code 0")),
      scenario: [
        "name": "demo", "rate": "\(Int(rate))/s", "arrivals": "constant", "duration": "\(Int(seconds))s", "poll": "100ms",
        "order_timeout": "60s", "request_timeout": "10s", "dialect": "standard",
      ],
      environment: Summary.Environment(os: "Debian GNU/Linux 12", cores: 4, toolVersion: "0.1.0"),
      orders: counts,
      latency: Dictionary(
        uniqueKeysWithValues: LatencyName.allCases.map { name in
          (
            name.rawValue,
            Summary.LatencyFigures(
              observed: histograms[HistogramName.observed(name)] ?? LatencyHistogram(),
              censored: histograms[HistogramName.censored(name)] ?? LatencyHistogram())
          )
        }),
      intervals: Dictionary(
        uniqueKeysWithValues: IntervalName.allCases.map { name in
          (
            name.rawValue,
            Summary.IntervalFigures(
              lower: histograms[HistogramName.lower(name)] ?? LatencyHistogram(),
              upper: histograms[HistogramName.upper(name)] ?? LatencyHistogram(),
              censored: histograms[HistogramName.censored(name)] ?? LatencyHistogram())
          )
        }),
      histograms: histograms.mapValues { Summary.Histogram($0) },
      blocks: Summary.Blocks(seconds: 1, items: blocks(orders)),
      rates: Summary.Rates(
        offered: Double(counts.scheduled) / seconds, accepted: Double(counts.accepted) / seconds,
        completed: Double(orders.filter { $0.accepted && !$0.stuck && $0.upper <= seconds }.count) / seconds,
        polls: Double(orders.map(\.polls).reduce(0, +)) / end, requests: Double(orders.map(\.polls).reduce(orders.count, +)) / end,
        completedWholeRun: Double(counts.completed) / end, pollsWholeRun: Double(orders.map(\.polls).reduce(0, +)) / end),
      polls: Summary.Polls(
        count: orders.map(\.polls).reduce(0, +), requests: orders.map(\.polls).reduce(orders.count, +),
        share: Double(orders.map(\.polls).reduce(0, +)) / Double(orders.map(\.polls).reduce(orders.count, +)), delayed: ["connection": 7]),
      errors: errors(counts), traffic: [Summary.Traffic(kind: "cancel", requests: 12, asExpected: 11, contrary: 0, unclear: 1)],
      audit: audit, thresholds: thresholds,
      generator: Summary.Generator(valid: true, reasons: [], cpuSeconds: 1.42, peakMemoryBytes: 38_400_000, busyShare: 0.34, eventLoops: 2),
      exemplars: exemplars(orders))
  }

  func counts(_ orders: [Order]) -> Summary.Orders {
    var counts = Summary.Orders()
    counts.scheduled = orders.count
    counts.submitted = orders.count
    counts.attempts = orders.count
    for order in orders {
      if order.rejected {
        counts.rejected += 1
      } else if order.ambiguous {
        counts.ambiguous += 1
      } else {
        counts.accepted += 1
        if order.stuck { counts.timedOut += 1 } else { counts.completed += 1 }
      }
    }
    counts.unfinished = counts.timedOut
    return counts
  }

  private func errors(_ counts: Summary.Orders) -> [Summary.ErrorCount] {
    var errors: [Summary.ErrorCount] = []
    if counts.rejected > 0 {
      errors.append(
        Summary.ErrorCount(
          phase: "create", kind: "http_status", status: 429, count: counts.rejected,
          example: #"{"title":"Too Many Requests","detail":"<b>slow down</b>"}"#))
    }
    if counts.ambiguous > 0 {
      errors.append(
        Summary.ErrorCount(phase: "create", kind: "timeout", status: nil, count: counts.ambiguous, example: "no answer within 10s"))
    }
    return errors
  }

  private func exemplars(_ orders: [Order]) -> [Summary.Exemplar] {
    orders.enumerated().filter { $0.element.accepted }.sorted { $0.element.upper - $0.element.due > $1.element.upper - $1.element.due }
      .prefix(3).map { index, order in
        Summary.Exemplar(
          orderID: "ord-\(index)", reason: order.stuck ? "never ended" : "among the slowest to end",
          events: [
            Summary.Exemplar.Event(t: order.due, what: "due"), Summary.Exemplar.Event(t: order.sent, what: "create sent"),
            Summary.Exemplar.Event(t: order.received, what: "answered 201"),
            Summary.Exemplar.Event(t: order.lower, what: "last poll that said processing was sent"),
            Summary.Exemplar.Event(
              t: order.stuck ? order.lower : order.upper, what: order.stuck ? "given up" : "first poll that said completed was answered"),
          ])
      }
  }

  private func thresholds(_ counts: Summary.Orders, _ histograms: [String: LatencyHistogram]) -> [Summary.Threshold] {
    func threshold(
      _ expression: String, _ unit: FigureUnit, _ lower: Double?, _ upper: Double?, _ passes: Bool, implicit: Bool = false
    ) -> Summary.Threshold {
      Summary.Threshold(
        expression: expression, implicit: implicit, unit: unit, lower: lower, upper: upper, verdict: passes ? .pass : .fail,
        firstAt: nil, note: "")
    }
    let accept = histograms["accept"].flatMap { Percentiles.upper(.p99, of: $0, censored: UInt64(counts.ambiguous)) }
    let upper = histograms["completion.upper"].flatMap { Percentiles.upper(.p95, of: $0, censored: UInt64(counts.unfinished)) }
    let lower = histograms["completion.lower"].flatMap { Percentiles.lower(.p95, of: $0) }
    let errors = Double(counts.ambiguous + counts.errored) / Double(Swift.max(1, counts.submitted))
    return [
      threshold("accept.p(99)<50ms", .seconds, accept, accept, accept.map { $0 < 0.05 } ?? false),
      threshold("completion.p(95)<5s", .seconds, lower, upper, upper.map { $0 < 5 } ?? false),
      threshold("accepted>0", .orders, Double(counts.accepted), Double(counts.accepted), counts.accepted > 0, implicit: true),
      threshold("lost==0", .orders, Double(counts.lost), Double(counts.lost), counts.lost == 0, implicit: true),
      threshold("errors.rate<1%", .share, errors, errors, errors < 0.01, implicit: true),
    ]
  }
}
