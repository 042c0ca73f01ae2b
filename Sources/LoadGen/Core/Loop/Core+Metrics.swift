import Shared

extension Core {
  mutating func metricsAnswered<A: Actions & ~Copyable>(
    _ reply: Reply, _ after: Instant, into out: inout A
  ) {
    switch reply {
    case .metrics: wasRead(counted: nil, after, into: &out)
    case .page(let page):
      do throws(Failure) {
        if try observer.counted(page) { return request(.metrics, onReserved: Observer.connection, after, into: &out) }
        wasRead(counted: observer.count, after, into: &out)
      } catch {
        record.failed(.metrics, error)
        readingFailed(after, into: &out)
      }
    case .useless(let failure), .refused(let failure), .uncertain(let failure), .unknownWord(let failure),
      .unknownOrder(let failure), .unauthorised(let failure):
      record.failed(.metrics, failure)
      if case .unauthorised = reply { renew(observer.walk.account, after, into: &out) }
      readingFailed(after, into: &out)
    default:
      preconditionFailure("an answer to a metrics reading was read as an answer to something else")
    }
  }

  private mutating func wasRead<A: Actions & ~Copyable>(counted: ListCount?, _ after: Instant, into out: inout A) {
    out.perform(.observed(ReadingWindow(sent: observer.sent, received: after), counted: counted))
    observerTurn(observer.answered(true), after, into: &out)
  }

  mutating func readingFailed<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    out.perform(.observed(ReadingWindow(sent: now, received: now, hasFigures: false), counted: nil))
    observerTurn(observer.answered(false), now, into: &out)
  }

  mutating func observerTurn<A: Actions & ~Copyable>(
    _ turn: Observer.Turn, _ now: Instant, into out: inout A
  ) {
    switch turn {
    case .rest: break
    case .read: request(.metrics, onReserved: Observer.connection, now, into: &out)
    case .again: timers.set(.metrics, at: now + settings.metricsEvery)
    case .ready: out.perform(.ready)
    case .concluded: out.perform(.concluded)
    }
  }
}
