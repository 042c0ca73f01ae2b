import DequeModule

/// The connections that serve one purpose: which of them are free, and which calls wait for one. Lanes never use each other's connections.
struct ConnectionLane {
  /// What a connection is used for. Kept apart so that a create never waits behind a poll.
  enum Purpose: Sendable, CaseIterable {
    case creates
    /// Polls, and everything else other than plain creates.
    case following

    init(_ what: RequestKind) { self = what == .create ? .creates : .following }
  }

  /// A request that is waiting for a connection.
  typealias Call = (order: Handle, what: RequestKind)

  /// The numbers of the lane's connections.
  let indices: Range<Int>
  /// How many connections may be open or being opened.
  var mostOpen: Int
  private(set) var idle: [Int] = []
  private var closed: [Int]
  private var connecting = 0
  /// How many could not be opened, and are not tried for a while.
  private var resting = 0
  /// First come, first served.
  private var waiting: Deque<Call> = []

  /// - Parameter indices: the numbers of its connections, all of them closed.
  init(_ indices: Range<Int>) {
    self.indices = indices
    mostOpen = indices.count
    closed = indices.reversed()
  }

  /// How many are open, being opened, or being closed.
  private var open: Int { indices.count - closed.count - resting }

  var hasIdle: Bool { !idle.isEmpty }

  var hasWaiting: Bool { !waiting.isEmpty }

  /// Whether a call that comes now must wait until another one is done: every connection is in use, or will be by those that already wait.
  var isTaken: Bool { resting == 0 && waiting.count >= idle.count + connecting + closed.count }

  /// Whether all of them are resting, so that the target cannot be reached.
  var isCutOff: Bool { open == 0 && closed.isEmpty }

  /// Takes the connection that became idle last.
  mutating func takeIdle() -> Int? { idle.popLast() }

  /// A connection to open, as long as more calls wait than connections are free or being opened; `nil` if none may be opened.
  /// - Parameter others: how many calls wait for one outside this lane.
  mutating func connectionToOpen(others: Int = 0) -> Int? {
    guard connecting + idle.count < waiting.count + others, open < mostOpen, let index = closed.popLast() else { return nil }
    connecting += 1
    return index
  }

  // MARK: Who waits

  mutating func wait(_ call: Call) { waiting.append(call) }

  /// The call that has waited longest.
  var firstWaiting: Call? { waiting.first }

  /// Removes and returns the call that has waited longest.
  mutating func nextWaiting() -> Call? { waiting.popFirst() }

  mutating func forgetWaiting() { waiting.removeAll() }

  // MARK: What became of a connection

  /// The connection can carry a request.
  mutating func becameIdle(_ index: Int, wasConnecting: Bool) {
    if wasConnecting { connecting -= 1 }
    idle.append(index)
  }

  /// The connection is gone, and may be opened again.
  mutating func becameClosed(_ index: Int) { closed.append(index) }

  /// The connection is no longer available: it was closed, or is being closed.
  mutating func leaves(_ index: Int, wasConnecting: Bool, wasIdle: Bool) {
    if wasConnecting { connecting -= 1 }
    if wasIdle { idle.removeAll { $0 == index } }
  }

  /// A connection that has just become closed is not to be tried for a while.
  mutating func rests(_ index: Int) {
    guard closed.last == index else { return }
    closed.removeLast()
    resting += 1
  }

  /// The connection may be opened again.
  mutating func hasRested(_ index: Int) {
    resting -= 1
    closed.append(index)
  }
}
