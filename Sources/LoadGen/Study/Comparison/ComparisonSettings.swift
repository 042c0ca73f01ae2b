import Shared

/// How two sides are compared.
package struct ComparisonSettings: Sendable {
  /// The figures that decide.
  package var gates = ComparedFigure.defaultGates
  /// Whether the gates were named: a named one must have been measured.
  package var namesGates = false
  /// A ratio between 1 ÷ (1 + margin) and 1 + margin is no difference that matters.
  package var margin = 0.05
  /// A difference of shares between −margin and +margin is none that matters: 0.001 is a tenth of a percentage point.
  package var shareMargin = 0.001
  /// How often a truthful comparison may be wrong, over all gates together and for however many looks.
  package var alpha = 0.05
  /// Whether single runs, which say something of themselves only, are judged all the same.
  package var judgesSingleRuns = false
  /// Whether a gate that is undecided fails, too.
  package var failsUndecided = false

  package init() {}

  /// The confidence of the interval of one gate, so that all of them together keep `alpha` (Bonferroni).
  package var gateConfidence: Double { 1 - alpha / Double(Swift.max(1, gates.count)) }

  /// Of what is shown and decides nothing.
  package var shownConfidence: Double { 1 - alpha }

  /// The gates, and what is compared beside them, each once.
  package func figures(with shown: [ComparedFigure]) -> [ComparedFigure] { gates + shown.filter { !gates.contains($0) } }

  func confidence(of figure: ComparedFigure) -> Double { gates.contains(figure) ? gateConfidence : shownConfidence }
}
