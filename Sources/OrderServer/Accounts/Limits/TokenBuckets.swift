import Shared

/// One bucket of tokens for each key: a call takes a token, tokens come back at a steady rate, and a bucket holds no more than
/// a burst of them. A pure value over time: the same calls at the same times always get the same answers.
///
/// A bucket is kept as the time at which it will be full again (the generic cell rate algorithm), so a full one need not be kept.
struct TokenBuckets<Key: Hashable & Sendable>: Sendable {
  /// Nanoseconds in which one token comes back.
  private let interval: Int64
  /// Nanoseconds in which an empty bucket fills.
  private let depth: Int64
  private let keyLimit: Int
  /// In nanoseconds since 1970.
  private var fullAt: [Key: Int64] = [:]

  /// - Parameters:
  ///   - burst: how many calls may come at once, from 1 to a million; others are clamped.
  ///   - keyLimit: how many buckets are kept. Beyond it full ones are dropped first, which changes nothing, and then those that
  ///     would be full soonest.
  init(rate: Rate, burst: Int, keyLimit: Int) {
    let tokens = Int64(min(max(burst, 1), 1_000_000))
    // A bucket fills in three years at most. That is as good as never, and keeps every sum below far from overflow.
    interval = Int64(min((1e9 / rate.perSecond).rounded(.up), 1e17 / Double(tokens)))
    depth = interval * tokens
    self.keyLimit = max(keyLimit, 1)
  }

  /// How many buckets are kept.
  var count: Int { fullAt.count }

  /// - Returns: `nil` where a token was taken; else how long it is until there is one, and nothing was taken.
  mutating func take(_ key: Key, at time: Timestamp) -> Duration? {
    let now = Self.nanoseconds(time)
    let full = fullAfterOneMore(key, at: now)
    guard full - now <= depth else { return .nanoseconds(full - now - depth) }
    fullAt[key] = full
    if fullAt.count > keyLimit { makeRoom(at: now) }
    return nil
  }

  /// - Returns: `nil` where there is a token; else how long it is until there is one.
  func wait(for key: Key, at time: Timestamp) -> Duration? {
    let now = Self.nanoseconds(time)
    let full = fullAfterOneMore(key, at: now)
    return full - now <= depth ? nil : .nanoseconds(full - now - depth)
  }

  /// Puts back a token that was taken.
  mutating func giveBack(_ key: Key, at time: Timestamp) {
    guard let full = fullAt[key] else { return }
    fullAt[key] = full - interval > Self.nanoseconds(time) ? full - interval : nil
  }

  private func fullAfterOneMore(_ key: Key, at now: Int64) -> Int64 { max(fullAt[key] ?? now, now) + interval }

  private static func nanoseconds(_ time: Timestamp) -> Int64 { min(time.microseconds, 8_000_000_000_000_000) * 1_000 }

  /// Leaves at most three quarters of the limit, so that it is not needed again soon.
  private mutating func makeRoom(at now: Int64) {
    fullAt = fullAt.filter { $0.value > now }
    let allowed = keyLimit - keyLimit / 4
    guard fullAt.count > allowed else { return }
    let latest = fullAt.sorted { $0.value > $1.value }.prefix(allowed)
    fullAt = Dictionary(uniqueKeysWithValues: latest.map { ($0.key, $0.value) })
  }
}
