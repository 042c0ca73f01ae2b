import Shared
import Synchronization

/// The requests that this process has answered, by kind. They begin with it, and end with it.
///
/// One lock guards them, so that a reading has sums, counts and buckets of one instant, which single atomic numbers would not give. It is held
/// for the search of one key and three additions: far shorter than what the server does for any request besides.
final class RequestTallies: Sendable {
  private let tallies = Mutex<[RequestKind: RequestDurations]>([:])

  /// Called before the answer's first byte is handed on: whoever has the answer finds it counted.
  func add(_ kind: RequestKind, _ duration: Duration) {
    tallies.withLock { $0[kind, default: RequestDurations()].add(duration) }
  }

  /// All that have been counted so far.
  var all: [RequestKind: RequestDurations] { tallies.withLock { $0 } }
}
