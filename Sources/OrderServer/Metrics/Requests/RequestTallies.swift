import Shared
import Synchronization

/// The requests that this process has answered, by kind. They begin with it, and end with it.
///
/// One lock guards them, so that a reading has sums, counts and buckets of one instant, which single atomic numbers would not give. It is held
/// for the search of one key and three additions: far shorter than what the server does for any request besides.
final class RequestTallies: Sendable {
  /// What has been counted up to one instant.
  struct Counts: Sendable {
    var durations: [RequestKind: RequestDurations] = [:]
    /// The same requests, as if each had taken as many seconds as it took milliseconds; empty where that is not wanted.
    var inMilliseconds: [RequestKind: RequestDurations] = [:]
  }

  private let counts = Mutex(Counts())
  private let countsMilliseconds: Bool

  /// - Parameter countsMilliseconds: whether a lie needs to know them as if they had been counted in milliseconds.
  init(countsMilliseconds: Bool = false) {
    self.countsMilliseconds = countsMilliseconds
  }

  /// Called before the answer's first byte is handed on: whoever has the answer finds it counted.
  func add(_ kind: RequestKind, _ duration: Duration) {
    counts.withLock { counts in
      counts.durations[kind, default: RequestDurations()].add(duration)
      if countsMilliseconds { counts.inMilliseconds[kind, default: RequestDurations()].add(duration * 1_000) }
    }
  }

  /// All that have been counted so far.
  var all: Counts { counts.withLock { $0 } }
}
