import Foundation
import Synchronization

/// A database file that this program alone may use: two servers on one file would process each order twice.
///
/// The lock is one that other tools do not look at, so the file can still be read with `sqlite3`. The system lets go of it
/// when the program ends, however that happens.
final class FileLock: Sendable {
  private let descriptor: Mutex<Int32?>

  /// Makes the file where there is none.
  /// - Parameter patience: how long to wait for another server that is about to stop. Blocks the thread.
  /// - Throws: `StoreOpeningError` where it is no file, cannot be written to, or is in use.
  init(path: String, patience: Duration) throws {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a device"
      throw StoreOpeningError(path: path, reason: "it is \(kind); name a file")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreOpeningError(path: path, reason: "\(String(cString: strerror(errno))); name a file in a folder that exists and is writable")
    }
    let end = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard ContinuousClock.now < end else {
        Foundation.close(descriptor)
        throw StoreOpeningError(path: path, reason: "another order-server is using it; stop that one, or name another file")
      }
      usleep(20_000)
    }
    self.descriptor = Mutex(descriptor)
  }

  deinit { release() }

  /// Not before the database has been closed: closing any descriptor of a file takes away SQLite's own locks on it.
  func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { Foundation.close(open) }
      descriptor = nil
    }
  }
}

/// Why a store cannot be opened, in one line.
struct StoreOpeningError: Error, Equatable, CustomStringConvertible {
  var path: String
  var reason: String

  var description: String { "cannot keep orders in '\(path)': \(reason)" }
}
