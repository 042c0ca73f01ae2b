import Shared

/// This server among those that work on one database.
///
/// A server is known by an id for as long as it renews its lease. When it has not for too long, another takes its orders over and forgets
/// the id; a server that wakes up after that finds its id gone and gets a new one. What it does under the old one changes nothing: an order
/// is ended only by the server that it is noted for.
struct ServerLease: Sendable {
  /// How long the others wait for a sign of life, by the database's clock.
  let length: Duration
  private(set) var id: Int64
  private var renewedAt: ContinuousClock.Instant
  /// Since when this server could have renewed its lease at any time, as far as it knows. A server that was itself cut off from the
  /// database cannot tell whether others are dead, or were cut off as well.
  private var isInTouchSince: ContinuousClock.Instant
  /// How many turns have taken orders under this id.
  private(set) var claims: Int64 = 0
  /// The first turn of which it is not known whether it was committed; `nil` where there is none.
  private(set) var uncertainClaim: Int64?

  init(id: Int64, length: Duration, now: ContinuousClock.Instant = .now) {
    self.id = id
    self.length = length
    renewedAt = now
    isInTouchSince = now
  }

  /// Whether it is time for a sign of life.
  func isDue(at now: ContinuousClock.Instant = .now) -> Bool { now - renewedAt >= length / 3 }

  /// Whether a lease that has run out says that its server is gone.
  func canJudge(at now: ContinuousClock.Instant = .now) -> Bool { now - isInTouchSince >= length }

  mutating func renewed(at now: ContinuousClock.Instant = .now) {
    if now - renewedAt >= length { isInTouchSince = now }
    renewedAt = now
  }

  /// The old id has been forgotten by the others, and with it all that was claimed.
  mutating func replaced(by id: Int64, at now: ContinuousClock.Instant = .now) {
    self = ServerLease(id: id, length: length, now: now)
  }

  mutating func nextClaim() -> Int64 {
    defer { claims += 1 }
    return claims
  }

  /// A transaction may or may not have been committed, in which turns from the first of these on have taken orders.
  /// - Parameter used: how many claims there were when it ended.
  mutating func lost(_ used: Int64) {
    uncertainClaim = uncertainClaim ?? claims
    claims = max(claims, used)
    isInTouchSince = .now
  }

  /// What the uncertain turns took is known.
  mutating func settled() { uncertainClaim = nil }
}
