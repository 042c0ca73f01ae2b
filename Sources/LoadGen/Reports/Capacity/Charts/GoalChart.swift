import LoadRun
import LoadStudy
import Shared

/// A goal's figure over the rate: what each trial can have measured, beside the limit.
struct GoalChart {
  private let goal: String
  private let rule: Threshold
  private let name: String

  /// What is more than this many times the limit would flatten the rest, and is drawn as an arrow at the upper edge.
  private static let mostLimits = 3.0
  /// Trials at one rate are drawn beside each other, in pixels.
  private static let apart = 5.0

  /// - Returns: `nil` for a goal that is no percentile.
  init?(_ goal: String) {
    guard let rule = try? Threshold(text: goal), rule.isOfPercentile else { return nil }
    (self.goal, self.rule) = (goal, rule)
    name = Legible.line(String(rule.expression.prefix { !"<>=!".contains($0) }), limit: 40)
  }

  /// - Parameter number: makes the chart's id unique: of the goal, from 1.
  /// - Returns: empty where no trial has a value.
  func render(_ capacity: Capacity, _ ground: RateGround, number: Int) -> Markup {
    let points = points(capacity, ground.x.scale)
    guard !points.isEmpty else { return .empty }
    let ceiling = rule.limit > 0 ? rule.limit * Self.mostLimits : .infinity
    let values = points.flatMap { [$0.goal.lower, $0.goal.upper].compactMap(\.self) }
    let y = Axis.values(values.map { Swift.min($0, ceiling) } + [rule.limit], rule.metric.unit)
    let marks = points.map { TrialMark($0.goal, x: $0.x, y.scale, title: $0.title) }
    let chart = Chart(
      id: "goal-\(number)", title: "\(name) over the rate",
      description:
        "What each of \(Figure.count(points.count)) trials measured of \(name), from the least to the most that it can have been, by its rate, and the limit. \(ground.words)",
      x: ground.x, y: y, legend: legend(marks) + ground.legend, zones: ground.zones,
      limit: Chart.Limit(value: rule.limit, label: rule.limitWording))
    return chart.markup(ground.marks + marks.map(\.markup))
  }

  /// What was found by a trial, where it is drawn, and in words.
  private struct Point {
    let goal: Capacity.Goal
    /// In pixels.
    let x: Double
    let title: String
  }

  private func points(_ capacity: Capacity, _ x: Scale) -> [Point] {
    let told = capacity.trials.indices.filter { !capacity.trials[$0].goals.isEmpty }
    let places = Dictionary(grouping: told) { capacity.trials[$0].rate }
    return capacity.trials.enumerated().compactMap { index, trial in
      guard let goal = trial.goals.named(goal), goal.lower != nil || goal.upper != nil else { return nil }
      let beside = places[trial.rate] ?? []
      let aside = Double(beside.firstIndex(of: index) ?? 0) - Double(Swift.max(0, beside.count - 1)) / 2
      let figure = Figure.range(goal.lower, goal.upper, rule.metric.unit, digits: 4)
      return Point(
        goal: goal, x: Swift.min(Swift.max(x(trial.rate) + aside * Self.apart, Chart.left), Chart.right),
        title: "trial \(trial.number), \(Figure.rate(trial.rate)): \(figure), \(goal.word.text) by itself")
    }
  }

  private func legend(_ marks: [TrialMark]) -> [Chart.Legend] {
    let words: [(RateBook.Word, Chart.Legend.Shape)] = [(.lower, .dot), (.undecided, .ring), (.upper, .diamond)]
    let told = words.filter { word, _ in marks.contains { word == $0.word } }.map { word, shape in
      Chart.Legend(style: word.style, shape: shape, label: "a trial: \(word.text)")
    }
    return told + (marks.contains(where: \.isBeyond) ? [Chart.Legend(style: "none", shape: .arrow, label: "higher")] : [])
      + (marks.contains(where: \.isOpen) ? [.unbounded("ink")] : [])
  }
}

extension Threshold {
  fileprivate var isOfPercentile: Bool {
    switch metric {
    case .latency(_, .percentile), .interval(_, .percentile): true
    default: false
    }
  }
}
