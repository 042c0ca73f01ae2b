import BasicContainers
import DequeModule
import Shared

/// How the course of a run is driven in virtual time.
extension Simulation {
  /// Handles what a loop has reported.
  mutating func attend(to loop: Int) {
    if loops[loop].hasSettled {
      loops[loop].swapSettled(&settled)
      for told in settled { lookUp(told) }
      settled.removeAll(keepingCapacity: true)
    }
    guard !loops[loop].news.isEmpty else { return }
    let news = loops[loop].news
    loops[loop].news.removeAll()
    for item in news { happens(.news(item, from: loop)) }
  }

  /// Compares what was recorded about an order with the truth, after which the system need not know the order any longer.
  private mutating func lookUp(_ told: SimulationRecord.Settled) {
    guard let ticket = network.ticket(told.id), network.system.orders.has(ticket) else { return }
    if settings.keepsTranscript { truths[told.order.index] = network.system.orders[ticket] }
    truth.settled(told, network.system.orders[ticket], isAsked: settings.dialect.status.source != .list)
    // It may still be asked about: where that is part of the load, the order is kept.
    if !asksLater || !settings.cores[0].asksLater(told.order.index) { network.forget(ticket) }
  }

  /// Passes an event to the run's course. Events caused by its actions are handled afterwards, and not in between.
  mutating func happens(_ event: RunCourse.Event) {
    happened.append(event)
    guard !isTakingUp else { return }
    isTakingUp = true
    while let event = happened.popFirst() {
      for action in course.handle(event, at: network.eventQueue.now) { perform(action) }
    }
    isTakingUp = false
  }

  private mutating func perform(_ action: RunCourse.Action) {
    let now = network.eventQueue.now
    switch action {
    case .begin: tellAll(.begin(now))
    case .confirm: happens(.confirmed)
    case .start(let zero):
      network.loadBegins()
      tellAll(.start(zero))
    case .tell(let window):
      untold.append(window)
      guard settings.generator.telling > 0 else { return tellOfScrape() }
      lastTelling = max(lastTelling, now + pauses.time(upTo: settings.generator.telling))
      network.eventQueue.arrange(.scrape, at: lastTelling)
    case .judge: if !settings.keepsGoing, progress().accepted == 0 { happens(.giveUp) }
    case .stop: tellAll(.stop(now))
    case .conclude: tell(0, .conclude(now))
    case .awaitPatience: network.eventQueue.arrange(.patience, after: RunCourse.patience * 1_000_000_000)
    case .end:
      while !untold.isEmpty { tellOfScrape() }
      tellAll(.stop(now))
    }
  }

  /// Tells all loops of the next reading of the metrics.
  mutating func tellOfScrape() {
    if let window = untold.popFirst() { tellAll(.scrape(window)) }
  }
}
