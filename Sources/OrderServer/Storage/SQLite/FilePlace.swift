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
  }

  static func isThere(_ path: String) -> Bool { File(at: path) != nil }

  private let database: File?
  private let log: File?
  private let frames: LogFrames?
  /// The log is written from its beginning again, and never made shorter.
  private let logSize: Mutex<Int64>

  /// - Parameters:
  ///   - path: of the database, which is open, and has its log.
  ///   - pageSize: of the database, in bytes.
  init(of path: String, pageSize: Int64) {
    database = File(at: path)
    log = File(at: path + "-wal")
    frames = LogFrames(at: path + "-wal", pageSize: pageSize)
    logSize = Mutex(log?.size ?? 0)
  }

  /// - Throws: `StoreError.unavailable` where another file stands in the place of one of them, or none, or the log was cut.
  func check() throws {
    if let database { _ = try Self.look(at: database, "the database file") }
    guard let log else { return }
    // Looked at within the lock: others check at the same time, and an older look must not be held against a later one.
    try logSize.withLock { known in
      let size = try Self.look(at: log, "the database's log").size
      // What was cut off while a commit was on its way is a gap by now, which the commit stands behind.
      guard size >= known, frames?.areWritten(upTo: known) ?? true else {
        throw StoreError.unavailable("the database's log was cut while it was in use: end the server, and see what is left")
      }
      known = size
    }
  }

  /// The file as it is now.
  private static func look(at file: File, _ name: String) throws -> File {
    guard let found = File(at: file.path), found.inode == file.inode, found.device == file.device else {
      throw StoreError.unavailable("\(name) was removed, renamed or replaced while it was in use: put it back")
    }
    return found
  }
}
