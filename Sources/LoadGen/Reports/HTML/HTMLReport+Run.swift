import LoadRun

extension HTMLReport {
  static func run(_ summary: Summary) -> Markup {
    let generator = summary.generator
    let reasons = generator.reasons.map { reason -> Markup in "<p class=\"finding\">\(Legible.line(reason, limit: 600))</p>\n" }
    let lag = summary.lagWording.map { ", \($0)" } ?? ""
    let validity =
      generator.valid
      ? "The load generator was fast enough for every verdict above: \(generator.costWording)\(lag)."
      : "The load generator itself may have changed a verdict: \(generator.costWording)\(lag)."
    let run = summary.run
    var facts: [(String, String)] = [
      ("run", run.id), ("seed", run.seed), ("scenario hash", run.scenarioHash), ("share", run.share), ("started", run.startedAt),
      ("warm-up", Figure.seconds(run.warmup)), ("load window", Figure.seconds(run.loadWindow)), ("drain", Figure.seconds(run.drainWindow)),
      ("server", run.target.version ?? "unknown"), ("machine", "\(summary.environment.os), \(summary.environment.cores) cores"),
      ("loadgen", summary.environment.toolVersion), ("exit code", "\(summary.exitCode)"),
      ("outcomes", summary.outcomes.map(\.rawValue).joined(separator: ", ")),
    ]
    if let served = run.served { facts += [("started by us", served.command), ("how it ended", served.exit ?? "unknown")] }
    return HTMLPage.section(
      "How this was measured",
      """
      <p>\(validity)</p>
      \(reasons)<div class="facts">
      \(HTMLPage.facts("Run", facts))\(HTMLPage.facts("Scenario", summary.scenario.sorted { $0.key < $1.key }))\(HTMLPage.facts("Labels", run.labels.sorted { $0.key < $1.key }))</div>

      """)
  }
}
