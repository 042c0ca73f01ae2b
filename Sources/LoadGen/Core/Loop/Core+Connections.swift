import Shared

extension Core {
  mutating func open<A: Actions & ~Copyable>(_ index: Int, _ now: Instant, into out: inout A) {
    pool[index].wasGivenMore = false
    expect(by: now + settings.requestTimeout, on: index)
    out.perform(.connect(index))
  }

  mutating func openForWaiting<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while let index = pool.connectionToOpen(.creates) { open(index, now, into: &out) }
    while let index = pool.connectionToOpen(.following, others: limiter.isDue(at: now) ? 1 : 0) { open(index, now, into: &out) }
  }

  mutating func close<A: Actions & ~Copyable>(_ index: Int, into out: inout A) {
    pool.isClosing(index)
    out.perform(.close(index))
  }

  /// One timer per connection: it is set again for a later deadline when it fires, so that requests set none.
  mutating func expect(by deadline: Instant, on index: Int) {
    pool[index].deadline = deadline
    guard !pool[index].hasTimer else { return }
    pool[index].hasTimer = true
    timers.set(.connection(UInt32(index)), at: deadline)
  }

  mutating func connectionTimer<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    let deadline = pool[index].deadline
    pool[index].hasTimer = false
    guard deadline != .never else { return }
    guard deadline <= now else { return expect(by: deadline, on: index) }
    // Its answer may have come in time, and wait for us.
    out.perform(.look(index))
  }

  /// What has come by now was taken up; where that is not the answer, there is none in time.
  mutating func overdue<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    guard pool[index].deadline <= now else { return }
    // Whoever stood still may have kept it from getting on, by what he did not write or read: he gives back the time that he took, once.
    if lag >= Standstill.least, !pool[index].wasGivenMore {
      pool[index].wasGivenMore = true
      return expect(by: now + min(lag, settings.requestTimeout), on: index)
    }
    let seconds = Duration.nanoseconds(settings.requestTimeout).text
    switch pool[index].state {
    case .busy(let call):
      close(index, into: &out)
      fail(call, .perhaps, Failure(.timeout, "no complete answer within \(seconds)"), now, lag, into: &out)
    case .connecting:
      close(index, into: &out)
      failWaiting(index, Failure(.connectTimeout, "no connection within \(seconds)"), now, lag, into: &out)
    case .idle, .closed, .closing: break
    }
  }

  mutating func connected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    guard pool[index].state == .connecting else { return }
    pool.becameIdle(index)
    guard pool.isReserved(index) else {
      serveWaiting(now, into: &out)
      // Whoever it was opened for may have had to let another go first.
      return openForWaiting(now, into: &out)
    }
    if let what = reserved[index].wanted { request(what, onReserved: index, now, into: &out) }
  }

  mutating func connectFailed<A: Actions & ~Copyable>(
    _ index: Int, _ failure: Failure, _ now: Instant, into out: inout A
  ) {
    guard pool[index].state == .connecting else {
      return disconnected(index, now, into: &out)
    }
    pool.becameClosed(index)
    if !pool.isReserved(index) { rest(index, now) }
    failWaiting(index, failure, now, 0, into: &out)
    openForWaiting(now, into: &out)
  }

  /// The connection for whoever has waited longest cannot be had: its call fails for it. Where every connection of its purpose rests, all do
  /// that wait: nobody reaches the target, and they are not kept until that is found out for each.
  private mutating func failWaiting<A: Actions & ~Copyable>(
    _ index: Int, _ failure: Failure, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    if pool.isReserved(index) {
      guard let what = reserved[index].wanted else { return }
      reserved[index].wanted = nil
      return fail(Call(order: .none, what: what, connection: index), .nothing, failure, now, lag, into: &out)
    }
    let failsAll = pool.isCutOff(index)
    while let (order, what) = nextToFail(pool.purpose(of: index), now) {
      guard orders.isWaiting(order, for: what) else { continue }
      if what == .create { submit(order, now) }
      fail(Call(order: order, what: what, connection: index), .nothing, failure, now, lag, into: &out)
      guard failsAll else { return }
    }
  }

  private mutating func nextToFail(_ purpose: ConnectionLane.Purpose, _ now: Instant) -> ConnectionLane.Call? {
    if purpose == .following, let order = limiter.release(at: now) { return (order, .poll) }
    return pool.nextWaiting(purpose)
  }

  mutating func disconnected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    pool.becameClosed(index)
    guard pool.isReserved(index) else {
      if !isStopped { openForWaiting(now, into: &out) }
      return
    }
    // After a stop that is the last scrape of the metrics: it is tried again where the target closes after each answer.
    if let what = reserved[index].wanted { request(what, onReserved: index, now, into: &out) }
  }
}
