import Foundation
import Shared

@testable import LoadReports
@testable import LoadRun
@testable import LoadStudy

/// Runs for comparisons, without making any.
enum ComparedRuns {
  static let sample = SampleRun(seconds: 2).summary()

  /// - Parameters:
  ///   - began: in seconds since some instant.
  ///   - factor: how many times as long every order took to be accepted.
  static func summary(
    seed: UInt64 = 1, began: Double = 0, labels: [String: String] = [:], factor: Double = 1, change: (inout Summary) -> Void = { _ in }
  ) -> Summary {
    var summary = sample
    summary.run.seed = "\(seed)"
    summary.run.id = UUID().uuidString
    summary.run.startedAt = Timestamp.text(epochSeconds: 1_790_000_000 + began)
    summary.run.labels = labels
    var histogram = LatencyHistogram()
    for number in 1...200 { histogram.record(Int64(Double(number) * 1e5 * factor)) }
    summary.histograms[HistogramName.observed(.accept)] = Summary.Histogram(histogram)
    summary.histograms[HistogramName.censored(.accept)] = nil
    change(&summary)
    return summary
  }

  static let figures = ComparedFigure.defaultGates + ComparedFigure.shown.filter { !ComparedFigure.defaultGates.contains($0) }

  static func side(_ summaries: [Summary]) throws -> ComparedSide {
    var side = ComparedSide(of: figures)
    for (place, summary) in summaries.enumerated() { try side.add(summary, place: "run-\(place)") }
    return side
  }

  static func gates(_ names: String...) throws -> ComparisonSettings {
    var settings = ComparisonSettings()
    settings.gates = try names.map { try ComparedFigure(text: $0) }
    return settings
  }
}
