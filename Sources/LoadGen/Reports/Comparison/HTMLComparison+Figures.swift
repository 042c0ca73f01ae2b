import LoadRun
import LoadStudy

extension HTMLComparison {
  /// What decides, each with how it changed, drawn on one axis.
  static func gates(_ comparison: Comparison) -> Markup {
    let order: [ComparisonVerdict] = [.regressed, .undecided, .improved, .equivalent]
    let gates = order.flatMap { verdict in comparison.judgedGates.filter { $0.verdict == verdict } }
    guard !gates.isEmpty else { return .empty }
    return HTMLPage.section("Gates", "\(table(gates, comparison.method))\(key(gates, comparison.method))\(remedies(gates))")
  }

  /// What would decide what is undecided.
  private static func remedies(_ gates: [FigureComparison]) -> Markup {
    let undecided = gates.filter { $0.verdict == .undecided }
    guard !undecided.isEmpty else { return .empty }
    let pairs = undecided.compactMap(\.morePairs).filter { $0 > 0 }
    let which = undecided.count == 1 ? "One gate is" : "\(Figure.count(undecided.count)) gates are"
    var words = "\(which) undecided, which is not to say that nothing changed."
    if let most = pairs.max() {
      let about = undecided.contains { $0.lower != nil } ? "About " : ""
      words += " \(about)\(Figure.count(most)) more pair\(most == 1 ? "" : "s") would tell: loadgen ab makes them."
    }
    return "<p class=\"warn\">\(words)</p>\n"
  }

  /// How the drawings are read.
  private static func key(_ figures: [FigureComparison], _ method: Comparison.Method) -> Markup {
    guard figures.contains(where: \.hasInterval) else { return .empty }
    let sure =
      Set(figures.map(\.confidence)).count == 1 ? figures.first.map { "\(Figure.number($0.confidence * 100, digits: 4))% sure: " } : nil
    let mixed =
      ChangeBars(figures, method).isMixed
      ? " Shares are told by their difference, and drawn so that their margin of \(FigureComparison.points(method.shareMargin, signed: false)) pp is as wide."
      : ""
    return
      "<p class=\"quiet\">Each bar is \(sure ?? "")what the runs leave open, its dots what they say most likely; shaded is the margin of \(Figure.share(method.margin)).\(mixed)</p>\n"
  }

  /// A table of figures, their changes drawn on an axis that they have in common.
  private static func table(_ figures: [FigureComparison], _ method: Comparison.Method) -> Markup {
    let bars = ChangeBars(figures, method)
    let isDrawn = figures.contains(where: \.hasInterval)
    var table = HTMLTable(
      columns: [.text("figure"), .number("baseline"), .number("candidate"), .number("change")]
        + (isDrawn ? [.drawn("left open", heading: bars.heading)] : []) + [.long("verdict")], style: "changes")
    for figure in figures {
      let interval: Markup = figure.intervalText == "–" ? .empty : "<span class=\"below quiet\">\(figure.intervalText)</span>"
      table.rows.append(
        HTMLTable.Row(
          cells: [
            "\(mark(figure.verdict)) <code>\(Legible.line(figure.figure, limit: 40))</code>", HTMLPage.ranged(figure.baselineText),
            HTMLPage.ranged(figure.candidateText), "<strong>\(HTMLPage.ranged(figure.changeText))</strong>\(interval)",
          ] + (isDrawn ? [bars.bar(figure)] : []) + [verdict(figure, method)], style: figure.gated ? figure.verdict.row : ""))
    }
    return table.markup
  }

  private static func verdict(_ figure: FigureComparison, _ method: Comparison.Method) -> Markup {
    let reason = Legible.line(figure.reason, limit: 200)
    let why: Markup =
      figure.verdict == .undecided && !reason.isEmpty ? "<span class=\"below quiet\">\(reason)\(figure.need)</span>" : .empty
    return "<span class=\"\(figure.verdict.style)\">\(figure.verdict.rawValue)</span>\(why)"
  }

  static func mark(_ verdict: ComparisonVerdict) -> Markup {
    "<span class=\"mark \(verdict.style)\" role=\"img\" aria-label=\"\(verdict.rawValue)\">\(verdict.sign)</span>"
  }

  /// What is measured beside the gates, and the percentiles as numbers.
  static func shown(_ comparison: Comparison) -> Markup {
    let figures = comparison.figures.filter { !$0.gated }
    let others = figures.filter { !$0.isOfShift }
    let drawn: Markup = others.isEmpty ? .empty : "\(table(others, comparison.method))\(key(others, comparison.method))"
    let percentiles = figures.filter(\.isOfShift)
    let all: Markup = percentiles.isEmpty ? .empty : table(percentiles, comparison.method)
    return HTMLPage.section("Shown, and not judged", "\(drawn)\(HTMLPage.fold("All percentiles, as numbers", all))")
  }

  /// What two single runs say of themselves; where they are judged by it, the gates say so.
  static func withinRuns(_ comparison: Comparison) -> Markup {
    let told = comparison.gates.compactMap(\.asOfTheseRuns)
    guard !told.isEmpty, comparison.method.unit != .run else { return .empty }
    let batches = comparison.gates.compactMap { $0.within?.batches }
    let count = batches.min() == batches.max() ? Figure.count(batches.min() ?? 0) : "\(Figure.count(batches.min() ?? 0)) or more"
    return HTMLPage.section(
      "These two runs, whatever others would say",
      """
      <p>How the two differ from one another, by \(count) batches of each. On another day the same program may differ as much: this decides nothing.</p>
      \(table(told, comparison.method))\(key(told, comparison.method))
      """)
  }
}

extension HTMLComparison {
  /// Per duration the distributions over each other, and how their percentiles moved.
  static func distributions(_ comparison: Comparison) -> Markup {
    let charts = comparison.curves.prefix(mostDrawn).enumerated().map { CurveCharts.render($0.element, comparison, number: $0.offset + 1) }
    return HTMLPage.section("How the percentiles moved", HTMLPage.charts("\(charts)"))
  }

  /// Per gate what each run measured.
  static func runByRun(_ comparison: Comparison) -> Markup {
    let gates = comparison.gates
    let charts = gates.prefix(mostDrawn).enumerated().map {
      RunCharts.render($0.element, comparison.method.unit, number: $0.offset + 1)
    }
    let more: Markup =
      gates.count > mostDrawn
      ? "<p class=\"quiet\">… and \(Figure.count(gates.count - mostDrawn)) more gates, in compare.json.</p>\n" : .empty
    let drawn = HTMLPage.charts("\(charts)")
    return HTMLPage.section(comparison.method.unit == .pair ? "Pair by pair" : "Run by run", drawn == .empty ? .empty : "\(drawn)\(more)")
  }
}

extension FigureComparison {
  fileprivate var hasInterval: Bool { lower != nil && upper != nil }
}

extension ComparisonVerdict {
  /// The style class of a gate's row.
  fileprivate var row: String {
    switch self {
    case .regressed: "fail"
    case .undecided: "undecided"
    case .improved, .equivalent: ""
    }
  }
}
