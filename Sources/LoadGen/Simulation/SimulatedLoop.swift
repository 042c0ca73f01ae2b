import DequeModule
import Shared

/// One core in virtual time: what `EngineLoop` is in real time.
struct SimulatedLoop: ~Copyable {
  private struct Outbox: Actions {
    var actions: Deque<Action> = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  let number: Int
  private(set) var core: Core<LoadSchedule, SimulationRecord>
  private var outbox = Outbox()
  /// What follows from an action, in order.
  private var inbox: Deque<Event> = []
  /// When the core wants to be woken.
  private var wakeDue = Instant.never
  /// By how much the wake that it comes to is late.
  private var lag: Int64 = 0
  /// It is busy with something else until then.
  var freeFrom = Instant(0)
  /// What it has told the run, and was not taken up yet.
  var news: [LoopNews] = []
  /// How many orders it had in hand at a time, at most.
  private(set) var mostOutstanding = 0

  init(_ number: Int, _ core: consuming Core<LoadSchedule, SimulationRecord>) {
    self.number = number
    self.core = core
  }

  /// When it is to be woken; `never` where it need not be.
  var nextWake: Instant { wakeDue == .never ? .never : max(wakeDue, freeFrom) }

  mutating func wake(_ network: inout SimulatedNetwork) {
    lag = network.eventQueue.now - wakeDue
    wakeDue = .never
    tell(.wake(network.eventQueue.now), &network)
    lag = 0
  }

  mutating func tell(_ event: Event, _ network: inout SimulatedNetwork) {
    handle(event, &network)
    while let event = inbox.popFirst() { handle(event, &network) }
  }

  private mutating func handle(_ event: Event, _ network: inout SimulatedNetwork) {
    core.handle(event, into: &outbox)
    mostOutstanding = max(mostOutstanding, core.outstanding)
    while let action = outbox.actions.popFirst() { perform(action, &network) }
  }

  private mutating func perform(_ action: Action, _ network: inout SimulatedNetwork) {
    switch action {
    case .write(let call):
      let now = network.eventQueue.now
      if network.write(call, core.context(of: call), number) {
        inbox.append(.written(call, before: now))
      } else {
        inbox.append(.stale(call, now))
      }
    case .connect(let index): network.connect(number, index)
    case .look(let index):
      if let event = network.look(number, index) { inbox.append(event) }
      inbox.append(.overdue(index, network.eventQueue.now, lag: lag))
    case .close(let index):
      // At the end whatever comes is cut off.
      if !core.isStopped { network.checkGivenUp(number, index) }
      network.close(number, index)
      inbox.append(.disconnected(index, network.eventQueue.now))
    case .wakeAt(let instant): wakeDue = max(instant, network.eventQueue.now)
    case .news(let news): self.news.append(news)
    }
  }

  var hasSettled: Bool { !core.record.settled.isEmpty }

  /// Hands out the stories that have ended since this was last asked, for an empty list.
  mutating func swapSettled(_ list: inout [SimulationRecord.Settled]) { swap(&list, &core.record.settled) }
}
