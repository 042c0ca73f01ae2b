import Foundation
import Synchronization
import SystemPackage

/// Keeps a database file for this program alone: two servers on one file would process each order twice.
///
/// Other tools ignore this lock, so the file can still be read with `sqlite3`. The system releases it when the program ends, however
/// that happens.
final class FileLock: Sendable {
  private let path: String
  /// Whether the file was not there before.
  let isNew: Bool
  private let descriptor: Mutex<Int32?>

  /// Opens and locks the file, and makes it where there is none.
  /// - Parameter patience: how long to wait for another server that is about to stop. Blocks the thread.
  /// - Throws: `StoreOpeningError` where it is no file, cannot be written to, or is in use.
  init(path: String, patience: Duration) throws {
    self.path = path
    let end = ContinuousClock.now + patience
    while true {
      let (descriptor, isNew) = try Self.open(path)
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isStill(descriptor, at: path) {
        self.isNew = isNew
        self.descriptor = Mutex(descriptor)
        return
      }
      Foundation.close(descriptor)
      guard ContinuousClock.now < end else {
        throw StoreOpeningError(path: path, reason: "another order-server is using it; stop that one, or name another file")
      }
      usleep(20_000)
    }
  }

  deinit { release() }

  /// Releases the file, and removes it where it was made here. Called only where nothing in it is worth keeping.
  func abandon() {
    // A file that has taken its place meanwhile is somebody else's.
    if isNew, descriptor.withLock({ $0.map { Self.isStill($0, at: path) } ?? false }) { unlink(path) }
    release()
  }

  /// What other users of this machine may do with the file, in words; `nil` where they may do nothing.
  var othersMay: String? {
    guard let status = descriptor.withLock({ $0.flatMap { try? Stat(FileDescriptor(rawValue: $0)) } }) else { return nil }
    let others = status.permissions.intersection([.groupReadWriteExecute, .otherReadWriteExecute])
    if others.isEmpty { return nil }
    return "other users of this machine may \(others.isDisjoint(with: [.groupWrite, .otherWrite]) ? "read" : "change") it"
  }

  /// Releases the lock. Not before the database has been closed: closing any descriptor of a file drops SQLite's own locks on it.
  func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { Foundation.close(open) }
      descriptor = nil
    }
  }

  private static func open(_ path: String) throws -> (descriptor: Int32, isNew: Bool) {
    if let type = try? Stat(FilePath(path)).type, type != .regular {
      let kind = type == .directory ? "a folder" : "a device"
      throw StoreOpeningError(path: path, reason: "it is \(kind); name a file")
    }
    // SQLite gives the log and its index the same mode; they hold the same secrets.
    let made = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if made >= 0 { return (made, true) }
    let found = errno == EEXIST ? Foundation.open(path, O_RDWR | O_CLOEXEC) : -1
    guard found >= 0 else {
      let reason = String(cString: strerror(errno))
      throw StoreOpeningError(path: path, reason: "\(reason); name a file that can be written to, in a folder that exists")
    }
    return (found, false)
  }

  /// Whether the path still leads to the open file. Another server may have removed it while releasing it.
  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    guard let opened = try? Stat(FileDescriptor(rawValue: descriptor)), let named = try? Stat(FilePath(path)) else { return false }
    return opened.inode == named.inode && opened.deviceID == named.deviceID
  }
}

/// Why a store cannot be opened, in one line.
struct StoreOpeningError: Error, Equatable, CustomStringConvertible {
  var path: String
  var reason: String

  var description: String { "cannot keep orders in '\(path)': \(reason)" }
}
