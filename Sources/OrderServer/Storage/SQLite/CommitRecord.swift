import Foundation
import Synchronization

/// How far a database file has come, kept beside it in a small file while it is open: `orders.db-commits`.
///
/// A log that was cut, damaged or lost leaves a file that is whole, only older: nothing in it says what is missing. This says it.
/// It is written after each commit and before anyone is answered, and never synced: after a power cut it may be behind the file, which is
/// no harm, and never before it, as the log has been synced earlier.
final class CommitRecord: Sendable {
  struct Position: Sendable, Equatable {
    /// Drawn when the file was made: tells a file from all others.
    var lineage: Int64
    var commits: Int64
    var orders: Int64
  }

  static func path(beside database: String) -> String { database + "-commits" }

  private let path: String
  private let state: Mutex<(descriptor: Int32?, commits: Int64)>

  /// Makes the file, or writes over the one that is there.
  init(beside database: String, at position: Position) {
    path = Self.path(beside: database)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    // Without it a loss is not found out, and nothing else is the worse for it.
    state = Mutex((descriptor >= 0 ? descriptor : nil, -1))
    save(position)
  }

  deinit { release() }

  /// What an earlier run has left; `nil` where it has left nothing, or nothing that can be read.
  static func read(beside database: String) -> Position? {
    let descriptor = open(path(beside: database), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var words = [Int64](repeating: 0, count: 4)
    let size = words.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard size == 32, words[0].littleEndian == mark else { return nil }
    return Position(lineage: words[1].littleEndian, commits: words[2].littleEndian, orders: words[3].littleEndian)
  }

  /// Two commits may come here in another order than they were made in: the later one stays.
  func save(_ position: Position) {
    state.withLock { state in
      guard let descriptor = state.descriptor, position.commits > state.commits else { return }
      state.commits = position.commits
      let words = (Self.mark.littleEndian, position.lineage.littleEndian, position.commits.littleEndian, position.orders.littleEndian)
      // Of one sector, so that it is there whole or not at all.
      withUnsafeBytes(of: words) { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  /// Nothing is left that could be lost.
  func remove() {
    unlink(path)
    release()
  }

  func release() {
    state.withLock { state in
      if let descriptor = state.descriptor { close(descriptor) }
      state.descriptor = nil
    }
  }

  /// `commits`, and the number of this format.
  private static let mark = Int64(0x0173_7469_6d6d_6f63)
}
