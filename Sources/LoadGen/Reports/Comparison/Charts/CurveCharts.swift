import Foundation
import LoadRun
import LoadStudy

/// The percentiles of a duration on both sides over each other, and below by how much each moved.
struct CurveCharts {
  /// More points than a file of this program has tell nothing more.
  private static let mostPoints = 200

  let comparison: Comparison
  let curves: PercentileCurves
  let name: String
  /// Makes the charts' ids unique.
  let number: Int
  let nines: NinesAxis

  /// - Parameter number: of the duration, from 1.
  /// - Returns: up to two charts; empty where there is nothing to draw.
  static func render(_ curves: PercentileCurves, _ comparison: Comparison, number: Int) -> Markup {
    let charts = CurveCharts(curves, comparison, number)
    return "\(charts.distributions)\(charts.shift)"
  }

  private init(_ curves: PercentileCurves, _ comparison: Comparison, _ number: Int) {
    (self.comparison, self.curves, self.number) = (comparison, curves, number)
    name = Legible.line(curves.duration.replacing("_", with: " "), limit: 40)
    let sides = [curves.baseline, curves.candidate].map { $0.prefix(Self.mostPoints).compactMap(Point.init) }
    nines = NinesAxis(nines: Self.nines(sides))
  }

  /// What is known at one percentile, in seconds.
  struct Point {
    /// From 0 to 1.
    let share: Double
    let lower: Double?
    let upper: Double?

    /// - Parameter values: as in `[percent, lower, upper]`.
    init?(_ values: [Double?]) {
      guard values.count == 3, let percent = values[0], (0...100).contains(percent) else { return nil }
      (share, lower, upper) = (percent / 100, Self.known(values[1]), Self.known(values[2]))
      guard lower != nil || upper != nil else { return nil }
    }

    private static func known(_ value: Double?) -> Double? { value.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }
  }

  /// How far the axis reaches: a little beyond the last percentile that differs from the greatest value, as all later ones are one order.
  private static func nines(_ sides: [[Point]]) -> Double {
    let last = sides.compactMap { points -> Double? in
      guard let end = points.last else { return nil }
      return points.last { $0.lower != end.lower || $0.upper != end.upper }?.share
    }
    return (last.max().map { -log10(1 - Swift.min($0, 0.999999)) } ?? 1) + 0.5
  }

  func points(_ side: [[Double?]]) -> [Point] {
    side.prefix(Self.mostPoints).compactMap(Point.init).sorted { $0.share < $1.share }
  }

  /// Both distributions, the baseline's behind the candidate's.
  private var distributions: Markup {
    let sides = [points(curves.baseline), points(curves.candidate)]
    let values = sides.joined().flatMap { [$0.lower, $0.upper].compactMap(\.self) }
    guard !values.isEmpty else { return .empty }
    let y = Axis.values(values, .seconds)
    let bands = sides.map { side in
      Band(side.map { Band.Place(x: nines.position($0.share), low: $0.lower.map { y.scale($0) }, high: $0.upper.map { y.scale($0) }) })
    }
    let isExact = bands.allSatisfy(\.isExact)
    let range = isExact ? "" : " Each lies between a solid and a dashed line, or above the dashed one where orders never ended."
    let chart = Chart(
      id: "curves-\(number)", title: "\(name), of all runs",
      description: "The percentiles of \(name) over all orders of each side, the baseline’s and the candidate’s over each other.\(range)",
      x: nines.axis, y: y,
      legend: [
        Chart.Legend(style: "grey", shape: .line, label: "baseline"), Chart.Legend(style: "blue", shape: .line, label: "candidate"),
      ] + (isExact ? [] : [Chart.Legend(style: "dashed ink", shape: .line, label: "at least")])
        + (bands.contains { !$0.open.isEmpty } ? [.unbounded("ink")] : []))
    return chart.markup(zip(bands, ["grey", "blue"]).map(drawn))
  }

  private func drawn(_ band: Band, _ style: String) -> Markup {
    band.isExact
      ? Chart.line(band.upper, style)
      : "\(band.ground(style))\(Chart.line(band.lower, "\(style) dashed"))\(Chart.line(band.upper, style))"
  }
}
