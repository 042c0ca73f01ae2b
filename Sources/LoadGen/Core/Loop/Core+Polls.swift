import Shared

/// The cap on polls, and the gaps that were really kept.
extension Core {
  /// Puts a poll aside for which there is a connection, where the cap does not allow it yet.
  mutating func holdIfTooEarly(_ order: Handle, _ what: Exchange, _ now: Instant) -> Bool {
    guard what == .poll, !pace.allows(at: now) else { return false }
    orders[order].stage = .waiting
    record.postponed(.cap)
    pace.hold(order)
    setPaceTimer(now)
    return true
  }

  private mutating func setPaceTimer(_ now: Instant) {
    guard pace.holdsAny, !pace.timerIsSet, pace.next > now else { return }
    pace.timerIsSet = true
    timers.set(.polls, at: pace.next)
  }

  mutating func paceTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    pace.timerIsSet = false
    serveHeld(now, into: &out)
    // The connection that it had then may be gone.
    openForWaiting(now, into: &out)
  }

  /// Sends what is held, as far as the cap and the free connections allow.
  mutating func serveHeld<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while pool.hasIdle, let order = pace.release(at: now) {
      guard orders.isWaiting(order, for: .poll) else { continue }
      guard orders[order].givenUpAt(timeout: settings.orderTimeout) > now else {
        finish(order, orders[order].giveUpOutcome, now, into: &out)
        continue
      }
      request(order, .poll, now, isReleased: true, into: &out)
    }
    setPaceTimer(now)
  }

  /// A poll is being written, or a page of a list that is searched.
  mutating func pollWritten(_ order: Handle, _ before: Instant) {
    pace.sent(at: before)
    // One that is sent again for its token's sake is the same poll.
    guard orders[order].polls > 0, orders[order].attempts == 0, orders[order].sent != .never else { return }
    let last = orders[order].sent
    // The one at the order's timeout comes then, whatever the gap.
    let rest = max(0, orders[order].timesOutAt(settings.orderTimeout) - last)
    let asked = min(settings.poll.gap(after: orders[order].polls, of: orders[order].history.index), rest)
    record.polled(after: before - last, asked: asked)
  }

  mutating func pageWritten(_ before: Instant) {
    pace.sent(at: before)
    guard sweep.began == .never else { return }
    // The gap was drawn when the walk before was over.
    if let last = sweep.lastBegan { record.polled(after: before - last, asked: settings.poll.gap(after: 0, of: UInt64(sweep.number &- 1))) }
    sweep.began = before
  }

  /// From the end of a walk through the list to the next one's beginning.
  var sweepGap: Int64 { settings.poll.gap(after: 0, of: UInt64(sweep.number)) }
}
