import DequeModule

/// Which connections there are, which of them are free, and who waits for one.
///
/// A value without sockets: it says what to do, the core passes that on, and tells it what became of it.
struct ConnectionPool: ~Copyable {
  enum State: Hashable {
    case closed, connecting, idle
    case busy(Call)
    /// Closed by us; the driver has yet to say that it is gone.
    case closing
  }

  struct Connection {
    var state = State.closed
    /// When what is under way (a connect or a request) is given up; looked at by one timer per connection.
    var deadline = Instant.never
    /// A timer is set, perhaps for an earlier deadline.
    var hasTimer = false
    /// What is under way has been given more time, since we stood still.
    var wasGivenMore = false
    /// How many answers it has brought.
    var answers: UInt32 = 0
    /// How often in a row it could not be opened.
    fileprivate(set) var failures: UInt8 = 0
  }

  /// Connections below this number are not shared: the observer's own, the sessions' and the sweep's.
  private let reserved: Int
  private var connections: [Connection]
  private var idle: [Int] = []
  private var closed: [Int]
  private var connecting = 0
  /// Those that could not be opened, and are not tried for a while.
  private var resting = 0
  /// How many of those that are shared may be open, or on their way to it.
  var mostOpen: Int
  /// Calls whose turn has not come: first come, first served.
  private var waiting: Deque<(order: Handle, what: Exchange)> = []

  /// - Parameters:
  ///   - size: how many connections are shared among the orders.
  ///   - reserved: how many more there are with numbers from 0 on that are used by name only.
  init(size: Int, reserved: Int) {
    self.reserved = reserved
    connections = Array(repeating: Connection(), count: size + reserved)
    closed = Array((reserved..<size + reserved).reversed())
    mostOpen = size
  }

  /// How many of those that are shared are not closed.
  private var open: Int { connections.count - reserved - closed.count - resting }

  var hasIdle: Bool { !idle.isEmpty }

  /// Whether every one of them rests: nobody reaches the target.
  var isCutOff: Bool { open == 0 && closed.isEmpty }

  var indices: Range<Int> { connections.indices }

  func isReserved(_ index: Int) -> Bool { index < reserved }

  subscript(index: Int) -> Connection {
    _read { yield connections[index] }
    _modify { yield &connections[index] }
  }

  /// The call that a connection carries.
  func call(on index: Int) -> Call? {
    if case .busy(let call) = connections[index].state { call } else { nil }
  }

  // MARK: Taking a connection

  /// Takes an idle connection for the order's call.
  mutating func take(for order: Handle, _ what: Exchange) -> Call? {
    guard let index = idle.popLast() else { return nil }
    let call = Call(order: order, what: what, connection: index)
    connections[index].state = .busy(call)
    return call
  }

  /// Queues the call until a connection is free.
  /// - Returns: the connection to open for it, if one may be opened.
  mutating func wait(for order: Handle, _ what: Exchange) -> Int? {
    waiting.append((order, what))
    return connectionToOpen()
  }

  /// A connection to open, while more calls wait than connections are being opened.
  /// - Parameter others: how many wait for one elsewhere.
  mutating func connectionToOpen(others: Int = 0) -> Int? {
    guard connecting < waiting.count + others, open < mostOpen, let index = closed.popLast() else { return nil }
    connections[index].state = .connecting
    connecting += 1
    return index
  }

  /// Who has waited longest.
  var firstWaiting: (order: Handle, what: Exchange)? { waiting.first }

  mutating func nextWaiting() -> (order: Handle, what: Exchange)? { waiting.popFirst() }

  mutating func forgetWaiting() { waiting.removeAll() }

  // MARK: What became of it

  /// The connection can carry a request.
  mutating func becameIdle(_ index: Int) {
    if connections[index].state == .connecting {
      if index >= reserved { connecting -= 1 }
      connections[index].failures = 0
    }
    connections[index].state = .idle
    connections[index].deadline = .never
    if index >= reserved { idle.append(index) }
  }

  /// The connection is no more.
  mutating func becameClosed(_ index: Int) {
    switch connections[index].state {
    case .closed: return
    case .connecting: if index >= reserved { connecting -= 1 }
    case .idle: idle.removeAll { $0 == index }
    case .busy, .closing: break
    }
    connections[index].state = .closed
    connections[index].deadline = .never
    connections[index].answers = 0
    if index >= reserved { closed.append(index) }
  }

  /// A connection that has just become closed could not be opened: it is not to be tried for a while.
  /// - Returns: how often in a row that was so.
  mutating func rests(_ index: Int) -> UInt8 {
    if index >= reserved, closed.last == index {
      closed.removeLast()
      resting += 1
    }
    if connections[index].failures < .max { connections[index].failures += 1 }
    return connections[index].failures
  }

  mutating func hasRested(_ index: Int) {
    resting -= 1
    closed.append(index)
  }

  /// We are closing it: it carries nothing any more, and is not to be used.
  mutating func isClosing(_ index: Int) {
    switch connections[index].state {
    case .connecting: if index >= reserved { connecting -= 1 }
    case .idle: idle.removeAll { $0 == index }
    case .busy, .closing, .closed: break
    }
    connections[index].state = .closing
    connections[index].deadline = .never
  }
}
