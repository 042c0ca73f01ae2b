import Shared

/// The cap on polls, and the gaps that were actually kept.
extension Core {
  /// Holds back a poll that has a connection but that the cap does not allow yet.
  /// - Returns: whether the request is held back.
  mutating func holdIfTooEarly(_ order: Handle, _ what: RequestKind, _ now: Instant) -> Bool {
    guard what == .poll, !limiter.allows(at: now) else { return false }
    orders[order].stage = .waiting
    record.postponed(.cap)
    limiter.hold(order)
    setPaceTimer(now)
    // The cap may release it too late.
    timers.set(.order(order), at: max(now, orders[order].givenUpAt(timeout: settings.orderTimeout)))
    return true
  }

  private mutating func setPaceTimer(_ now: Instant) {
    guard limiter.holdsAny, !limiter.timerIsSet, limiter.next > now else { return }
    limiter.timerIsSet = true
    timers.set(.polls, at: limiter.next)
  }

  /// The cap allows another poll.
  mutating func rateLimiterTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    limiter.timerIsSet = false
    serveHeld(now, into: &out)
    // The idle connection that a held poll had may be gone by now.
    openForWaiting(now, into: &out)
  }

  /// Sends polls that were held back, as far as the cap and the free connections allow.
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

  /// A poll is being written.
  mutating func pollWritten(_ order: Handle, _ before: Instant) {
    limiter.sent(at: before)
    if !sample.isBetween(order) { budget.began(.poll, at: before) }
    // A poll that is sent again because its token was refused is the same poll.
    guard orders[order].polls > 0, orders[order].attempts == 0, orders[order].sent != .never else { return }
    guard sample.plainPolls(of: order) == nil else { return }
    let last = orders[order].sent
    // The poll at the order's timeout comes then, whatever the gap.
    let rest = max(0, orders[order].timesOutAt(settings.orderTimeout) - last)
    record.polled(after: before - last, asked: min(gapAsked(of: order), rest))
  }

  /// The gap from the order's last poll, or from its acknowledgement, to the next poll as it was planned, in nanoseconds. Polls for the audit's
  /// sample in between do not count.
  mutating func gapAsked(of order: Handle) -> Int64 {
    let polls = sample.plainPolls(of: order) ?? orders[order].polls
    return settings.poll.gap(after: polls, of: orders[order].history.index, steps: orders[order].gapSteps)
  }

  /// A page of a list that is searched is being written.
  mutating func pageWritten(_ before: Instant) {
    limiter.sent(at: before)
    budget.began(.listPoll, at: before)
    listPoll.pages += 1
    guard listPoll.began == .never else { return }
    // The gap was drawn when the walk before this one ended.
    if let last = listPoll.lastBegan { record.polled(after: before - last, asked: listPoll.gapAsked) }
    listPoll.began = before
  }

  /// The gap from the end of one walk through the list to the beginning of the next, in nanoseconds.
  mutating func nextListPollGap(_ now: Instant) -> Int64 {
    adaptGap(due: listPoll.pages, repeats: listPoll.pages, now)
    return settings.poll.gap(after: 0, of: UInt64(listPoll.number), steps: budget.steps)
  }

  /// Adapts the gap between polls to what polls and creates have cost, if the poll policy is adaptive.
  /// - Parameters:
  ///   - due: how many polls fall into one gap.
  ///   - repeats: how many of them are not the first poll of an order.
  mutating func adaptGap(due: Int, repeats: Int, _ now: Instant) {
    if budget.look(at: now, due: due, repeats: repeats) { record.pollGap(became: budget.asked) }
  }
}
