import Shared

extension Core {
  mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ claims: Result<Claims, Failure>, _ after: Instant, into out: inout A
  ) {
    switch claims {
    case .success(let claims):
      guard let lacks = claims.lacks else { return wasRead(claims, after, into: &out) }
      let failure = Failure(.badResponse, "the metrics have none of the fields \(lacks), … as a number")
      guard zero != nil else { return scrapeFailed(failure, after, into: &out) }
      record.failed(.metrics, failure)
      wasRead(claims, after, into: &out)
    case .failure(let failure) where failure.kind == .badResponse && !failure.isCutShort && zero != nil:
      // An answer was had, and the figures that were there before are not in it. It may be that of a gateway, so the last is tried again.
      record.failed(.metrics, failure)
      wasRead(.unreadable, after, into: &out)
    case .failure(let failure): scrapeFailed(failure, after, into: &out)
    }
  }

  /// The figures are counted from the list, page by page.
  mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ page: Result<ListPage, Failure>, _ after: Instant, into out: inout A
  ) {
    do throws(Failure) {
      if try scraper.counted(page.get()) { return request(.metrics, onReserved: MetricsScraper.connection, after, into: &out) }
      var claims = scraper.count.claims(for: settings.listedFigures ?? [])
      claims.age = scraper.age
      wasRead(claims, after, into: &out)
    } catch { scrapeFailed(error, after, into: &out) }
  }

  /// The token was refused: it is renewed, and a scrape that is tried again is tried with the new one.
  mutating func metricsUnauthorised<A: Actions & ~Copyable>(_ failure: Failure, _ after: Instant, into out: inout A) {
    let account = scraper.paginator.account
    renew(account, after, into: &out)
    let turn = failed(failure, after, into: &out)
    guard turn == .read, sessions.isObtaining(account) else { return scraperTurn(turn, after, into: &out) }
    scraper.awaitsToken = true
  }

  /// An account has obtained a token, or none: a scrape that has waited for it is made.
  mutating func scrapeWithNewToken<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    guard scraper.awaitsToken, !sessions.isObtaining(scraper.paginator.account) else { return }
    scraper.awaitsToken = false
    scraperTurn(.read, now, into: &out)
  }

  private mutating func wasRead<A: Actions & ~Copyable>(_ claims: Claims, _ after: Instant, into out: inout A) {
    let window = ScrapeWindow(
      sent: scraper.sent + -claims.age, received: after, age: claims.age, opened: pool[MetricsScraper.connection].opened)
    out.perform(.news(.scraped(Scrape(window: window, claims: claims))))
    let isFigures = !claims.isUnreadable && claims.lacks == nil
    scraperTurn(scraper.answered(isFigures ? claims : nil, isLate: after >= concludeBy), after, into: &out)
  }

  /// A reading of the metrics failed: the run is told, and the scraper decides whether to try again.
  mutating func scrapeFailed<A: Actions & ~Copyable>(_ failure: Failure, _ now: Instant, into out: inout A) {
    scraperTurn(failed(failure, now, into: &out), now, into: &out)
  }

  private mutating func failed<A: Actions & ~Copyable>(_ failure: Failure, _ now: Instant, into out: inout A) -> MetricsScraper.Turn {
    record.failed(.metrics, failure)
    out.perform(.news(.scraped(Scrape(window: ScrapeWindow(sent: now, received: now, hasFigures: false), claims: [:]))))
    let patience = min(failure.retryAfter ?? 0, settings.orderTimeout)
    metricsQuietUntil = now + patience
    return scraper.answered(nil, patience: patience)
  }

  /// Does what the scraper asks for.
  mutating func scraperTurn<A: Actions & ~Copyable>(
    _ turn: MetricsScraper.Turn, _ now: Instant, into out: inout A
  ) {
    switch turn {
    case .rest: break
    case .read: request(.metrics, onReserved: MetricsScraper.connection, now, into: &out)
    case .again: timers.set(.metrics, at: max(now + settings.metricsEvery, metricsQuietUntil ?? now))
    case .later(let patience): timers.set(.metrics, at: now + patience)
    case .soon: timers.set(.metrics, at: now + settings.gapToSecondScrape(now))
    case .ready: out.perform(.news(.ready))
    case .concluded: out.perform(.news(.concluded))
    }
  }
}
