import Shared

/// The lease by which this server is known to the others on one database.
///
/// A server keeps its id for as long as it renews its lease. When it has not done so for too long, another server takes over its orders and
/// forgets the id; a server that wakes up after that finds its id gone and gets a new one. What it does under the old id changes nothing:
/// only the server that an order's row names can end the order.
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

  /// Whether a sign of life is due: a third of the lease has passed.
  func isDue(at now: ContinuousClock.Instant = .now) -> Bool { now - renewedAt >= length / 3 }

  /// Whether this server may conclude from a lease that has run out that the other server is gone.
  func canJudge(at now: ContinuousClock.Instant = .now) -> Bool { now - isInTouchSince >= length }

  /// Notes a renewal. One that comes late may follow a time without the database, so it begins the time in touch anew.
  mutating func renewed(at now: ContinuousClock.Instant = .now) {
    if now - renewedAt >= length { isInTouchSince = now }
    renewedAt = now
  }

  /// Begins anew under another id: the other servers have forgotten the old one, and all that was claimed under it.
  mutating func replaced(by id: Int64, at now: ContinuousClock.Instant = .now) {
    self = ServerLease(id: id, length: length, now: now)
  }

  /// The number of the next turn that takes orders, from 0.
  mutating func nextClaim() -> Int64 {
    defer { claims += 1 }
    return claims
  }

  /// Notes that a transaction may or may not have been committed.
  /// - Parameter used: how many claims there were when it ended, those made in it included.
  mutating func lost(_ used: Int64) {
    uncertainClaim = uncertainClaim ?? claims
    claims = max(claims, used)
    isInTouchSince = .now
  }

  /// Notes that it is known what the uncertain turns took.
  mutating func settled() { uncertainClaim = nil }
}
