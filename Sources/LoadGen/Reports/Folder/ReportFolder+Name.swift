package import Foundation
package import LoadRun

extension ReportFolder {
  /// Where a run that begins now is to be written: to the scenario's folder, or else to a new one.
  package static func path(_ scenario: Scenario, started: Date) -> String {
    scenario.reportDirectory
      ?? defaultPath(
        startedAt: Timestamp.text(epochSeconds: started.timeIntervalSince1970), name: scenario.name,
        exists: FileManager.default.fileExists(atPath:))
  }

  /// Where a study that begins now, a comparison say, is to be written. A folder that nobody named is made at once, so that another study of the
  /// same second takes another one.
  /// - Parameter name: of what kind it is, or what it is called.
  package static func path(_ given: String?, name: String, started: Date) -> String {
    if let given { return given }
    try? FileManager.default.createDirectory(atPath: "reports", withIntermediateDirectories: true)
    return defaultPath(startedAt: Timestamp.text(epochSeconds: started.timeIntervalSince1970), name: name) { path in
      mkdir(path, 0o777) != 0 && errno == EEXIST
    }
  }

  /// The path of one of a folder's files, as it is shown.
  package static func shown(_ name: String, in path: String) -> String {
    Legible.line(path.utf8.last == UInt8(ascii: "/") ? path + name : "\(path)/\(name)", limit: 4_096)
  }

  /// The folder of a run that names none: `reports/2026-09-21T14-13-20Z-demo`. It has no colons, as some systems and archives refuse these
  /// in names.
  /// - Parameters:
  ///   - startedAt: RFC 3339, in UTC, as in `Summary.Run`.
  ///   - name: the scenario's name; characters that cannot be in a file's name become hyphens.
  ///   - exists: whether something exists at a path; if so, a number is appended to the name.
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
