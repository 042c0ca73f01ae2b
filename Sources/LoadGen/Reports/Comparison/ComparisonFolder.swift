import Foundation
import LoadRun
package import LoadStudy

/// The folder of a comparison, to which its reports are written.
package enum ComparisonFolder {
  /// The names of all files that a comparison may write.
  static let names = ["compare.json", "compare.html", "compare.md", "compare.junit.xml"]

  /// Writes `compare.json`, from which all others can be made, and then as many of the others as possible. Files are written whole or not at
  /// all, and none but these is touched.
  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where not even `compare.json` could be written.
  package static func write(_ comparison: Comparison, to path: String) throws -> [ReportFolderError] {
    func text(_ name: String, _ content: String) -> ReportFolder.File { ReportFolder.File(name: name, content: Data(content.utf8)) }
    let files = [
      ReportFolder.File(name: "compare.json", content: try comparison.json()),
      text("compare.html", HTMLComparison.render(comparison)),
      text("compare.md", MarkdownComparison.render(comparison)),
      text("compare.junit.xml", JUnitComparison.render(comparison)),
    ]
    return try ReportFolder.write(files, to: path, replacing: names)
  }

  /// Checks, before anything is compared, that the reports can be written.
  /// - Throws: `ReportFolderError` where they cannot.
  package static func checkWritable(_ path: String) throws { try ReportFolder.checkWritable(path, of: names) }
}
