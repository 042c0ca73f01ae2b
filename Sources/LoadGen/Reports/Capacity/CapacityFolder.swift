import Foundation
import LoadRun
package import LoadStudy

/// The folder of a search for a capacity: its files, and `trials` with each trial's reports.
package enum CapacityFolder {
  /// The names of all files that a search may write.
  static let names = ["capacity.json", "capacity.md"]

  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where not even `capacity.json` could be written.
  package static func write(_ capacity: Capacity, to path: String) throws -> [ReportFolderError] {
    let files = [
      ReportFolder.File(name: "capacity.json", content: try capacity.json()),
      ReportFolder.File(name: "capacity.md", content: Data(MarkdownCapacity.render(capacity).utf8)),
    ]
    return try ReportFolder.write(files, to: path, replacing: names)
  }

  /// Checks, before anything is tried, that the reports can be written.
  /// - Throws: `ReportFolderError` where they cannot.
  package static func checkWritable(_ path: String) throws { try ReportFolder.checkWritable(path, of: names) }
}
