import Shared

/// How fast connections are opened, and how soon one that could not be opened is tried again.
extension Core {
  /// Limits how many connections may be open: the number grows evenly over `connectRamp`, starting with the load.
  mutating func startRamp() {
    guard settings.connectRamp > 0 else { return }
    pool.mostOpen = 1
    setRampTimer()
  }

  private mutating func setRampTimer() {
    guard let zero, pool.mostOpen < pool.size else { return }
    // The last of n connections comes after (n − 1) / n of the time, so that all of them are there when it is over.
    let share = Double(pool.mostOpen) / Double(pool.size)
    timers.set(.ramp, at: zero + Int64(Double(settings.connectRamp) * share))
  }

  /// One more connection may be open.
  mutating func rampTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    pool.mostOpen += 1
    setRampTimer()
    openForWaiting(now, into: &out)
  }

  /// The connection could not be opened. It rests before the next attempt, so that a dead target does not cause a busy loop.
  mutating func rest(_ index: Int, _ now: Instant) {
    let failures = pool.rests(index)
    timers.set(.rested(UInt32(index)), at: now + CoreSettings.rest(after: failures))
  }

  /// A connection that could not be opened may be tried again.
  mutating func rested<A: Actions & ~Copyable>(_ index: Int, _ now: Instant, into out: inout A) {
    pool.hasRested(index)
    openForWaiting(now, into: &out)
  }
}
