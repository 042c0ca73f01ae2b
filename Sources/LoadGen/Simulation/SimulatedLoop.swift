import DequeModule
import Shared

/// One core in virtual time, as `EngineLoop` is one in real time.
struct SimulatedLoop: ~Copyable {
  private struct Outbox: Actions {
    var actions: Deque<Action> = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  let number: Int
  private(set) var core: Core<LoadSchedule, SimulationRecord>
  private var outbox = Outbox()
  /// The events that follow from actions, in order.
  private var inbox: Deque<Event> = []
  /// When the core wants to be woken; `never` where it does not.
  private var wakeDue = Instant.never
  /// How late the present wake is, in nanoseconds; 0 otherwise.
  private var lag: Int64 = 0
  /// Until then the loop is busy with something else.
  var freeFrom = Instant(0)
  /// What the loop has told the run, and the run has not handled yet.
  var news: [LoopNews] = []
  /// The most orders that it ever had in hand at the same time.
  private(set) var mostOutstanding = 0

  init(_ number: Int, _ core: consuming Core<LoadSchedule, SimulationRecord>) {
    self.number = number
    self.core = core
  }

  /// When the loop is to be woken; `never` where it need not be.
  var nextWake: Instant { wakeDue == .never ? .never : max(wakeDue, freeFrom) }

  /// Wakes the core, which must want to be woken by now.
  mutating func wake(_ network: inout SimulatedNetwork) {
    lag = network.eventQueue.now - wakeDue
    wakeDue = .never
    tell(.wake(network.eventQueue.now), &network)
    lag = 0
  }

  /// Passes an event to the core, and carries out the actions and events that follow from it.
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
      // When the run is stopped, whatever may arrive is cut off.
      if !core.isStopped { network.checkGivenUp(number, index) }
      network.close(number, index)
      inbox.append(.disconnected(index, network.eventQueue.now))
    case .wakeAt(let instant): wakeDue = max(instant, network.eventQueue.now)
    case .news(let news): self.news.append(news)
    }
  }

  var hasSettled: Bool { !core.record.settled.isEmpty }

  /// Exchanges the stories that have ended since the last call for an empty list.
  mutating func swapSettled(_ list: inout [SimulationRecord.Settled]) { swap(&list, &core.record.settled) }
}
