import Foundation
import Synchronization
import SystemPackage

/// Watches that the paths of a database file and its log still lead to them. What is written to a file that no path leads to any more is
/// lost when the program ends, and so is what follows a gap in the log.
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
  }

  static func isThere(_ path: String) -> Bool { File(at: path) != nil }

  private let database: File?
  private let log: File?
  private let frames: LogFrames?
  /// The size that the log had at the last check, in bytes. SQLite starts again at the beginning of the log, and never makes it shorter.
  private let logSize: Mutex<Int64>

  /// - Parameters:
  ///   - path: the path of the database, which is open, and has its log.
  ///   - pageSize: of the database, in bytes.
  init(of path: String, pageSize: Int64) {
    database = File(at: path)
    log = File(at: path + "-wal")
    frames = LogFrames(at: path + "-wal", pageSize: pageSize)
    logSize = Mutex(log?.size ?? 0)
  }

  /// - Throws: `StoreError.unavailable` where one of the files was removed or replaced, or the log was cut.
  func check() throws {
    if let database { _ = try Self.look(at: database, "the database file") }
    guard let log else { return }
    // The size is read inside the lock, because others check at the same time: an older size must not be compared with a later one.
    try logSize.withLock { known in
      let size = try Self.look(at: log, "the database's log").size
      // Where the log was cut while a commit was on its way, the commit has left a gap before it.
      guard size >= known, frames?.areWritten(upTo: known) ?? true else {
        throw StoreError.unavailable("the database's log was cut while it was in use: end the server, and see what is left")
      }
      known = size
    }
  }

  /// The file that the path leads to now.
  private static func look(at file: File, _ name: String) throws -> File {
    guard let found = File(at: file.path), found.inode == file.inode, found.device == file.device else {
      throw StoreError.unavailable("\(name) was removed, renamed or replaced while it was in use: put it back")
    }
    return found
  }
}
