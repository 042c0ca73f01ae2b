import LoadRun
import LoadStudy

/// What each run measured of a figure: of pairs side by side and joined, of others over the time when they began.
struct RunCharts {
  private let x: Axis
  private let y: Axis
  private let baseline: [Measured]
  private let candidate: [Measured]
  private let isPaired: Bool

  /// From so many runs a side on they are drawn closer.
  private static let manyRuns = 60

  /// A run, with where it stands on the horizontal axis and what is known there, in the figure's unit.
  private struct Measured {
    let place: Double
    let lower: Double?
    let upper: Double?
  }

  /// - Parameter number: makes the chart's id unique: of the figure, from 1.
  /// - Returns: empty where no run has a value.
  static func render(_ figure: FigureComparison, _ unit: Comparison.Unit, number: Int) -> Markup {
    let runs = RunCharts(figure, unit)
    guard runs.all.contains(where: { $0.lower != nil || $0.upper != nil }) else { return .empty }
    let name = Legible.line(figure.figure, limit: 40)
    let how = runs.isPaired ? "The two runs of each pair are joined." : "They are shown by when they began."
    let chart = Chart(
      id: "runs-\(number)", title: "\(name), \(runs.isPaired ? "pair by pair" : "run by run")",
      description: "What each run measured of \(name), of the baseline and of the candidate. \(how)", x: runs.x, y: runs.y,
      legend: [Chart.Legend(style: "grey", shape: .dot, label: "baseline"), Chart.Legend(style: "blue", shape: .dot, label: "candidate")]
        + (runs.all.contains { $0.lower != nil && $0.upper == nil } ? [.unbounded("ink")] : []))
    return chart.markup([runs.joins, runs.drawn(runs.baseline, "grey"), runs.drawn(runs.candidate, "blue")])
  }

  private init(_ figure: FigureComparison, _ unit: Comparison.Unit) {
    let (before, after) = (figure.runs.baseline.prefix(ComparedSide.mostRuns), figure.runs.candidate.prefix(ComparedSide.mostRuns))
    isPaired = unit == .pair && before.count == after.count
    // Beside each other where there is room for that.
    let apart = before.count <= Self.manyRuns ? 0.16 : 0
    func known(_ values: [Double?], _ index: Int) -> Double? {
      values.count == 3 ? values[index].flatMap { $0.isFinite ? $0 : nil } : nil
    }
    let times = (before + after).compactMap { known($0, 0) }
    let first = times.min() ?? 0
    let isPaired = isPaired
    func measured(_ runs: ArraySlice<[Double?]>, _ aside: Double) -> [Measured] {
      runs.enumerated().map { index, values in
        let place = isPaired ? Double(index + 1) + aside : (known(values, 0) ?? first) - first
        return Measured(place: place, lower: known(values, 1), upper: known(values, 2))
      }
    }
    (baseline, candidate) = (measured(before, -apart), measured(after, apart))
    let span = Swift.max(0, (times.max() ?? 0) - first)
    x =
      isPaired
      ? Axis.across([Double(before.count)], .orders, label: "pair")
      : Axis.time(0...(span.isFinite ? span : 1), label: "since the first of these runs began")
    y = Axis.near((baseline + candidate).flatMap { [$0.lower, $0.upper].compactMap(\.self) }, figure.unit)
  }

  private var all: [Measured] { baseline + candidate }

  /// Each run as a dot, or as a line from the least to the most that it can have been; what has no upper end is open. One path for all: there may
  /// be thousands.
  private func drawn(_ runs: [Measured], _ style: String) -> Markup {
    var (closed, open) = (Path(), Path())
    for run in runs where run.lower != nil || run.upper != nil {
      let from = Path.Point(x: x.scale(run.place), y: run.lower.map { y.scale($0) } ?? Chart.bottom)
      if let upper = run.upper { closed.addStroke(from, to: y.scale(upper)) } else { open.addStroke(from, to: Chart.top) }
    }
    return
      "\(Chart.open(open, style))\(closed.isEmpty ? .empty : "<path class=\"dots \(style)\(runs.count > Self.manyRuns ? " fine" : "")\" d=\"\(closed.d)\"/>" as Markup)"
  }

  /// A line between the two runs of each pair.
  private var joins: Markup {
    guard isPaired else { return .empty }
    func middle(_ run: Measured) -> Path.Point? {
      guard let value = run.lower ?? run.upper else { return nil }
      return Path.Point(x: x.scale(run.place), y: (y.scale(value) + y.scale(run.upper ?? value)) / 2)
    }
    let pairs = zip(baseline, candidate).flatMap { one, other -> [Path.Point?] in
      guard let one = middle(one), let other = middle(other) else { return [] }
      return [one, other, nil]
    }
    return Chart.line(.line(pairs), "join")
  }
}
