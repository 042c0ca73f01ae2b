import BasicContainers
import Shared

/// The course of a run, from the first reading to the last, as the engine takes it: by what the loops have to tell.
extension Simulation {
  /// Takes note of what a loop has to tell.
  mutating func attend(to loop: Int) {
    if loops[loop].hasSettled {
      loops[loop].swapSettled(&settled)
      for told in settled { lookUp(told) }
      settled.removeAll(keepingCapacity: true)
    }
    guard !loops[loop].news.isEmpty else { return }
    let news = loops[loop].news
    loops[loop].news.removeAll()
    for item in news { take(item, from: loop) }
  }

  /// Holds what was told of an order against the truth; the system need not know it any longer.
  private mutating func lookUp(_ told: SimulationRecord.Settled) {
    guard let ticket = network.ticket(told.id), network.system.orders.has(ticket) else { return }
    truth.settled(told, network.system.orders[ticket], isAsked: settings.dialect.status.source != .list)
    // What it took may still be asked for: the order stays where that is part of the load.
    if !asksLater || !settings.cores[0].mix.includes(.orderMetrics, told.order.index) { network.forget(ticket) }
  }

  private mutating func take(_ news: SimulatedLoop.News, from loop: Int) {
    switch news {
    case .observed(let reading):
      guard !hasEnded else { return }
      if reading.window.hasFigures { readings.append(reading) }
      told.append(reading.window)
      guard settings.generator.telling > 0 else { return tellOfReading() }
      lastTelling = max(lastTelling, network.agenda.now + pauses.time(upTo: settings.generator.telling))
      network.agenda.arrange(.reading, at: lastTelling)
    case .ready:
      ready.insert(loop)
      if ready.count == loops.count { begin() }
    case .cannotBegin(let failure):
      refusal = refusal ?? failure
      end()
    case .onlyRefused: if !settings.keepsGoing, progress.accepted == 0 { giveUp() }
    case .drained:
      drained.insert(loop)
      if drained.count == loops.count { conclude() }
    case .concluded: if hasConcluded { end() }
    }
  }

  /// All loops are told of the next reading.
  mutating func tellOfReading() {
    guard toldCount < told.count else { return }
    toldCount += 1
    tellAll(.reading(told[toldCount - 1]))
  }

  // MARK: The run

  /// Every account is let in, and the first reading was made: the load begins.
  private mutating func begin() {
    guard start == nil else { return }
    let now = network.agenda.now
    start = now
    tellAll(.start(now))
  }

  /// Every order has ended: the last reading is made.
  private mutating func conclude() {
    guard start != nil, !hasConcluded else { return }
    hasConcluded = true
    tell(0, .conclude(network.agenda.now))
  }

  /// Every create is refused: no more are sent.
  private mutating func giveUp() {
    guard !wasRefused, !wasInterrupted, !hasConcluded else { return }
    wasRefused = true
    tellAll(.stop(network.agenda.now))
  }

  mutating func interrupt() {
    guard !hasEnded else { return }
    wasInterrupted = true
    tellAll(.stop(network.agenda.now))
    begin()
    network.agenda.arrange(.interrupt, after: RunResult.patienceAfterInterrupt * 1_000_000_000)
  }

  mutating func end() {
    guard !hasEnded else { return }
    hasEnded = true
    while toldCount < told.count { tellOfReading() }
    tellAll(.stop(network.agenda.now))
  }
}
