import LoadRun
package import LoadStudy
import Shared

/// The comparison as a single page: first what follows, then what it rests on.
package enum HTMLComparison {
  /// How much is told in full, so that a page can be opened whatever is compared; the rest is counted, and stands in `compare.json`.
  static let (mostReasons, mostDrawn, mostRuns) = (6, 20, 200)

  package static func render(_ comparison: Comparison) -> String {
    let headline = ComparisonHeadline(comparison)
    return HTMLPage.render(
      title: "\(headline.word.lowercased()): comparison",
      """
      \(header(comparison, headline))
      \(gates(comparison))
      \(withinRuns(comparison))
      \(distributions(comparison))
      \(runByRun(comparison))
      \(shown(comparison))
      \(runs(comparison))
      \(method(comparison))
      """)
  }

  private static func header(_ comparison: Comparison, _ headline: ComparisonHeadline) -> Markup {
    let told = headline.reasons.prefix(mostReasons).map { reason -> Markup in "<p class=\"reason\"><bdi>\(reason)</bdi></p>\n" }
    let more: Markup =
      headline.reasons.count > mostReasons
      ? "<p class=\"reason\">… and \(Figure.count(headline.reasons.count - mostReasons)) more gates, in the table below.</p>\n" : .empty
    let warnings = (headline.warnings + endings(comparison)).map { warning -> Markup in
      "<p class=\"reason warn\"><bdi>\(warning)</bdi></p>\n"
    }
    let style: Markup =
      switch headline.verdict {
      case .regressed: "fail"
      case .improved, .equivalent: "pass"
      case .undecided: "undecided"
      }
    return """
      <header class="\(style)">
      <p class="verdict">\(headline.word)</p>
      <h1>Candidate beside baseline <span class="target"><bdi>\(targets(comparison))</bdi></span></h1>
      \(told)\(more)\(warnings)<p class="quiet">\(headline.subject)</p>
      </header>
      """
  }

  /// What decides the exit code and no gate says.
  private static func endings(_ comparison: Comparison) -> [String] {
    let fails = comparison.outcomes.contains(.regression)
    var words = comparison.failsUndecided ? ["It fails because it can't be told, as was asked for (--fail-on undecided)."] : []
    let others = comparison.outcomes.filter { $0 != .regression && $0 != .passed }.map(\.rawValue)
    if !others.isEmpty {
      words.append("Making the runs ended with \(others.joined(separator: ", "))\(fails ? ", too" : ""): exit code \(comparison.exitCode).")
    }
    return words
  }

  /// Where the runs of both sides went: said once where it is the same.
  private static func targets(_ comparison: Comparison) -> String {
    let sides = [comparison.baseline, comparison.candidate].map { side in
      let targets = Set(side.runs.map { ByteText($0.target) })
      return targets.count == 1 ? Legible.line(side.runs.first?.target ?? "", limit: 100) : "\(Figure.count(targets.count)) targets"
    }
    return sides[0] == sides[1] ? sides[0] : "\(sides[1]) beside \(sides[0])"
  }
}

extension Comparison {
  /// Whether it fails though no gate regressed: an undecided one was to fail, too.
  var failsUndecided: Bool {
    let verdicts = judgedGates.map(\.verdict)
    return outcomes.contains(.regression) && !verdicts.contains(.regressed) && verdicts.contains(.undecided)
  }

  /// The gates with the verdicts that count: of two single runs that are judged, what these say of themselves.
  var judgedGates: [FigureComparison] { method.unit == .run ? gates.map { $0.asOfTheseRuns ?? $0 } : gates }
}

extension FigureComparison {
  /// The figure as two single runs tell it, which holds of these runs only; `nil` where they do not.
  var asOfTheseRuns: FigureComparison? {
    guard let within else { return nil }
    var figure = self
    (figure.lower, figure.upper, figure.verdict, figure.morePairs) = (within.lower, within.upper, within.verdict, nil)
    figure.reason = within.verdict == .undecided ? "what these runs leave open is not all on one side of the margin" : ""
    return figure
  }
}
