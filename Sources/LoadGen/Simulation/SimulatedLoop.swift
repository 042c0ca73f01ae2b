import DequeModule
import Shared

/// One core in virtual time, and its connections: what `EngineLoop` is in real time. What is to be done it hands on.
///
/// A class, so that a run can hold several of them; it never leaves the run's thread.
final class SimulatedLoop {
  private struct Outbox: Actions {
    var actions: Deque<Action> = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  private struct Connection {
    var isOpen = false
    /// Rises whenever it is opened: what belongs to an earlier life is not heard any more.
    var life: UInt32 = 0
  }

  let number: Int
  private let agenda: Agenda
  var core: Core<LoadSchedule, SimulationRecord>
  private var outbox = Outbox()
  private var inbox: Deque<Event> = []
  private var isHandling = false
  private var connections: [Connection]
  /// When the core wants to be woken.
  private var wakeDue = Instant.never
  /// The figures that came with the last metrics.
  var claims: [Dialect.Quantity: Claim] = [:]

  init(_ number: Int, _ core: consuming Core<LoadSchedule, SimulationRecord>, agenda: Agenda) {
    self.number = number
    self.agenda = agenda
    connections = Array(repeating: Connection(), count: core.connectionCount)
    self.core = core
  }

  /// - Parameter others: performs what the loop does not see to itself.
  func tell(_ event: Event, others: (Action) -> Void) {
    inbox.append(event)
    guard !isHandling else { return }
    isHandling = true
    while let event = inbox.popFirst() {
      core.handle(event, into: &outbox)
      while let action = outbox.actions.popFirst() { perform(action, others) }
    }
    isHandling = false
  }

  /// Something that follows from an action: told once the event is handled that led to it.
  func follow(_ event: Event) { inbox.append(event) }

  /// - Returns: whether the core still waits for this.
  func takeWake(at now: Instant) -> Bool {
    guard wakeDue == now else { return false }
    wakeDue = .never
    return true
  }

  func line(_ index: Int) -> Agenda.Line {
    Agenda.Line(loop: Int32(number), connection: Int32(index), life: connections[index].life)
  }

  func isCurrent(_ line: Agenda.Line) -> Bool {
    connections[Int(line.connection)].isOpen && connections[Int(line.connection)].life == line.life
  }

  private func perform(_ action: Action, _ others: (Action) -> Void) {
    switch action {
    case .connect(let index):
      connections[index].isOpen = true
      connections[index].life &+= 1
      others(action)
    case .close(let index):
      connections[index].isOpen = false
      follow(.disconnected(index, agenda.now))
    case .wakeAt(let instant):
      wakeDue = max(instant, agenda.now)
      agenda.arrange(.wake(loop: number), at: instant)
    default: others(action)
    }
  }
}
