import LoadRun
import LoadStudy

extension HTMLComparison {
  /// Which runs were compared; many are folded away.
  static func runs(_ comparison: Comparison) -> Markup {
    let sides = [("Baseline", comparison.baseline.runs), ("Candidate", comparison.candidate.runs)].map { name, runs -> Markup in
      let title: Markup = "\(name), \(Figure.count(runs.count)) run\(runs.count == 1 ? "" : "s")"
      return runs.count <= 3 ? "<h3>\(title)</h3>\n\(table(runs))" : HTMLPage.fold(title, table(runs))
    }
    return HTMLPage.section("Runs", "\(sides)")
  }

  private static func table(_ runs: [Comparison.Side.Run]) -> Markup {
    guard !runs.isEmpty else { return .empty }
    var table = HTMLTable(
      columns: [.text("run"), .text("began"), .text("seed"), .long("target"), .long("labels"), .text("by itself")])
    for run in runs.prefix(mostRuns) {
      let labels = run.labels.sorted { $0.key < $1.key }.prefix(20).map { "\($0.key)=\($0.value)" }.joined(separator: " · ")
      let version = run.version.map { Legible.line($0, limit: 60) } ?? ""
      table.rows.append(
        HTMLTable.Row(cells: [
          "\(mark(run.verdict)) <code><bdi>\(Legible.line(run.place))</bdi></code>", "<bdi>\(Legible.line(run.startedAt, limit: 40))</bdi>",
          "<bdi>\(Legible.line(run.seed, limit: 40))</bdi>",
          "<bdi>\(Legible.line(run.target))</bdi>\(version.isEmpty ? .empty : "<span class=\"below quiet\"><bdi>\(version)</bdi></span>" as Markup)",
          labels.isEmpty ? .empty : "<bdi>\(Legible.line(labels))</bdi>", "\(run.verdict.rawValue)",
        ]))
    }
    let more: Markup =
      runs.count > mostRuns ? "<p class=\"quiet\">… and \(Figure.count(runs.count - mostRuns)) more, in compare.json.</p>\n" : .empty
    return "\(table.markup)\(more)"
  }

  private static func mark(_ verdict: Verdict) -> Markup {
    let (style, sign): (String, String) =
      switch verdict {
      case .pass: ("good", "✓")
      case .fail: ("bad", "✗")
      case .invalid, .interrupted: ("warn", "!")
      }
    return "<span class=\"mark \(style)\" role=\"img\" aria-label=\"\(verdict.rawValue)\">\(sign)</span>"
  }

  /// How the verdicts were come by, what they mean, and what was overruled.
  static func method(_ comparison: Comparison) -> Markup {
    let method = comparison.method
    let observation =
      switch method.unit {
      case .pair: "Two runs of one seed that followed each other are one observation: whatever the machine was doing, it was doing to both."
      case .sitting:
        "The runs of one sitting saw one state of the machine, and together are one observation, however many they are."
      case .run: "Stretches of the two runs, long enough not to depend on one another, are the observations: other runs may differ more."
      }
    let forced = comparison.forced.map { objection -> Markup in "<li><bdi>\(Legible.line(objection, limit: 400))</bdi></li>\n" }
    let overruled: Markup = forced.isEmpty ? .empty : "<h3>Overruled by --force</h3>\n<ol>\n\(forced)</ol>\n"
    let facts: [(String, String)] = [
      ("observations", "\(Figure.count(method.observations)) \(method.unit.rawValue)\(method.observations == 1 ? "" : "s")"),
      ("looked at", method.isSequential ? "after each pair" : "once"), ("gates", Figure.count(comparison.gates.count)),
      ("confidence, all gates", "\(Figure.number((1 - method.alpha) * 100, digits: 4))%"),
      ("margin of ratios", Figure.share(method.margin)),
      ("margin of shares", "\(FigureComparison.points(method.shareMargin, signed: false)) pp"), ("exit code", "\(comparison.exitCode)"),
      ("outcomes", comparison.outcomes.map(\.rawValue).joined(separator: ", ")),
    ]
    return HTMLPage.section(
      "How this was compared",
      """
      <p>\(observation)</p>
      <p>\(method.words(comparison.gates.count)).</p>
      <p class="quiet">Regressed or improved: all that the runs leave open lies beyond the margin. Equivalent: all of it lies within. Undecided: anything else. \
      What is known as an interval is so only where both of its ends say it.</p>
      \(overruled)<div class="facts">
      \(HTMLPage.facts("Comparison", facts))</div>

      """)
  }
}
