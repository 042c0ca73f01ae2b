import Shared

@testable import LoadRun

/// Drives one core in virtual time, as `EngineLoop` does in real time.
final class VirtualLoop {
  /// What a loop tells the run.
  struct Callbacks {
    var observed: (Reading) -> Void
    var ready: () -> Void
    var cannotBegin: (Failure) -> Void
    var drained: () -> Void
    var concluded: () -> Void
  }

  private struct Outbox: Actions {
    var actions: [Action] = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  private let agenda: Agenda
  private let makeLine: (Int, VirtualLine.Ears) -> VirtualLine
  private let callbacks: Callbacks
  /// How long the loop may be busy with something else when it is told of an event.
  private let lag: ClosedRange<Int64>
  private var dice: Dice
  private var core: Core<LoadSchedule, Chronicle>
  private(set) var lines: [Int: VirtualLine] = [:]
  private var inbox: [Event] = []
  private var outbox = Outbox()
  private var isHandling = false
  private var wakes = 0
  private var freeFrom = Instant(0)
  /// What has come on each line and is yet to be heard.
  private var unheard: [Int: [Hearing]] = [:]
  /// By how much the wake that it comes to is late.
  private var lateness: Int64 = 0

  private final class Hearing {
    private var happen: (() -> Void)?
    init(_ happen: @escaping () -> Void) { self.happen = happen }
    func once() {
      let happen = happen
      self.happen = nil
      happen?()
    }
  }

  /// Requests, connects and wakes that were asked for since the run was over.
  private(set) var afterEnd = 0
  var isOver = false
  /// Requests whose writing the core was told of, by what they were for.
  private(set) var written: [Exchange: Int] = [:]
  /// When each order was asked for, or a page of the list.
  private(set) var polls: [(at: Instant, index: UInt64)] = []
  /// Every line that was ever made.
  private(set) var allLines: [VirtualLine] = []

  init(
    _ core: consuming Core<LoadSchedule, Chronicle>, agenda: Agenda, dice: Dice, lag: ClosedRange<Int64>,
    callbacks: Callbacks,
    makeLine: @escaping (Int, VirtualLine.Ears) -> VirtualLine
  ) {
    self.core = core
    self.agenda = agenda
    self.dice = dice
    self.lag = lag
    self.callbacks = callbacks
    self.makeLine = makeLine
  }

  var outstanding: Int { core.outstanding }

  func finish() -> Ledger {
    var ledger = core.record.ledger
    ledger.finish()
    return ledger
  }

  /// Calls back once the loop has time, at which the clock is read: in the order of the calls.
  func later(_ happen: @escaping () -> Void) {
    freeFrom = max(freeFrom, agenda.now + (dice.chance(0.1) ? dice.span(lag) : 0))
    agenda.at(freeFrom, happen)
  }

  func tell(_ event: Event) {
    inbox.append(event)
    guard !isHandling else { return }
    isHandling = true
    while !inbox.isEmpty {
      core.handle(inbox.removeFirst(), into: &outbox)
      while !outbox.actions.isEmpty { perform(outbox.actions.removeFirst()) }
    }
    isHandling = false
  }

  private func perform(_ action: Action) {
    switch action {
    case .write(let call):
      afterEnd += isOver ? 1 : 0
      write(call)
    case .connect(let index):
      afterEnd += isOver ? 1 : 0
      connect(index)
    case .close(let index): close(index)
    case .wakeAt(let instant):
      afterEnd += isOver ? 1 : 0
      wakes += 1
      let number = wakes
      agenda.at(instant) { [self] in
        later { [self] in
          guard number == wakes else { return }
          lateness = agenda.now - instant
          tell(.wake(agenda.now))
          lateness = 0
        }
      }
    case .look(let index):
      for hearing in unheard[index] ?? [] { hearing.once() }
      unheard[index] = nil
      inbox.append(.overdue(index, agenda.now, lag: lateness))
    case .news(.observed(let reading)): callbacks.observed(reading)
    case .news(.ready): callbacks.ready()
    case .news(.cannotBegin(let failure)): callbacks.cannotBegin(failure)
    case .news(.onlyRefused): break
    case .news(.drained): callbacks.drained()
    case .news(.concluded): callbacks.concluded()
    }
  }

  private func write(_ call: Call) {
    guard let line = lines[call.connection], line.isOpen, !line.isGone else {
      lines[call.connection]?.close()
      lines[call.connection] = nil
      return inbox.append(.stale(call, agenda.now))
    }
    let subject = core.subject(of: call)
    written[call.what, default: 0] += 1
    if call.what == .poll || call.what == .sweep { polls.append((agenda.now, subject.index)) }
    inbox.append(.written(call, before: agenda.now))
    line.send(call, subject)
  }

  private func connect(_ index: Int) {
    var ears = VirtualLine.Ears(
      connected: {}, connectFailed: { _ in }, replied: { _, _, _ in }, broken: { _, _ in }, disconnected: {})
    weak var own: VirtualLine?
    // A line that was replaced in the meantime is not heard any more.
    func hear(_ happen: @escaping (Instant) -> Void) {
      let arrived = agenda.now
      let hearing = Hearing { [self] in if let own, lines[index] === own { happen(arrived) } }
      unheard[index, default: []].append(hearing)
      later { [self] in
        hearing.once()
        unheard[index]?.removeAll { $0 === hearing }
      }
    }
    ears.connected = { [self] in hear { [self] _ in tell(.connected(index, agenda.now)) } }
    ears.connectFailed = { [self] failure in
      hear { [self] _ in
        lines[index] = nil
        tell(.connectFailed(index, failure, agenda.now))
      }
    }
    ears.replied = { [self] call, reply, keepsAlive in
      hear { [self] arrived in
        tell(.replied(call, reply, keepsAlive: keepsAlive, after: agenda.now, lag: agenda.now - arrived))
      }
    }
    ears.broken = { [self] call, failure in
      hear { [self] _ in
        lines[index] = nil
        tell(.broken(call, .perhaps, failure, after: agenda.now))
      }
    }
    ears.disconnected = { [self] in
      hear { [self] _ in
        lines[index] = nil
        tell(.disconnected(index, agenda.now))
      }
    }
    let line = makeLine(index, ears)
    own = line
    lines[index] = line
    allLines.append(line)
  }

  private func close(_ index: Int) {
    if let line = lines[index], !line.isGone {
      line.close()
    } else {
      lines[index] = nil
      inbox.append(.disconnected(index, agenda.now))
    }
  }
}
