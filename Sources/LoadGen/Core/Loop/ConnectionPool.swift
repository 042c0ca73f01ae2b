/// Which connections there are, which of them are free, and who waits for one.
///
/// Creates have connections of their own, and so has all that follows them: a create waits behind creates alone.
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

  /// Connections below this number are not shared: the scraper's own, the sessions' and the list poll's.
  private let reserved: Int
  private var connections: [Connection]
  private var creates: ConnectionLane
  private var following: ConnectionLane

  /// - Parameters:
  ///   - creates: how many connections the creates share.
  ///   - following: how many all other requests of the orders share.
  ///   - reserved: how many more there are with numbers from 0 on that are used by name only.
  init(creates: Int, following: Int, reserved: Int) {
    self.reserved = reserved
    connections = Array(repeating: Connection(), count: creates + following + reserved)
    self.creates = ConnectionLane(reserved..<reserved + creates)
    self.following = ConnectionLane(reserved + creates..<reserved + creates + following)
  }

  private subscript(purpose: ConnectionLane.Purpose) -> ConnectionLane {
    _read {
      switch purpose {
      case .creates: yield creates
      case .following: yield following
      }
    }
    _modify {
      switch purpose {
      case .creates: yield &creates
      case .following: yield &following
      }
    }
  }

  /// What a connection that is shared is for.
  func purpose(of index: Int) -> ConnectionLane.Purpose { index < following.indices.lowerBound ? .creates : .following }

  /// How many are shared, for whatever purpose.
  var size: Int { connections.count - reserved }

  /// How many of those that are shared may be open, or on their way to it: each purpose has its part of them.
  var mostOpen: Int {
    get { creates.mostOpen + following.mostOpen }
    set {
      let own = (newValue * creates.indices.count + size - 1) / max(1, size)
      creates.mostOpen = own
      following.mostOpen = newValue - own
    }
  }

  /// Whether a connection for this is free, whoever waits.
  func hasIdle(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].hasIdle }

  /// Whether somebody waits for a connection of the same purpose.
  func hasWaiting(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].hasWaiting }

  /// Whether every connection for this is taken: one must become free before it can be sent.
  func isTaken(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].isTaken }

  /// Whether every connection of the same purpose rests: nobody reaches the target.
  func isCutOff(_ index: Int) -> Bool { self[purpose(of: index)].isCutOff }

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
  mutating func take(for order: Handle, _ what: RequestKind) -> Call? {
    guard let index = self[ConnectionLane.Purpose(what)].takeIdle() else { return nil }
    let call = Call(order: order, what: what, connection: index)
    connections[index].state = .busy(call)
    return call
  }

  /// Queues the call until a connection is free.
  /// - Returns: the connection to open for it, if one may be opened.
  mutating func wait(for order: Handle, _ what: RequestKind) -> Int? {
    let purpose = ConnectionLane.Purpose(what)
    self[purpose].wait((order, what))
    return connectionToOpen(purpose)
  }

  /// A connection to open, while more calls wait than connections are free or being opened.
  /// - Parameter others: how many wait for one elsewhere.
  mutating func connectionToOpen(_ purpose: ConnectionLane.Purpose, others: Int = 0) -> Int? {
    guard let index = self[purpose].connectionToOpen(others: others) else { return nil }
    connections[index].state = .connecting
    return index
  }

  /// Who has waited longest.
  func firstWaiting(_ purpose: ConnectionLane.Purpose) -> ConnectionLane.Call? { self[purpose].firstWaiting }

  mutating func nextWaiting(_ purpose: ConnectionLane.Purpose) -> ConnectionLane.Call? { self[purpose].nextWaiting() }

  mutating func forgetWaiting() {
    creates.forgetWaiting()
    following.forgetWaiting()
  }

  // MARK: What became of it

  /// The connection can carry a request.
  mutating func becameIdle(_ index: Int) {
    let wasConnecting = connections[index].state == .connecting
    if wasConnecting { connections[index].failures = 0 }
    connections[index].state = .idle
    connections[index].deadline = .never
    if index >= reserved { self[purpose(of: index)].becameIdle(index, wasConnecting: wasConnecting) }
  }

  /// The connection is no more.
  mutating func becameClosed(_ index: Int) {
    guard connections[index].state != .closed else { return }
    leaves(index)
    connections[index].state = .closed
    connections[index].answers = 0
    if index >= reserved { self[purpose(of: index)].becameClosed(index) }
  }

  /// A connection that has just become closed could not be opened: it is not to be tried for a while.
  /// - Returns: how often in a row that was so.
  mutating func rests(_ index: Int) -> UInt8 {
    if index >= reserved { self[purpose(of: index)].rests(index) }
    if connections[index].failures < .max { connections[index].failures += 1 }
    return connections[index].failures
  }

  mutating func hasRested(_ index: Int) { self[purpose(of: index)].hasRested(index) }

  /// We are closing it: it carries nothing any more, and is not to be used.
  mutating func isClosing(_ index: Int) {
    leaves(index)
    connections[index].state = .closing
  }

  private mutating func leaves(_ index: Int) {
    let state = connections[index].state
    connections[index].deadline = .never
    guard index >= reserved else { return }
    self[purpose(of: index)].leaves(index, wasConnecting: state == .connecting, wasIdle: state == .idle)
  }
}
