import Shared

extension Core {
  /// Connects within the request timeout. The connection must already be marked as connecting.
  mutating func open<A: Actions & ~Copyable>(_ index: Int, _ now: Instant, into out: inout A) {
    pool[index].wasGivenMore = false
    expect(by: now + settings.requestTimeout, on: index)
    out.perform(.connect(index))
  }

  /// Opens as many connections as waiting calls, and a poll that the cap now allows, still need.
  mutating func openForWaiting<A: Actions & ~Copyable>(_ now: Instant, into out: inout A) {
    while let index = pool.connectionToOpen(.creates) { open(index, now, into: &out) }
    while let index = pool.connectionToOpen(.following, others: limiter.isDue(at: now) ? 1 : 0) { open(index, now, into: &out) }
  }

  /// Closes a connection. Whatever it carries must be dealt with by the caller.
  mutating func close<A: Actions & ~Copyable>(_ index: Int, into out: inout A) {
    pool.isClosing(index)
    out.perform(.close(index))
  }

  /// Sets a connection's deadline. There is one timer per connection, set anew when it fires too early, so that requests need no timers of
  /// their own.
  mutating func expect(by deadline: Instant, on index: Int) {
    pool[index].deadline = deadline
    guard !pool[index].hasTimer else { return }
    pool[index].hasTimer = true
    timers.set(.connection(UInt32(index)), at: deadline)
  }

  /// The timer of a connection has fired: checks whether its deadline is over.
  mutating func connectionTimer<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    let deadline = pool[index].deadline
    pool[index].hasTimer = false
    guard deadline != .never else { return }
    guard deadline <= now else { return expect(by: deadline, on: index) }
    // The answer may have arrived in time and be waiting for us to read it.
    out.perform(.look(index))
  }

  /// Everything that had arrived by now was taken up. If the answer is still missing, it did not come in time.
  mutating func overdue<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, _ lag: Int64, into out: inout A
  ) {
    guard pool[index].deadline <= now else { return }
    // Our loop's standstill may have delayed the connection, by what was not written or read meanwhile: give that time back, once.
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

  /// A connection was opened: gives it to whoever waits.
  mutating func connected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    guard pool[index].state == .connecting else { return }
    pool[index].opened = now
    pool.becameIdle(index)
    guard pool.isReserved(index) else {
      serveWaiting(now, into: &out)
      // A call that had to let others go first may still need a connection.
      return openForWaiting(now, into: &out)
    }
    if let what = reserved[index].wanted { request(what, onReserved: index, now, into: &out) }
  }

  /// A connection could not be opened.
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

  /// No connection can be had for the call that has waited longest, so that call fails. If every connection of its purpose rests, the
  /// target cannot be reached: then all waiting calls fail, instead of each having to find that out for itself.
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

  /// A connection that carried no request is gone.
  mutating func disconnected<A: Actions & ~Copyable>(
    _ index: Int, _ now: Instant, into out: inout A
  ) {
    pool.becameClosed(index)
    guard pool.isReserved(index) else {
      if !isStopped { openForWaiting(now, into: &out) }
      return
    }
    // After a stop this is the last scrape, which reconnects if the target closes the connection after each answer.
    if let what = reserved[index].wanted { request(what, onReserved: index, now, into: &out) }
  }
}
