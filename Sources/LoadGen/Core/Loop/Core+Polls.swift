import Shared

/// The cap on polls, and the gaps that were really kept.
extension Core {
  /// Puts a poll aside for which there is a connection, where the cap does not allow it yet.
  mutating func holdIfTooEarly(_ order: Handle, _ what: RequestKind, _ now: Instant) -> Bool {
    guard what == .poll, !limiter.allows(at: now) else { return false }
    orders[order].stage = .waiting
    record.postponed(.cap)
    limiter.hold(order)
    setPaceTimer(now)
    // The cap may come to it too late.
    timers.set(.order(order), at: max(now, orders[order].givenUpAt(timeout: settings.orderTimeout)))
    return true
  }

  private mutating func setPaceTimer(_ now: Instant) {
    guard limiter.holdsAny, !limiter.timerIsSet, limiter.next > now else { return }
    limiter.timerIsSet = true
    timers.set(.polls, at: limiter.next)
  }

  mutating func rateLimiterTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    limiter.timerIsSet = false
    serveHeld(now, into: &out)
    // The connection that it had then may be gone.
    openForWaiting(now, into: &out)
  }

  /// Sends what is held, as far as the cap and the free connections allow.
  mutating func serveHeld<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while pool.hasIdle(for: .poll), let order = limiter.release(at: now) {
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
    limiter.sent(at: before)
    budget.began(.poll, at: before)
    // One that is sent again for its token's sake is the same poll.
    guard orders[order].polls > 0, orders[order].attempts == 0, orders[order].sent != .never else { return }
    let last = orders[order].sent
    // The one at the order's timeout comes then, whatever the gap.
    let rest = max(0, orders[order].timesOutAt(settings.orderTimeout) - last)
    record.polled(after: before - last, asked: min(gapAsked(of: order), rest))
  }

  /// From the order's last poll, or its acknowledgement, to the next poll that was arranged for.
  mutating func gapAsked(of order: Handle) -> Int64 {
    settings.poll.gap(after: orders[order].polls, of: orders[order].history.index, steps: orders[order].gapSteps)
  }

  mutating func pageWritten(_ before: Instant) {
    limiter.sent(at: before)
    budget.began(.listPoll, at: before)
    listPoll.pages += 1
    guard listPoll.began == .never else { return }
    // The gap was drawn when the walk before was over.
    if let last = listPoll.lastBegan { record.polled(after: before - last, asked: listPoll.gapAsked) }
    listPoll.began = before
  }

  /// From the end of a walk through the list to the next one's beginning.
  mutating func nextListPollGap(_ now: Instant) -> Int64 {
    adaptGap(due: listPoll.pages, repeats: listPoll.pages, now)
    return settings.poll.gap(after: 0, of: UInt64(listPoll.number), steps: budget.steps)
  }

  /// - Parameters:
  ///   - due: polls that come within one gap.
  ///   - repeats: those among them without which every order would still have been asked for once.
  mutating func adaptGap(due: Int, repeats: Int, _ now: Instant) {
    if budget.look(at: now, due: due, repeats: repeats) { record.pollGap(became: budget.asked) }
  }
}
