import Shared

@testable import LoadRun

/// What may go wrong between a loop and the target, as probabilities of each request or connect.
struct VirtualFaults {
  var refused = 0.0
  /// A connect, or a request, that nobody ever answers.
  var vanishes = 0.0
  /// The connection breaks before the request arrives, or after it was answered.
  var reset = 0.0
  var lostAnswer = 0.0
  /// The target closes the connection some time after an answer, without having said so.
  var staleClose = 0.0
  /// It closes it with the answer.
  var closes = 0.0
  /// A request that travels so long that its sender has given it up when it arrives.
  var late = 0.0
}

/// One connection of a loop to the target.
final class VirtualLine {
  struct Settings {
    var delay: ClosedRange<Int64>
    var faults: VirtualFaults
    var requestTimeout: Int64
  }

  /// What the loop hears of its line.
  struct Ears {
    var connected: () -> Void
    var connectFailed: (Failure) -> Void
    var replied: (Call, Reply, _ keepsAlive: Bool) -> Void
    var broken: (Call, Failure) -> Void
    var disconnected: () -> Void
  }

  /// Its number in the loop, when it was made, and how many requests it has carried.
  let index: Int
  let made: Instant
  private(set) var requests = 0
  private let settings: Settings
  private let front: VirtualFront
  private let agenda: Agenda
  private var dice: Dice
  private let ears: Ears
  private(set) var isOpen = false
  /// Known to the target alone at first.
  private var isCutOff = false
  private(set) var call: Call?
  /// The loop has heard the last of it.
  private(set) var isGone = false

  init(_ index: Int, _ settings: Settings, front: VirtualFront, agenda: Agenda, dice: Dice, ears: Ears) {
    self.index = index
    made = agenda.now
    self.settings = settings
    self.front = front
    self.agenda = agenda
    self.dice = dice
    self.ears = ears
    connect()
  }

  private var faults: VirtualFaults { settings.faults }
  private func delay() -> Int64 { dice.span(settings.delay) }

  private func connect() {
    if dice.chance(faults.vanishes) { return }
    let isRefused = dice.chance(faults.refused)
    agenda.after(delay()) { [self] in
      guard !isGone else { return }
      if isRefused || front.target.isDown {
        isGone = true
        ears.connectFailed(Failure(.refused, "refused"))
      } else {
        isOpen = true
        ears.connected()
      }
    }
  }

  func send(_ call: Call, _ subject: Subject) {
    self.call = call
    requests += 1
    if dice.chance(faults.reset) { return agenda.after(delay()) { [self] in hangUp() } }
    let vanishes = dice.chance(faults.vanishes)
    let isLate = dice.chance(faults.late)
    agenda.after(delay() + (isLate ? settings.requestTimeout : 0)) { [self] in
      // What was sent arrives, whether or not its sender still waits; a target that is down, or has closed, takes nothing.
      guard !isCutOff, !front.target.isDown else { return }
      front.receive(call.what, subject) { [self] reply in
        if vanishes { return }
        if dice.chance(faults.lostAnswer) { return agenda.after(delay()) { [self] in hangUp() } }
        answer(call, reply)
      }
    }
  }

  private func answer(_ call: Call, _ reply: Reply) {
    guard !isCutOff else { return }
    let keepsAlive = !dice.chance(faults.closes)
    let travels = delay()
    agenda.after(travels) { [self] in
      guard !isGone, self.call == call else { return }
      self.call = nil
      ears.replied(call, reply, keepsAlive)
    }
    if keepsAlive, dice.chance(faults.staleClose) {
      agenda.after(travels + dice.span(0...settings.requestTimeout)) { [self] in
        isCutOff = true
        agenda.after(delay()) { [self] in hangUp() }
      }
    }
  }

  /// The target's end is gone: the loop hears it, as the end of its request where one is under way.
  func hangUp() {
    isCutOff = true
    guard !isGone else { return }
    isGone = true
    if let call {
      ears.broken(call, Failure(.reset, "reset"))
    } else if isOpen {
      ears.disconnected()
    } else {
      ears.connectFailed(Failure(.reset, "reset"))
    }
  }

  /// The loop closes it.
  func close() {
    call = nil
    guard !isGone else { return }
    isGone = true
    agenda.after(delay()) { [self] in ears.disconnected() }
  }
}
