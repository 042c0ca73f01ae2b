package import Foundation
package import LoadRun

extension ReportFolder {
  /// Where a run that begins now is to be written: where its scenario says, else in a folder of its own.
  package static func path(_ scenario: Scenario, started: Date) -> String {
    scenario.reportDirectory
      ?? defaultPath(
        startedAt: Timestamp.text(epochSeconds: started.timeIntervalSince1970), name: scenario.name,
        exists: FileManager.default.fileExists(atPath:))
  }

  /// Where a run is written that names no folder: `reports/2026-09-21T14-13-20Z-demo`. Without colons, which some systems and
  /// archives refuse in names.
  /// - Parameters:
  ///   - startedAt: RFC 3339, in UTC, as in `Summary.Run`.
  ///   - name: the scenario's; what cannot stand in a file's name becomes a hyphen.
  ///   - exists: whether there is something at a path; then a number is added to the name.
  static func defaultPath(startedAt: String, name: String, exists: (String) -> Bool = { _ in false }) -> String {
    let time = startedAt.prefix { $0 != "." && $0 != "Z" }.map { $0.isASCII && ($0.isNumber || "T-".contains($0)) ? $0 : "-" }
    let base = "reports/\(String(time))Z-\(fileName(name))"
    if !exists(base) { return base }
    var number = 2
    while exists("\(base)-\(number)") { number += 1 }
    return "\(base)-\(number)"
  }

  private static func fileName(_ name: String) -> String {
    let safe = name.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
    let trimmed = String(safe.drop { "._-".contains($0) })
    return trimmed.isEmpty ? "run" : trimmed
  }
}
