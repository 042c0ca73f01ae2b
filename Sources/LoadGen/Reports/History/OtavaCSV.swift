import Foundation
import LoadRun
package import LoadStudy

/// The history as a table that Apache Otava reads: a row for each run, a column for each figure; an unknown value is an empty cell.
package enum OtavaCSV {
  package static func render(_ history: History) -> String {
    let head = ["time", "run"] + history.series.map(\.figure)
    let rows = history.runs.enumerated().map { place, run in
      [Timestamp.text(epochSeconds: run.began), run.place]
        + history.series.map { series in series.values[place].map { Figure.decimal($0, 9) } ?? "" }
    }
    return ([head] + rows).map { $0.map(cell).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// RFC 4180.
  private static func cell(_ text: String) -> String {
    let line = Legible.line(text, limit: 4_096)
    return line.contains(where: { "\",".contains($0) }) ? "\"" + line.replacing("\"", with: "\"\"") + "\"" : line
  }
}
