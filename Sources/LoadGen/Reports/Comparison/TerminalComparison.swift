import LoadRun
package import LoadStudy

/// What is printed of a comparison: first what follows, then the figures.
package enum TerminalComparison {
  /// - Parameters:
  ///   - colour: whether escape sequences are written.
  ///   - width: the longest line, in characters, to which sentences are wrapped; tables stay below 110.
  package static func render(_ comparison: Comparison, colour: Bool, width: Int = 96) -> String {
    let paint = Paint(enabled: colour)
    let sections = [
      headline(comparison, paint, width), figures("Gates", comparison.gates, paint), shift(comparison, paint),
      figures("Shown, and not judged", comparison.figures.filter { !$0.gated && !$0.isOfShift }, paint), within(comparison, paint, width),
      [method(comparison, paint)],
    ]
    return "\n" + sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func headline(_ comparison: Comparison, _ paint: Paint, _ width: Int) -> [String] {
    let headline = ComparisonHeadline(comparison)
    let ink: Paint.Ink =
      switch headline.verdict {
      case .equivalent, .improved: .greenBadge
      case .regressed: .redBadge
      case .undecided: .yellowBadge
      }
    return ["  \(paint(" \(headline.word) ", ink)) \(paint(headline.subject, .bold))"]
      + headline.reasons.flatMap { $0.wrapped(width: width, indent: 2) }
      + headline.warnings.flatMap { $0.wrapped(width: width, indent: 2).map { paint($0, .yellow) } }
  }

  private static func figures(_ title: String, _ figures: [FigureComparison], _ paint: Paint) -> [String] {
    guard let first = figures.first else { return [] }
    var table = TextTable([.left, .left, .right, .right, .right, .right, .left])
    let confidence = "\(Figure.number(first.confidence * 100, digits: 4))% interval"
    table.add(["", "", "baseline", "candidate", "change", confidence, ""])
    for figure in figures {
      table.add([
        paint(figure.verdict.sign, figure.verdict.ink), Legible.line(figure.figure, limit: 40), figure.baselineText, figure.candidateText,
        figure.changeText, figure.intervalText, paint(figure.verdict.rawValue, figure.verdict.ink),
      ])
    }
    let lines = table.lines(indent: 4)
    return ["  " + paint(title, .bold), paint(lines[0], .dim)] + lines.dropFirst()
  }

  /// By how much each percentile moved.
  private static func shift(_ comparison: Comparison, _ paint: Paint) -> [String] {
    let rows = ShiftTable(comparison).rows
    guard !rows.isEmpty else { return [] }
    var table = TextTable([.left] + ComparedFigure.percentiles.map { _ in .right })
    table.add([""] + ComparedFigure.percentiles.map { "p\($0)" })
    for row in rows {
      table.add(
        [
          row.duration.replacing("_", with: " ")
        ] + row.cells.map { cell in cell.map { paint($0.changeText + ($0.verdict == .undecided ? "?" : ""), $0.verdict.ink) } ?? "" })
    }
    let lines = table.lines(indent: 4)
    return ["  " + paint("How the percentiles moved", .bold), paint(lines[0], .dim)] + lines.dropFirst()
      + ["    " + paint("?: the 95% interval is not all on one side of the margin", .dim)]
  }

  /// What two single runs say of themselves.
  private static func within(_ comparison: Comparison, _ paint: Paint, _ width: Int) -> [String] {
    let told = comparison.gates.filter { $0.within != nil }
    guard !told.isEmpty, comparison.method.unit != .run else { return [] }
    return ["  " + paint("These two runs, whatever others would say", .bold)]
      + told.flatMap { $0.withinSentence(comparison.method).wrapped(width: width, indent: 4) }
  }

  private static func method(_ comparison: Comparison, _ paint: Paint) -> String {
    "  " + paint(comparison.method.words(comparison.gates.count), .dim)
  }
}

extension ComparisonVerdict {
  fileprivate var ink: Paint.Ink {
    switch self {
    case .regressed: .red
    case .improved: .green
    case .equivalent: .dim
    case .undecided: .yellow
    }
  }
}

extension FigureComparison {
  /// Whether the table of percentiles shows it.
  var isOfShift: Bool { ComparedFigure.durations.contains { figure.hasPrefix("\($0).p(") } }
}

extension Comparison.Method {
  /// By what the intervals were made, in a line.
  func words(_ gates: Int) -> String {
    let name =
      switch name {
      case "sign_flip": "pairs' log-ratios by the sign-flip test, exact"
      case "sign_sequence": "pairs' log-ratios by the sign test's confidence sequence, which holds at every look"
      case "welch": "sittings' mean logarithms by Welch's t"
      case "blocks": "batches of blocks by Welch's t"
      default: "nothing was concluded"
      }
    let wrong = "wrong in at most \(Figure.share(alpha)) of comparisons, over \(gates) gate\(gates == 1 ? "" : "s")"
    return "\(name); \(wrong); margin \(Figure.share(margin)), of shares \(FigureComparison.points(shareMargin, signed: false)) pp"
  }
}
