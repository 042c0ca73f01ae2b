import Foundation
import Synchronization

/// How many commits and orders a database file has, kept beside it in a small file while it is open: `orders.db-commits`.
///
/// A log that was cut, damaged or lost leaves a database that is whole, only older, and nothing in it says what is missing. This record
/// does. It is written after each commit and before anyone is answered, and never synced. After a power cut it may be behind the
/// database, which does no harm. With `synchronous=full` it is never ahead of it, because the log has been synced earlier.
final class CommitRecord: Sendable {
  /// How far a database has come.
  struct Position: Sendable, Equatable {
    /// Drawn at random when the tables were made: tells this database from all others.
    var lineage: Int64
    var commits: Int64
    var orders: Int64
  }

  /// - Parameter database: the path of the database file.
  static func path(beside database: String) -> String { database + "-commits" }

  private let path: String
  private let state: Mutex<(descriptor: Int32?, commits: Int64)>

  /// Makes the record's file, or overwrites the one that is there.
  init(beside database: String, at position: Position) {
    path = Self.path(beside: database)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    // Without the record a loss would go unnoticed, but everything else works.
    state = Mutex((descriptor >= 0 ? descriptor : nil, -1))
    save(position)
  }

  deinit { release() }

  /// What an earlier run has left; `nil` where there is no record, or none that can be read.
  static func read(beside database: String) -> Position? {
    let descriptor = open(path(beside: database), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var words = [Int64](repeating: 0, count: 4)
    let size = words.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard size == 32, words[0].littleEndian == mark else { return nil }
    return Position(lineage: words[1].littleEndian, commits: words[2].littleEndian, orders: words[3].littleEndian)
  }

  /// Writes the record, unless a later commit has been recorded already: two commits may arrive here in the wrong order.
  func save(_ position: Position) {
    state.withLock { state in
      guard let descriptor = state.descriptor, position.commits > state.commits else { return }
      state.commits = position.commits
      let words = (Self.mark.littleEndian, position.lineage.littleEndian, position.commits.littleEndian, position.orders.littleEndian)
      // It fits into one sector, so it is written whole or not at all.
      withUnsafeBytes(of: words) { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  /// Removes the record's file. Called when nothing is left that could be lost.
  func remove() {
    unlink(path)
    release()
  }

  /// Closes the record's file and leaves it in place.
  func release() {
    state.withLock { state in
      if let descriptor = state.descriptor { close(descriptor) }
      state.descriptor = nil
    }
  }

  /// The text `commits`, followed by the version of this format.
  private static let mark = Int64(0x0173_7469_6d6d_6f63)
}
