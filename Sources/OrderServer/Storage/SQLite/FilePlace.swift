import Foundation
import Synchronization
import SystemPackage

/// Where a database file and its log lie. What is written to a file that no path leads to any more is lost when the program ends, and so is
/// what follows a gap in the log.
final class FilePlace: Sendable {
  private struct File: Sendable {
    var path: String
    var inode: Inode
    var device: DeviceID
    var size: Int64

    init?(at path: String) {
      guard let status = try? Stat(FilePath(path)) else { return nil }
      self.path = path
      inode = status.inode
      device = status.deviceID
      size = Int64(status.size)
    }

    func isSame(as other: File) -> Bool { inode == other.inode && device == other.device }
  }

  static func isThere(_ path: String) -> Bool { File(at: path) != nil }

  private let database: File?
  private let log: File?
  /// The log is written from its beginning again, and never made shorter.
  private let logSize: Mutex<Int64>

  /// - Parameter path: of the database, which is open, and has its log.
  init(of path: String) {
    database = File(at: path)
    log = File(at: path + "-wal")
    logSize = Mutex(log?.size ?? 0)
  }

  /// - Throws: `StoreError.unavailable` where another file stands in the place of one of them, or none, or the log was cut.
  func check() throws {
    for (file, name) in [(database, "the database file"), (log, "the database's log")] {
      guard let file else { continue }
      guard let found = File(at: file.path), found.isSame(as: file) else {
        throw StoreError.unavailable("\(name) was removed, renamed or replaced while it was in use: put it back")
      }
    }
    guard let log, let size = File(at: log.path)?.size else { return }
    let isCut = logSize.withLock { known in
      guard size >= known else { return true }
      known = size
      return false
    }
    if isCut { throw StoreError.unavailable("the database's log was cut while it was in use: end the server, and see what is left") }
  }
}
