/// One connection between a loop and the simulated system, as both ends see it.
struct SimulatedLine {
  enum State {
    case closed, connecting, open
    /// The system's end has broken, and the client has yet to hear it.
    case broken
  }

  private(set) var state = State.closed
  /// Rises whenever it is opened: what belongs to an earlier life is not heard any more.
  private(set) var life: UInt32 = 0
  /// The system has closed its end, and takes no more requests from it.
  private(set) var isCutOff = false
  /// The request that the client waits for.
  private(set) var call: Call?
  /// What has come first for a client that is busy, and has yet to hear it.
  var waits: EventQueue.Occurrence?
  /// How many it has carried in this life.
  private(set) var requests: UInt32 = 0

  mutating func connect() {
    state = .connecting
    life &+= 1
    isCutOff = false
    call = nil
    waits = nil
    requests = 0
  }

  mutating func send(_ call: Call) {
    self.call = call
    requests += 1
  }

  /// The client has its answer.
  mutating func answered() { call = nil }

  mutating func connected() { state = .open }
  mutating func cutOff() { isCutOff = true }

  mutating func breaks() {
    isCutOff = true
    state = .broken
  }

  /// Nothing more is heard of it.
  mutating func close() {
    state = .closed
    isCutOff = true
    call = nil
    waits = nil
  }

  func isCurrent(_ line: EventQueue.Line) -> Bool { state != .closed && life == line.life }
}
