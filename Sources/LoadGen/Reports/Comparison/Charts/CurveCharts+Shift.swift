import Foundation
import LoadRun
import LoadStudy

extension CurveCharts {
  /// By how much each percentile moved: the interval of those that were compared, and the quotient of the curves above.
  var shift: Markup {
    let row = ShiftTable(comparison).rows.first { $0.duration == curves.duration }
    let told = zip(ComparedFigure.percentiles, row?.cells ?? []).compactMap { percent, cell -> (share: Double, cell: FigureComparison)? in
      guard let cell, cell.scale == .ratio, cell.lower != nil, cell.upper != nil, let percent = Double(percent) else { return nil }
      return (percent / 100, cell)
    }
    let quotients = Self.quotients(points(curves.baseline), points(curves.candidate))
    let spans = told.flatMap { [$0.cell.lower, $0.cell.upper].compactMap(\.self) }
    let values =
      spans.flatMap { [$0.estimate, $0.low, $0.high].compactMap(\.self) } + quotients.flatMap { [$0.lower, $0.upper].compactMap(\.self) }
    guard values.contains(where: { $0 > 0 && $0.isFinite }) else { return .empty }
    let margin = comparison.method.margin
    let y = Axis.ratios(values.filter { $0.isFinite } + (margin.isFinite && margin >= 0 ? [1 + margin, 1 / (1 + margin)] : []))
    func height(_ ratio: Double?) -> Double? { ratio.flatMap { $0 > 0 && $0.isFinite ? y.scale(log($0)) : nil } }
    let band = Band(
      told.map { told in
        let (low, high) = told.cell.widest
        return Band.Place(x: nines.position(told.share), low: height(low), high: height(high))
      })
    func line(_ ratio: (Quotient) -> Double?) -> Path {
      .line(quotients.map { quotient in height(ratio(quotient)).map { Path.Point(x: nines.position(quotient.share), y: $0) } })
    }
    let (lower, upper) = (line(\.lower), line(\.upper))
    let chart = Chart(
      id: "shift-\(number)", title: "\(name), candidate by baseline",
      description:
        "By how much each percentile of \(name) moved: what the runs leave open, what they say most likely, and the quotient of the two curves of all orders.",
      x: nines.axis(label: "of all orders"), y: y,
      legend: (told.isEmpty
        ? []
        : [
          Chart.Legend(style: "band", shape: .area, label: "left open"), Chart.Legend(style: "claim", shape: .dot, label: "most likely"),
        ])
        + (lower.isEmpty && upper.isEmpty ? [] : [Chart.Legend(style: "orange", shape: .line, label: "of all orders")])
        + (margin > 0 ? [Chart.Legend(style: "margin", shape: .area, label: "margin of \(Figure.share(margin))")] : []))
    return chart.markup([
      ground(y), band.ground("band"), Chart.line(lower, "orange\(lower.d == upper.d ? "" : " dashed")"),
      lower.d == upper.d ? .empty : Chart.line(upper, "orange"), "\(told.map { dots($0.share, $0.cell, height) })",
    ])
  }

  /// The margin, shaded, and no change as a line.
  private func ground(_ y: Axis) -> Markup {
    let margin = log1p(Swift.max(0, comparison.method.margin))
    let (top, bottom) = (y.scale(margin), y.scale(-margin))
    return """
      <rect class="zone margin" x="\(Path.pixels(Chart.left))" y="\(Path.pixels(top))" width="\(Path.pixels(Chart.right - Chart.left))" \
      height="\(Path.pixels(Swift.max(0, bottom - top)))"/>\
      <path class="base" d="M\(Path.pixels(Chart.left)) \(Path.pixels(y.scale(0)))H\(Path.pixels(Chart.right))"/>
      """
  }

  private func dots(_ share: Double, _ cell: FigureComparison, _ height: (Double?) -> Double?) -> Markup {
    let estimates = Set([cell.lower?.estimate, cell.upper?.estimate].compactMap { height($0) }).sorted()
    let name = Legible.line(cell.figure, limit: 60)
    return
      "\(estimates.map { y -> Markup in "<circle class=\"dot claim\" cx=\"\(Path.pixels(nines.position(share)))\" cy=\"\(Path.pixels(y))\" r=\"3\"><title>\(name): \(cell.changeText), \(cell.intervalText)</title></circle>\n" })"
  }

  /// One curve by the other at a percentile, by their ends.
  private struct Quotient {
    let share: Double
    let lower: Double?
    let upper: Double?
  }

  private static func quotients(_ baseline: [Point], _ candidate: [Point]) -> [Quotient] {
    let others = Dictionary(candidate.map { ($0.share, $0) }, uniquingKeysWith: { first, _ in first })
    func ratio(_ one: Double?, _ other: Double?) -> Double? {
      guard let one, let other, one > 0, other > 0 else { return nil }
      return other / one
    }
    return baseline.compactMap { point in
      guard let other = others[point.share] else { return nil }
      return Quotient(share: point.share, lower: ratio(point.lower, other.lower), upper: ratio(point.upper, other.upper))
    }
  }
}

extension FigureComparison {
  /// What cannot be excluded by either end; `nil` is unbounded.
  var widest: (low: Double?, high: Double?) {
    guard let lower, let upper else { return (nil, nil) }
    func both(_ one: Double?, _ other: Double?, _ pick: (Double, Double) -> Double) -> Double? {
      one.flatMap { one in other.map { pick(one, $0) } }
    }
    return (both(lower.low, upper.low, Swift.min), both(lower.high, upper.high, Swift.max))
  }
}
