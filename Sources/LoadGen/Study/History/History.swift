import Foundation
package import LoadRun
import LoadStatistics
import Shared

/// The runs of one load in the order of time, and where a figure changed for good: the content of `history.json`.
package struct History: Codable, Sendable, Equatable {
  static let schemaVersion = 1

  package private(set) var schemaVersion = History.schemaVersion
  /// The scenario's name; empty where it has none.
  package var name: String
  /// By rising time.
  package var runs: [Run]
  /// Why runs were left out, each as a sentence that begins with the run's place; at most 20 of them.
  @Explicit package var leftOut: [String]
  package var series: [Series]

  /// Which run it was.
  package struct Run: Codable, Sendable, Equatable {
    package var place: String
    package var startedAt: String
    /// Unix time in seconds.
    package var began: Double
    @Explicit package var labels: [String: String]

    enum CodingKeys: String, CodingKey {
      case place
      case startedAt = "started_at"
      case began, labels
    }
  }

  /// A figure in all runs.
  package struct Series: Codable, Sendable, Equatable {
    package var figure: String
    package var unit: FigureUnit
    package var scale: ComparedFigure.Scale
    /// For each run, in the figure's unit, by its upper end; `nil` where the run does not have it, or it is not bounded.
    package var values: [Double?]
    package var changes: [Change]
  }

  /// Where a figure changed, and stayed changed.
  package struct Change: Codable, Sendable, Equatable {
    /// The places in `runs` of the last run before it and of the first after it.
    package var last: Int
    package var first: Int
    package var pValue: Double
    /// The mean of the runs before it, since the change before that; of ratios the geometric mean. In the figure's unit.
    package var before: Double
    package var after: Double
    /// After by before, or after less before, and what cannot be excluded.
    package var size: FigureComparison.Span
    /// Whether it became worse.
    package var isWorse: Bool

    enum CodingKeys: String, CodingKey {
      case last, first
      case pValue = "p_value"
      case before, after, size
      case isWorse = "worse"
    }
  }

  enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case name, runs
    case leftOut = "left_out"
    case series
  }
}

extension History {
  /// One for each load that there are runs of, the one with the most runs first.
  /// - Parameters:
  ///   - significance: a change is told of where one as great comes about by chance in no more than this share of series.
  package static func all(_ runs: [ComparedRun], figures: [ComparedFigure], significance: Double = 0.001) -> [History] {
    var groups: [[ComparedRun]] = []
    for run in runs.sorted(by: { ($0.began, $0.place) < ($1.began, $1.place) }) {
      if let place = groups.firstIndex(where: { Comparability.isOfSameLoad($0[0], run) }) {
        groups[place].append(run)
      } else {
        groups.append([run])
      }
    }
    return groups.sorted { ($0.count, $1[0].place) > ($1.count, $0[0].place) }.map { History($0, figures, significance) }
  }

  private init(_ all: [ComparedRun], _ figures: [ComparedFigure], _ significance: Double) {
    var seen: [[UInt8]: String] = [:]
    var (runs, left): ([ComparedRun], [String]) = ([], [])
    for run in all {
      if let first = seen.updateValue(run.place, forKey: Array(run.run.id.utf8)) {
        left.append("\(run.place): it is the same run as \(first)")
      } else if let flaw = run.flaw ?? (run.accepted == 0 ? "none of its orders was accepted" : nil) {
        left.append("\(run.place): \(flaw)")
      } else {
        runs.append(run)
      }
    }
    self.init(
      name: all.first?.scenario["name"] ?? "",
      runs: runs.map { Run(place: $0.place, startedAt: $0.run.startedAt, began: $0.began, labels: $0.run.labels) },
      leftOut: left.count <= 20 ? left : left.prefix(19) + ["… and \(left.count - 19) more"],
      series: figures.compactMap { Series($0, runs, significance) })
  }
}

extension History.Series {
  /// - Returns: `nil` where no run has the figure.
  fileprivate init?(_ figure: ComparedFigure, _ runs: [ComparedRun], _ significance: Double) {
    let values = runs.map { run in run.values[figure]?.upper.flatMap { $0.isFinite ? $0 : nil } }
    // Of a ratio, 0 has no logarithm.
    let told = values.enumerated().compactMap { place, value in
      value.flatMap { figure.scale == .ratio && $0 <= 0 ? nil : (place: place, value: figure.scale == .ratio ? log($0) : $0) }
    }
    guard values.contains(where: { $0 != nil }) else { return nil }
    func shown(_ value: Double) -> Double { figure.scale == .ratio ? exp(value) : value }
    let changes = ChangePoints.find(in: told.map(\.value), significance: significance).map { change in
      let estimate = change.after - change.before
      let size = change.size ?? -Double.infinity...Double.infinity
      return History.Change(
        last: told[change.index - 1].place, first: told[change.index].place, pValue: change.pValue, before: shown(change.before),
        after: shown(change.after), size: FigureComparison.Span(Change(estimate: estimate, interval: size), figure.scale),
        isWorse: estimate * figure.worse > 0)
    }
    self.init(figure: figure.name, unit: figure.unit, scale: figure.scale, values: values, changes: changes)
  }
}
