import Testing

@testable import LoadRun

/// Two connections for creates (1 and 2), one for what follows them (3), and one that is used by its number alone (0).
@Suite("The pool of connections")
struct ConnectionPoolTests {
  private enum Step {
    /// A call comes: it takes a connection, or waits, and perhaps has one opened.
    case comes(UInt32, RequestKind)
    case connected(Int)
    case answered(Int)
    case closed(Int)
    /// It could not be opened.
    case failed(Int)
    case rested(Int)
    case closing(Int)
    /// Whoever has waited longest for its purpose is served, where a connection is free.
    case serve(ConnectionLane.Purpose)
  }

  private func order(_ slot: UInt32) -> Handle { Handle(slot: slot, generation: 0) }

  /// What the pool does, a word a step: `take 1` a connection is taken, `open 1` one is to be opened, `wait`, or nothing.
  private func words(_ steps: [Step], mostOpen: Int? = nil) -> [String] {
    var pool = ConnectionPool(creates: 2, following: 1, reserved: 1)
    if let mostOpen { pool.mostOpen = mostOpen }
    var words: [String] = []
    for step in steps {
      switch step {
      case .comes(let slot, let what):
        if let call = pool.take(for: order(slot), what) {
          words.append("take \(call.connection)")
        } else {
          words.append(pool.wait(for: order(slot), what).map { "open \($0)" } ?? "wait")
        }
        continue
      case .connected(let index), .answered(let index): pool.becameIdle(index)
      case .closed(let index): pool.becameClosed(index)
      case .failed(let index):
        pool.becameClosed(index)
        words.append("rests \(pool.rests(index))")
        continue
      case .rested(let index): pool.hasRested(index)
      case .closing(let index): pool.isClosing(index)
      case .serve(let purpose):
        guard let (order, what) = pool.firstWaiting(purpose), pool.hasIdle(for: what) else {
          words.append("-")
          continue
        }
        _ = pool.nextWaiting(purpose)
        words.append(pool.take(for: order, what).map { "take \($0.connection) for \(order.slot)" } ?? "none")
        continue
      }
      words.append("")
    }
    return words
  }

  @Test("As many connections are opened as calls wait, and no more than there are; who has waited longest is served first")
  func opens() {
    #expect(
      words([
        .comes(1, .create), .comes(2, .create), .comes(3, .create), .connected(1), .serve(.creates), .connected(2), .serve(.creates),
        .serve(.creates), .answered(1), .serve(.creates),
      ]) == ["open 1", "open 2", "wait", "", "take 1 for 1", "", "take 2 for 2", "-", "", "take 1 for 3"])
  }

  @Test("A create never waits behind a poll, and a poll takes no connection of the creates")
  func lanes() {
    #expect(
      words([
        .comes(1, .poll), .comes(2, .poll), .comes(3, .create), .connected(1), .serve(.following), .serve(.creates), .connected(3),
        .serve(.following), .comes(4, .cancel),
      ]) == ["open 3", "wait", "open 1", "", "-", "take 1 for 3", "", "take 3 for 1", "wait"])
  }

  @Test("The connection that became free last is taken first, and a free one before another is opened")
  func reuses() {
    #expect(
      words([
        .comes(1, .create), .comes(2, .create), .connected(1), .connected(2), .serve(.creates), .serve(.creates), .answered(2),
        .answered(1),
        .comes(3, .create), .comes(4, .create), .closed(1), .comes(5, .create),
      ]) == ["open 1", "open 2", "", "", "take 2 for 1", "take 1 for 2", "", "", "take 1", "take 2", "", "open 1"])
  }

  @Test("One that is being closed is not taken, and is opened again only once it is gone")
  func closing() {
    #expect(
      words([
        .comes(1, .poll), .connected(3), .serve(.following), .answered(3), .closing(3), .comes(2, .poll), .closed(3), .comes(4, .poll),
      ]) == ["open 3", "", "take 3 for 1", "", "", "wait", "", "open 3"])
  }

  @Test("One that could not be opened is left alone until it has rested, and its failures are counted in a row")
  func rests() {
    #expect(
      words([
        .comes(1, .poll), .failed(3), .comes(2, .poll), .rested(3), .comes(4, .poll), .failed(3), .rested(3), .comes(5, .poll),
        .connected(3),
        .closed(3), .comes(6, .poll), .failed(3),
      ]) == ["open 3", "rests 1", "wait", "", "open 3", "rests 2", "", "open 3", "", "", "open 3", "rests 1"])
  }

  @Test("No more may be open than the ramp has come to, and creates have the first")
  func ramp() {
    #expect(
      words([.comes(1, .create), .comes(2, .create), .comes(3, .poll)], mostOpen: 1) == ["open 1", "wait", "wait"])
    #expect(
      words([.comes(1, .create), .comes(2, .create), .comes(3, .poll)], mostOpen: 3) == ["open 1", "open 2", "open 3"])
  }
}
