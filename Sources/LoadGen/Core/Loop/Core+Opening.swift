import Shared

/// How fast connections are opened, and how soon one is tried again that could not be.
extension Core {
  /// How many may be open now: from the load's beginning on, evenly more of them.
  mutating func startRamp() {
    guard settings.connectRamp > 0 else { return }
    pool.mostOpen = 1
    setRampTimer()
  }

  private mutating func setRampTimer() {
    guard let zero, pool.mostOpen < pool.size else { return }
    // The last of n comes after (n - 1) / n of the time, so that all are there when it is over.
    let share = Double(pool.mostOpen) / Double(pool.size)
    timers.set(.ramp, at: zero + Int64(Double(settings.connectRamp) * share))
  }

  mutating func rampTimer<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    pool.mostOpen += 1
    setRampTimer()
    openForWaiting(now, into: &out)
  }

  /// The connection could not be opened: it rests before it is tried again, so that a dead target is not a busy loop.
  mutating func rest(_ index: Int, _ now: Instant) {
    let failures = pool.rests(index)
    timers.set(.rested(UInt32(index)), at: now + CoreSettings.rest(after: failures))
  }

  mutating func rested<A: Actions & ~Copyable>(_ index: Int, _ now: Instant, into out: inout A) {
    pool.hasRested(index)
    openForWaiting(now, into: &out)
  }
}
