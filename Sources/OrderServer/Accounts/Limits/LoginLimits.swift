import Shared

/// How often a login may be tried: for one email, whoever asks, and from one address, for whatever email.
struct LoginLimits: Sendable {
  /// How many may come at once.
  static let burst = 10

  private let byEmail: RateLimiter
  private let byCaller: RateLimiter

  /// - Parameter rate: for each email, and for each address.
  init(rate: Rate) {
    byEmail = RateLimiter(rate: rate, burst: Self.burst)
    byCaller = RateLimiter(rate: rate, burst: Self.burst)
  }

  /// - Returns: `nil` where the login may be tried; else how long to wait. An address that has been too busy uses up no email's tries.
  func take(email: String, caller: String, at now: Timestamp) -> Duration? {
    // No more of it is kept than an email can have.
    let key = String(decoding: email.utf8.prefix(AccountRules.emailLength.upperBound + 1), as: UTF8.self).lowercased()
    return byCaller.take(caller, at: now) ?? byEmail.take(key, at: now)
  }
}
