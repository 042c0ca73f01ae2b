/// Which connections there are, which of them are free, and which calls wait for one.
///
/// Creates have connections of their own, and so does everything that follows them, so a create waits only behind creates. This is a value
/// without sockets: it returns what to do, the core passes that on and reports back what became of it.
struct ConnectionPool: ~Copyable {
  enum State: Hashable {
    case closed, connecting, idle
    case busy(Call)
    /// We have closed it, but the driver has not yet reported that it is gone.
    case closing
  }

  struct Connection {
    var state = State.closed
    /// When the connect or request under way is given up. One timer per connection watches it.
    var deadline = Instant.never
    /// Whether a timer is set, perhaps for an earlier deadline.
    var hasTimer = false
    /// Whether what is under way was given more time because our loop stood still.
    var wasGivenMore = false
    /// When it was opened, at the latest; `never` before the first time.
    var opened = Instant.never
    /// How many answers the connection has brought since it was opened.
    var answers: UInt32 = 0
    /// How many attempts in a row to open it have failed.
    fileprivate(set) var failures: UInt8 = 0
  }

  /// Connections below this number are not shared: they belong to the scraper, the sessions and the list poll.
  private let reserved: Int
  private var connections: [Connection]
  private var creates: ConnectionLane
  private var following: ConnectionLane

  /// - Parameters:
  ///   - creates: how many connections the creates share.
  ///   - following: how many connections all other requests for orders share.
  ///   - reserved: how many further connections there are, numbered from 0, that are used only by their number.
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

  /// The purpose of a shared connection.
  func purpose(of index: Int) -> ConnectionLane.Purpose { index < following.indices.lowerBound ? .creates : .following }

  /// How many connections are shared, whatever their purpose.
  var size: Int { connections.count - reserved }

  /// How many shared connections may be open or being opened; divided between the purposes in proportion to their connections.
  var mostOpen: Int {
    get { creates.mostOpen + following.mostOpen }
    set {
      let own = (newValue * creates.indices.count + size - 1) / max(1, size)
      creates.mostOpen = own
      following.mostOpen = newValue - own
    }
  }

  /// Whether a connection for this kind of request is free, no matter who is waiting.
  func hasIdle(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].hasIdle }

  /// Whether any call waits for a connection.
  var hasWaiting: Bool { creates.hasWaiting || following.hasWaiting }

  /// Whether any call waits for a connection of the same purpose.
  func hasWaiting(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].hasWaiting }

  /// Whether every connection for this kind of request is in use, so that one must become free first.
  func isTaken(for what: RequestKind) -> Bool { self[ConnectionLane.Purpose(what)].isTaken }

  /// Whether all connections with the same purpose as this one are resting, so that the target cannot be reached.
  func isCutOff(_ index: Int) -> Bool { self[purpose(of: index)].isCutOff }

  var indices: Range<Int> { connections.indices }

  /// Whether the connection is not shared.
  func isReserved(_ index: Int) -> Bool { index < reserved }

  subscript(index: Int) -> Connection {
    _read { yield connections[index] }
    _modify { yield &connections[index] }
  }

  /// The call that a connection carries, if any.
  func call(on index: Int) -> Call? {
    if case .busy(let call) = connections[index].state { call } else { nil }
  }

  // MARK: Taking a connection

  /// Takes an idle connection for the order's call; `nil` if none is idle.
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

  /// A connection to open, as long as more calls wait than connections are free or being opened; `nil` if none may be opened.
  /// - Parameter others: how many calls wait for one outside the pool.
  mutating func connectionToOpen(_ purpose: ConnectionLane.Purpose, others: Int = 0) -> Int? {
    guard let index = self[purpose].connectionToOpen(others: others) else { return nil }
    connections[index].state = .connecting
    return index
  }

  /// The call that has waited longest.
  func firstWaiting(_ purpose: ConnectionLane.Purpose) -> ConnectionLane.Call? { self[purpose].firstWaiting }

  /// Removes and returns the call that has waited longest.
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

  /// The connection is gone.
  mutating func becameClosed(_ index: Int) {
    guard connections[index].state != .closed else { return }
    leaves(index)
    connections[index].state = .closed
    connections[index].answers = 0
    if index >= reserved { self[purpose(of: index)].becameClosed(index) }
  }

  /// A connection that has just become closed could not be opened: it is not to be tried for a while.
  /// - Returns: how many attempts in a row have failed.
  mutating func rests(_ index: Int) -> UInt8 {
    if index >= reserved { self[purpose(of: index)].rests(index) }
    if connections[index].failures < .max { connections[index].failures += 1 }
    return connections[index].failures
  }

  /// A shared connection may be opened again.
  mutating func hasRested(_ index: Int) { self[purpose(of: index)].hasRested(index) }

  /// We are closing the connection: it carries nothing any more and must not be used.
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
