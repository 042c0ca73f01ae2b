import DequeModule
import Shared

/// What happens at the system's end, and on the way to it.
extension SimulatedNetwork {
  /// Lets something happen at the system's end, or on the way to it.
  mutating func happen(_ occurrence: EventQueue.Occurrence) {
    switch occurrence {
    case .arrived(let number): arrived(number)
    case .decided(let number): decided(number)
    case .processed(let ticket, let life): system.processed(ticket, life: life, &eventQueue)
    case .batch(let life): system.batch(life: life, &eventQueue)
    case .cutOff(let line):
      guard lines.isCurrent(line) else { return }
      lines[line].cutOff()
      eventQueue.arrange(.hungUp(line), after: delay())
    case .othersOrder:
      if !system.isDown { forget(system.create(owner: othersOwner, &eventQueue)) }
      if let othersOrders { eventQueue.arrange(.othersOrder, after: max(1, others.time(othersOrders))) }
    case .stall(let index): front.stall(until: eventQueue.now + settings.stalls[Int(index)].lasts.nanoseconds)
    case .restart(let index): restart(settings.restarts[Int(index)].lasts.nanoseconds)
    case .up: if system.isDown { system.comeUp(&eventQueue) }
    case .connected, .refused, .hungUp, .answered, .begin, .scrape, .interrupt, .patience: break
    }
  }

  private mutating func arrived(_ number: Int32) {
    // A system that is down, or has closed the connection, does not receive the request.
    guard !system.isDown, !lines.hasCutOff(requests[number].line) else { return requests.release(number) }
    requests[number].life = system.life
    front.arrived(number, requests[number].call.what, system, &eventQueue)
  }

  private mutating func decided(_ number: Int32) {
    guard requests[number].life == system.life else { return requests.release(number) }
    let answer = front.answer(requests[number], number, &system, &eventQueue)
    if !isStraight { front.decided(&eventQueue) }
    let line = requests[number].line
    switch answer {
    case .accepted(let ticket): requests[number].answer = .accepted(ticket)
    case .status(let status): requests[number].answer = .status(status)
    case .other(let reply): requests.setRare(number, reply)
    }
    let travels = delay()
    if hasFaults {
      if requests[number].vanishes || lines.hasCutOff(line) { return requests.release(number) }
      if faults.chance(settings.faults[.lostAnswer]) {
        wire?.breaks(requests[number].call.what)
        eventQueue.arrange(.hungUp(line), after: travels)
        return requests.release(number)
      }
      requests[number].keepsAlive = !faults.chance(settings.faults[.closed])
      if requests[number].keepsAlive, faults.chance(settings.faults[.staleClose]) {
        eventQueue.arrange(.cutOff(line), after: travels + faults.time(upTo: requestTimeout))
      }
    }
    eventQueue.arrange(.answered(request: number), after: travels)
  }

  /// The system goes down: every connection breaks, and the answers it was working on are lost.
  private mutating func restart(_ lasts: Int64) {
    guard !system.isDown else { return }
    system.goDown(eventQueue.now)
    for number in front.goDown() { requests.release(number) }
    for line in lines.open {
      lines[line].cutOff()
      eventQueue.arrange(.hungUp(line), after: delay())
    }
    eventQueue.arrange(.up, after: lasts)
  }
}
