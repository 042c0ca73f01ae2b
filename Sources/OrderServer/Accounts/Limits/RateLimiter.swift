import Shared
import Synchronization

/// Token buckets (`TokenBuckets`) that many threads share.
final class RateLimiter<Key: Hashable & Sendable>: Sendable {
  private let buckets: Mutex<TokenBuckets<Key>>

  /// - Parameters:
  ///   - burst: how many calls of one key may come at once.
  ///   - keyLimit: how many keys are remembered.
  init(rate: Rate, burst: Int, keyLimit: Int = 16_384) {
    buckets = Mutex(TokenBuckets(rate: rate, burst: burst, keyLimit: keyLimit))
  }

  /// Counts a call of `key`.
  /// - Returns: `nil` where it may go on; else how long it is until one may, and then nothing was counted.
  func take(_ key: Key, at now: Timestamp) -> Duration? {
    buckets.withLock { $0.take(key, at: now) }
  }

  /// The same answer as `take`, without counting a call.
  func wait(for key: Key, at now: Timestamp) -> Duration? {
    buckets.withLock { $0.wait(for: key, at: now) }
  }

  /// Takes back a call that `take` has counted.
  func giveBack(_ key: Key, at now: Timestamp) {
    buckets.withLock { $0.giveBack(key, at: now) }
  }
}
