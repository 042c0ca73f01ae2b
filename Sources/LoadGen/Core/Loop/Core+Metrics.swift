import Shared

extension Core {
  mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ claims: Result<Claims, Failure>, _ after: Instant, into out: inout A
  ) {
    switch claims {
    case .success(let claims): wasRead(claims, after, into: &out)
    case .failure(let failure): readingFailed(failure, after, into: &out)
    }
  }

  /// The metrics are counted from the list, page by page.
  mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ page: Result<ListPage, Failure>, _ after: Instant, into out: inout A
  ) {
    do throws(Failure) {
      if try observer.counted(page.get()) { return request(.metrics, onReserved: Observer.connection, after, into: &out) }
      wasRead(observer.count.claims(for: settings.listedFigures ?? []), after, into: &out)
    } catch { readingFailed(error, after, into: &out) }
  }

  /// The token is no good: the reading is made again with a new one, where it is one that the audit needs.
  mutating func metricsUnauthorised<A: Actions & ~Copyable>(_ failure: Failure, _ after: Instant, into out: inout A) {
    renew(observer.walk.account, after, into: &out)
    readingFailed(failure, after, into: &out)
  }

  private mutating func wasRead<A: Actions & ~Copyable>(_ claims: Claims, _ after: Instant, into out: inout A) {
    out.perform(.news(.observed(Reading(window: ReadingWindow(sent: observer.sent, received: after), claims: claims))))
    observerTurn(observer.answered(true), after, into: &out)
  }

  mutating func readingFailed<A: Actions & ~Copyable>(_ failure: Failure, _ now: Instant, into out: inout A) {
    record.failed(.metrics, failure)
    out.perform(.news(.observed(Reading(window: ReadingWindow(sent: now, received: now, hasFigures: false), claims: [:]))))
    observerTurn(observer.answered(false), now, into: &out)
  }

  mutating func observerTurn<A: Actions & ~Copyable>(
    _ turn: Observer.Turn, _ now: Instant, into out: inout A
  ) {
    switch turn {
    case .rest: break
    case .read: request(.metrics, onReserved: Observer.connection, now, into: &out)
    case .again: timers.set(.metrics, at: now + settings.metricsEvery)
    case .ready: out.perform(.news(.ready))
    case .concluded: out.perform(.news(.concluded))
    }
  }
}
