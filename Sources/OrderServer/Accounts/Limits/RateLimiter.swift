import Shared
import Synchronization

/// Token buckets that many threads share.
final class RateLimiter<Key: Hashable & Sendable>: Sendable {
  private let buckets: Mutex<TokenBuckets<Key>>

  /// - Parameters:
  ///   - burst: how many calls of one key may come at once.
  ///   - keyLimit: how many keys are remembered.
  init(rate: Rate, burst: Int, keyLimit: Int = 16_384) {
    buckets = Mutex(TokenBuckets(rate: rate, burst: burst, keyLimit: keyLimit))
  }

  /// One call of `key`.
  /// - Returns: `nil` where it may go on; else how long it is until one may.
  func take(_ key: Key, at now: Timestamp) -> Duration? {
    buckets.withLock { $0.take(key, at: now) }
  }

  /// The same, without a call.
  func wait(for key: Key, at now: Timestamp) -> Duration? {
    buckets.withLock { $0.wait(for: key, at: now) }
  }

  /// The call that was taken has turned out to be none.
  func giveBack(_ key: Key, at now: Timestamp) {
    buckets.withLock { $0.giveBack(key, at: now) }
  }
}
