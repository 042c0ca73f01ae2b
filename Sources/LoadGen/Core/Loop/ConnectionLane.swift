import DequeModule

/// The connections that serve one purpose: which of them are free, and who waits for one. No lane takes another's.
struct ConnectionLane {
  /// What a connection is for, so that a create never waits behind a poll.
  enum Purpose: Sendable, CaseIterable {
    case creates
    /// Polls, and whatever else is asked for beside creates.
    case following

    init(_ what: RequestKind) { self = what == .create ? .creates : .following }
  }

  /// A call whose turn has not come.
  typealias Call = (order: Handle, what: RequestKind)

  /// The numbers of its connections.
  let indices: Range<Int>
  /// How many may be open, or on their way to it.
  var mostOpen: Int
  private(set) var idle: [Int] = []
  private var closed: [Int]
  private var connecting = 0
  /// Those that could not be opened, and are not tried for a while.
  private var resting = 0
  /// First come, first served.
  private var waiting: Deque<Call> = []

  init(_ indices: Range<Int>) {
    self.indices = indices
    mostOpen = indices.count
    closed = indices.reversed()
  }

  /// How many are not closed.
  private var open: Int { indices.count - closed.count - resting }

  var hasIdle: Bool { !idle.isEmpty }

  var hasWaiting: Bool { !waiting.isEmpty }

  /// Whether whoever comes now has to wait until somebody has done with one of them: all are taken, or will be by those that wait.
  var isTaken: Bool { resting == 0 && waiting.count >= idle.count + connecting + closed.count }

  /// Whether every one of them rests: nobody reaches the target.
  var isCutOff: Bool { open == 0 && closed.isEmpty }

  mutating func takeIdle() -> Int? { idle.popLast() }

  /// A connection to open, while more calls wait than connections are free or being opened.
  /// - Parameter others: how many wait for one elsewhere.
  mutating func connectionToOpen(others: Int = 0) -> Int? {
    guard connecting + idle.count < waiting.count + others, open < mostOpen, let index = closed.popLast() else { return nil }
    connecting += 1
    return index
  }

  // MARK: Who waits

  mutating func wait(_ call: Call) { waiting.append(call) }

  /// Who has waited longest.
  var firstWaiting: Call? { waiting.first }

  mutating func nextWaiting() -> Call? { waiting.popFirst() }

  mutating func forgetWaiting() { waiting.removeAll() }

  // MARK: What became of a connection

  mutating func becameIdle(_ index: Int, wasConnecting: Bool) {
    if wasConnecting { connecting -= 1 }
    idle.append(index)
  }

  mutating func becameClosed(_ index: Int) { closed.append(index) }

  /// It is not to be used any more, and was not under way.
  mutating func leaves(_ index: Int, wasConnecting: Bool, wasIdle: Bool) {
    if wasConnecting { connecting -= 1 }
    if wasIdle { idle.removeAll { $0 == index } }
  }

  /// One that has just become closed is not to be tried for a while.
  mutating func rests(_ index: Int) {
    guard closed.last == index else { return }
    closed.removeLast()
    resting += 1
  }

  mutating func hasRested(_ index: Int) {
    resting -= 1
    closed.append(index)
  }
}
