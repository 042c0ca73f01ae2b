/// One connection between a loop and the simulated system, as seen from both ends.
struct SimulatedLine {
  /// As the client sees it, except that a client does not notice that a connection is broken.
  enum State {
    case closed, connecting, open
    /// The system's end has broken, but the client has not heard of it.
    case broken
  }

  private(set) var state = State.closed
  /// Incremented whenever the connection is opened: what belongs to an earlier life is no longer heard.
  private(set) var life: UInt32 = 0
  /// Whether the system has closed its end, and takes no more requests from it.
  private(set) var isCutOff = false
  /// The request whose answer the client is waiting for.
  private(set) var call: Call?
  /// The first thing that arrived while the client was busy, and that it has not heard yet.
  var waits: EventQueue.Occurrence?
  /// How many requests the connection has carried in this life.
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

  /// The client has received the answer.
  mutating func answered() { call = nil }

  mutating func connected() { state = .open }
  mutating func cutOff() { isCutOff = true }

  /// The client's next write fails; it has yet to hear why.
  mutating func breaks() {
    isCutOff = true
    state = .broken
  }

  /// The client closes the connection, and hears nothing more of it.
  mutating func close() {
    state = .closed
    isCutOff = true
    call = nil
    waits = nil
  }

  func isCurrent(_ line: EventQueue.Line) -> Bool { state != .closed && life == line.life }
}
