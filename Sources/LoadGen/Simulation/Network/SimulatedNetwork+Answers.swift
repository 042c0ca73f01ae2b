import Shared

/// What comes back to the loops.
extension SimulatedNetwork {
  /// The connection at whose client end something arrives; `nil` for what does not arrive at a client.
  func addressee(_ occurrence: EventQueue.Occurrence) -> EventQueue.Line? {
    switch occurrence {
    case .connected(let line), .refused(let line), .hungUp(let line): line
    case .answered(let number): requests[number].line
    default: nil
    }
  }

  /// Something has arrived at a client that is busy until a later instant.
  mutating func wait(_ occurrence: EventQueue.Occurrence, until instant: Instant) {
    switch occurrence {
    case .answered(let number): requests[number].came = min(requests[number].came, eventQueue.now)
    // The client's system knows that the connection has broken: writing to it fails from now on.
    case .hungUp(let line): if lines.isCurrent(line) { lines[line].breaks() }
    default: break
    }
    if let line = addressee(occurrence), lines.isCurrent(line), lines[line].waits == nil { lines[line].waits = occurrence }
    eventQueue.arrange(occurrence, at: instant)
  }

  /// A client asks whether anything has arrived on a connection for which it is waiting.
  /// - Returns: what it hears; `nil` where nothing has arrived.
  mutating func look(_ loop: Int, _ index: Int) -> Event? {
    guard let occurrence = lines[loop, index].waits else { return nil }
    lines[loop, index].waits = nil
    guard case .answered(let number) = occurrence else { return hear(occurrence) }
    guard !requests[number].wasHeard else { return nil }
    requests[number].wasHeard = true
    return answer(number)
  }

  /// A client gives up the request on a connection. It is a fault if the answer has arrived by now.
  mutating func checkGivenUp(_ loop: Int, _ index: Int) {
    guard case .answered(let number) = lines[loop, index].waits, !requests[number].wasHeard,
      requests[number].call == lines[loop, index].call
    else { return }
    found("a request was given up whose answer had come")
  }

  /// Lets a client hear what has arrived.
  /// - Returns: `nil` where it belongs to a connection that the client has given up.
  mutating func hear(_ occurrence: EventQueue.Occurrence) -> Event? {
    switch occurrence {
    case .connected(let line):
      guard lines.isCurrent(line), lines[line].state == .connecting else { return nil }
      lines[line].waits = nil
      guard !system.isDown else { return refuse(line) }
      lines[line].connected()
      return .connected(Int(line.connection), eventQueue.now)
    case .refused(let line): return lines.isCurrent(line) ? refuse(line) : nil
    case .hungUp(let line):
      guard lines.isCurrent(line) else { return nil }
      let (call, state) = (lines[line].call, lines[line].state)
      lines[line].close()
      let failure = Failure(.reset, "the connection was reset")
      if let call { return .broken(call, .perhaps, failure, after: eventQueue.now) }
      let index = Int(line.connection)
      return state == .connecting ? .connectFailed(index, failure, eventQueue.now) : .disconnected(index, eventQueue.now)
    case .answered(let number): return answered(number)
    default: return nil
    }
  }

  private mutating func refuse(_ line: EventQueue.Line) -> Event {
    lines[line].close()
    return .connectFailed(Int(line.connection), Failure(.refused, "the connection was refused"), eventQueue.now)
  }

  private mutating func answered(_ number: Int32) -> Event? {
    defer { requests.release(number) }
    return requests[number].wasHeard ? nil : answer(number)
  }

  private mutating func answer(_ number: Int32) -> Event? {
    let request = requests[number]
    guard lines.isCurrent(request.line), lines[request.line].call == request.call else { return nil }
    lines[request.line].answered()
    lines[request.line].waits = nil
    let lag = request.came == .never ? 0 : eventQueue.now - request.came
    guard let reply = meaning(request, number) else { return nil }
    if let ticket = request.ticket { tell(reply, of: ticket, sent: request.sent) }
    guard let wire else {
      return .replied(request.call, reply, keepsAlive: request.keepsAlive, after: eventQueue.now, lag: lag)
    }
    let carried = wire.carry(reply, to: request.call.what, index: request.index, keepsAlive: request.keepsAlive)
    return .replied(request.call, carried.reply, keepsAlive: carried.keepsAlive, after: eventQueue.now, lag: lag)
  }

  /// What the system's answer says.
  private mutating func meaning(_ request: SimulatedRequest, _ number: Int32) -> Reply? {
    switch request.answer {
    case .accepted(let ticket):
      if request.call.what == .create { system.acknowledged(ticket, sent: request.sent, eventQueue.now) }
      return .create(.accepted(ticket.id))
    case .status(let status): return .poll(.status(status))
    case .other: return requests.rare(number)
    }
  }

  /// Records that an answer about an order has reached its client.
  private mutating func tell(_ reply: Reply, of ticket: Ticket, sent: Instant) {
    switch reply {
    case .poll(.status(let status, let patience)):
      system.told(ticket, status, sent: sent, eventQueue.now)
      if let patience { system.asksForQuiet(ticket, until: eventQueue.now + patience) }
    case .poll(.useless(let failure)):
      if let patience = failure.retryAfter { system.asksForQuiet(ticket, until: eventQueue.now + patience) }
    case .cancel(.cancelled): system.told(ticket, isCancelled: true, eventQueue.now)
    case .cancel(.notCancelled): system.told(ticket, isCancelled: false, eventQueue.now)
    default: break
    }
  }
}
