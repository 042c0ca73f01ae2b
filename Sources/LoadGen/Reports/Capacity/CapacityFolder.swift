import Foundation
import LoadRun
package import LoadStudy

/// The folder of a search for a capacity: its files, and `trials` with each trial's reports.
package enum CapacityFolder {
  /// The names of all files that a search may write.
  static let names = ["capacity.json", "capacity.html", "capacity.md", "capacity.junit.xml"]

  /// Writes `capacity.json`, and then as many of the others, which are made from it, as possible.
  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where not even `capacity.json` could be written.
  package static func write(_ capacity: Capacity, to path: String) throws -> [ReportFolderError] {
    func text(_ name: String, _ content: String) -> ReportFolder.File { ReportFolder.File(name: name, content: Data(content.utf8)) }
    let files = [
      ReportFolder.File(name: "capacity.json", content: try capacity.json()),
      text("capacity.html", HTMLCapacity.render(capacity)),
      text("capacity.md", MarkdownCapacity.render(capacity)),
      text("capacity.junit.xml", JUnitCapacity.render(capacity)),
    ]
    return try ReportFolder.write(files, to: path, replacing: names)
  }

  /// Checks, before anything is tried, that the reports can be written.
  /// - Throws: `ReportFolderError` where they cannot.
  package static func checkWritable(_ path: String) throws { try ReportFolder.checkWritable(path, of: names) }
}
