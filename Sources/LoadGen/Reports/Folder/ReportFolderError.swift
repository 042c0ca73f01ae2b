import Foundation
import LoadRun

/// Why reports cannot be written to a folder.
package struct ReportFolderError: Error, Equatable, CustomStringConvertible {
  package let description: String

  /// - Parameters:
  ///   - found: what is wrong, as the rest of a sentence that begins with the path.
  ///   - remedy: what would be right.
  init(path: String, found: String, remedy: String) {
    description = "the report folder '\(path)' \(found): \(remedy)"
  }

  /// - Parameter number: an errno, as set by the call that failed.
  init(path: String, errno number: Int32) {
    let place =
      switch number {
      case ENOTDIR: ("lies under a file", "give a path of which every part but the last is a folder")
      case EACCES, EPERM: ("may not be written to", "give a folder that you may write to, or --no-report")
      case EROFS: ("lies on a file system that is read-only", "give a folder that can be written to, or --no-report")
      case ENOSPC, EDQUOT: ("cannot be written: the disk is full", "make room, or give a folder on another disk")
      case ENAMETOOLONG: ("has too long a name", "give a shorter one")
      case ELOOP: ("leads around in a circle of links", "give the path of a folder")
      case EISDIR, ENOTEMPTY, EEXIST: ("has something else in its place", "move that away, or give another folder")
      default: ("cannot be written: \(String(cString: strerror(number)))", "give a folder that you may write to, or --no-report")
      }
    self.init(path: path, found: place.0, remedy: place.1)
  }
}
