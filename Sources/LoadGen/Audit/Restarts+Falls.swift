import Shared

extension Restarts {
  /// A counter without a known start was less than in an earlier reading.
  struct Fall: Sendable, Hashable {
    /// The latest reading before, of those that had the counter, and the one that had less.
    let last, first: Int
    /// Whether the process may have been restarted between the two: no connection of ours is known to have stayed open.
    let mayBeRestart: Bool
  }

  /// For each reading, what it shows of counters that fell since the reading before; `nil` where none did. Where several did, the one that
  /// was longest not told.
  /// - Parameters:
  ///   - openSince: for each reading, since when a connection had been open on which a request was answered that was sent after it.
  ///   - maxAge: how much older than their reading figures may be.
  static func falls(_ scrapes: [Scrape], openSince: [Instant], maxAge: Duration) -> [Fall?] {
    var (told, requests): ([Dialect.Quantity: Int], Int?) = ([:], nil)
    return scrapes.enumerated().map { index, scrape -> Fall? in
      guard scrape.claims.started == nil else { return nil }
      var last: Int?
      func fell(since place: Int) { last = min(last ?? place, place) }
      for quantity in scrape.claims.counted where scrape.claims.start(of: quantity) == nil {
        if let before = told[quantity], scrape.claims.fell(quantity, since: scrapes[before].claims) { fell(since: before) }
        told[quantity] = index
      }
      if let counts = scrape.claims.requests {
        if let before = requests, let earlier = scrapes[before].claims.requests, counts.fell(since: earlier) { fell(since: before) }
        requests = index
      }
      return last.map { last in
        let stayedUp = (last + 1...index).allSatisfy { Self.stayedUp(until: $0, scrapes, openSince, maxAge) }
        return Fall(last: last, first: index, mayBeRestart: !stayedUp)
      }
    }
  }

  /// Whether the process that one reading is from surely gave the reading before, too: the connection of that reading, or another one of
  /// ours on which a request was answered that was sent later, had been open since before the earlier reading was sent.
  private static func stayedUp(until index: Int, _ scrapes: [Scrape], _ openSince: [Instant], _ maxAge: Duration) -> Bool {
    let from = scrapes[index - 1].window.sent + -maxAge.nanoseconds
    return scrapes[index].window.opened <= from || index < openSince.count && openSince[index] <= from
  }
}

extension Claims {
  /// Whether a count, or that of a bucket, is less than in an earlier answer.
  fileprivate func fell(_ quantity: Dialect.Quantity, since earlier: Claims) -> Bool {
    if !quantity.isDuration, let now = self[quantity], let before = earlier[quantity] { return now.isLess(than: before) }
    guard let now = buckets[quantity], let before = earlier.buckets[quantity] else { return false }
    // A histogram that begins anew may have no bucket before its first value.
    if now.isEmpty { return before.contains { $0.count.orders.lowerBound > 0 } }
    let counts = Dictionary(before.map { ($0.limit, $0.count) }) { first, _ in first }
    return now.contains { bucket in counts[bucket.limit].map { bucket.count.isLess(than: $0) } ?? false }
  }
}

extension Claim {
  fileprivate func isLess(than other: Claim) -> Bool { orders.upperBound < other.orders.lowerBound }
}

extension RequestClaims {
  /// Whether any series counts fewer requests than in an earlier answer; none where it is gone.
  fileprivate func fell(since earlier: RequestClaims) -> Bool {
    [\RequestClaims.counter, \.histogram].contains { family in
      let now = self[keyPath: family].counts
      return earlier[keyPath: family].counts.contains { key, count in now[key, default: 0] < count }
    }
  }
}
