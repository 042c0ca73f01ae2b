import Foundation
import SystemPackage

/// Where a database file and its log lie. What is written to a file that no path leads to any more is lost when the program ends.
struct FilePlace: Sendable {
  private struct File: Sendable {
    var path: String
    var inode: Inode
    var device: DeviceID

    init?(at path: String) {
      guard let status = try? Stat(FilePath(path)) else { return nil }
      self.path = path
      inode = status.inode
      device = status.deviceID
    }

    var isInPlace: Bool {
      guard let found = File(at: path) else { return false }
      return found.inode == inode && found.device == device
    }
  }

  static func isThere(_ path: String) -> Bool { File(at: path) != nil }

  private let files: [File]

  /// - Parameter path: of the database, which is open, and has its log.
  init(of path: String) {
    files = ["", "-wal"].compactMap { File(at: path + $0) }
  }

  /// - Throws: `StoreError.unavailable` where another file stands in the place of one of them, or none.
  func check() throws {
    for (file, name) in zip(files, ["the database file", "the database's log"]) where !file.isInPlace {
      throw StoreError.unavailable("\(name) was removed, renamed or replaced while it was in use: put it back")
    }
  }
}
