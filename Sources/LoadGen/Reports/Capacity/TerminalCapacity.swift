import LoadRun
package import LoadStudy

/// What is printed of a capacity: the answer first, then each rate that was tried.
package enum TerminalCapacity {
  package static func render(_ capacity: Capacity, colour: Bool, width: Int = 96) -> String {
    let paint = Paint(enabled: colour)
    let answer = CapacityAnswer(capacity)
    let ink: Paint.Ink = capacity.exitCode == 0 ? .greenBadge : .redBadge
    let head =
      ["  \(paint(" \(answer.word) ", ink)) \(paint(answer.subject, .bold))"]
      + answer.sentences.flatMap { $0.wrapped(width: width, indent: 2) }
    return "\n" + ([head] + [rates(capacity, paint)]).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
      + "\n"
  }

  private static func rates(_ capacity: Capacity, _ paint: Paint) -> [String] {
    guard !capacity.rates.isEmpty else { return [] }
    var table = TextTable([.right, .left, .right] + capacity.goals.map { _ in .right } + [.right, .left])
    table.add(["rate", "", "tried for"] + capacity.goals.map { Legible.line($0, limit: 30) } + ["backlog", ""])
    for rate in capacity.rates {
      table.add(
        [Figure.rate(rate.rate), paint(rate.word.text, rate.word.ink), Figure.seconds(rate.seconds)]
          + rate.goals.map { Figure.range($0.lower, $0.upper, $0.unit) }
          + [rate.growthText, rate.word == .upper ? Legible.line(rate.binding ?? "", limit: 40) : ""])
    }
    let lines = table.lines(indent: 4)
    return ["  " + paint("Rates", .bold), paint(lines[0], .dim)] + lines.dropFirst()
  }
}

extension RateBook.Word {
  var text: String {
    switch self {
    case .lower: "held"
    case .upper: "broken"
    case .undecided: "undecided"
    }
  }

  fileprivate var ink: Paint.Ink {
    switch self {
    case .lower: .green
    case .upper: .red
    case .undecided: .yellow
    }
  }
}

extension Capacity.Goal {
  /// The unit of its figure.
  var unit: FigureUnit { (try? Threshold(text: expression))?.metric.unit ?? .number }
}

extension Capacity.Rate {
  /// Outstanding orders that are added per second; a dash where that is not known.
  var growthText: String { Capacity.growthText(growth) }
}

extension Capacity {
  /// As in `+1.2/s`; a dash where it is not known.
  static func growthText(_ perSecond: Double?) -> String {
    perSecond.map { ($0 > 0 ? "+" : "") + Figure.number($0, digits: 2) + "/s" } ?? "–"
  }
}
