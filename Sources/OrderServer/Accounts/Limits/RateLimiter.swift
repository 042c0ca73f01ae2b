import Shared
import Synchronization

/// Token buckets that many threads share.
final class RateLimiter: Sendable {
  private let buckets: Mutex<TokenBuckets<String>>

  /// - Parameters:
  ///   - burst: how many calls of one key may come at once.
  ///   - keyLimit: how many keys are remembered.
  init(rate: Rate, burst: Int, keyLimit: Int = 16_384) {
    buckets = Mutex(TokenBuckets(rate: rate, burst: burst, keyLimit: keyLimit))
  }

  /// One call of `key`.
  /// - Returns: `nil` where it may go on; else how long it is until one may.
  func take(_ key: String, at now: Timestamp) -> Duration? {
    buckets.withLock { $0.take(key, at: now) }
  }
}
