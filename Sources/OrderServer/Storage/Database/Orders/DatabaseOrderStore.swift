import Shared
import Synchronization

/// Orders in the database of a separate server, which several order-servers may share.
///
/// All that is asked for while a transaction is under way shares the next one, so the cost of a commit is divided among many orders.
/// New orders go over connections of their own, in several transactions at a time; changes of status go in one transaction after another.
/// While the database is away everything throws `StoreError.unavailable`. Nothing needs to be done when it is back.
final class DatabaseOrderStore: OrderStore {
  /// Other servers accept orders too, and may leave some behind when they stop.
  let lookInterval: Duration? = .milliseconds(50)

  let beganAt: Timestamp
  let pool: ConnectionPool
  let statements: Statements
  private let leaseLength: Duration
  private let insertions: GroupCommitter<Insertion>
  private let transitions: GroupCommitter<StoreRequest<OrderTransitions>>
  private let statuses: GroupCommitter<StatusQuestion>
  private let reads: GroupCommitter<StoreRequest<DatabaseOrderReader>>
  /// Separate, so that nobody who asks for one order waits for somebody who asks for a thousand.
  private let lists: GroupCommitter<StoreRequest<DatabaseOrderReader>>
  private let heartbeat = Mutex<Task<Void, Never>?>(nil)

  /// Makes the tables, or brings those of an earlier version up to date, and sets the clock by the database's. Blocks the thread.
  /// - Parameters:
  ///   - connections: how many connections there may be at most.
  ///   - leaseLength: after how long without a sign of life other servers take over this one's orders.
  /// - Throws: `StoreOpeningError`.
  init(_ location: DatabaseLocation, clock: OrderClock, connections: Int = 8, leaseLength: Duration = .seconds(5)) throws {
    let statements = Statements(for: location.kind)
    let pool = ConnectionPool(limit: connections) { try location.connect(patience: leaseLength) }
    self.statements = statements
    self.pool = pool
    self.leaseLength = leaseLength
    let known: (id: Int64, beginning: Timestamp)
    do {
      known = try pool.withConnection { connection in
        try Migrations(statements: statements).perform(on: connection)
        try Self.set(clock, by: connection, statements)
        let beginning = try DatabaseOrderReader(connection: connection).beginning()
        return (try statements.insertServer(over: connection, leaseLength), beginning)
      }
    } catch let failure as SQLFailure {
      pool.close()
      throw StoreOpeningError(path: location.url, reason: failure.reason)
    }
    beganAt = known.beginning
    let work = DatabaseWork(pool: pool, statements: statements, clock: clock, lease: ServerLease(id: known.id, length: leaseLength))
    insertions = GroupCommitter(label: "orders.insert", lanes: 2, perform: work.insert)
    transitions = GroupCommitter(label: "orders.move", perform: work.move)
    statuses = GroupCommitter(label: "orders.status", lanes: 2, perform: work.readStatuses)
    reads = GroupCommitter(label: "orders.read", perform: work.read)
    lists = GroupCommitter(label: "orders.list", perform: work.read)
  }

  /// All servers stamp by one clock: the database's, as closely as it can be read.
  private static func set(_ clock: OrderClock, by connection: any SQLConnection, _ statements: Statements) throws {
    for _ in 0..<2 {
      // The first round only prepares the statement.
      let asked = ContinuousClock.now
      let told = try connection.execute("SELECT \(statements.now)").rows.first?.integer(0) ?? 0
      clock.set(to: Timestamp(microseconds: told).advanced(by: (ContinuousClock.now - asked) / 2))
    }
    clock.neverBefore(try DatabaseOrderReader(connection: connection).latestStamp())
  }

  /// Begins to give signs of life. Orders that other servers process stay theirs; those of dead servers become pending again when their
  /// leases have run out.
  func recover() async throws -> Recovery {
    let interval = leaseLength / 3
    let transitions = transitions
    heartbeat.withLock { task in
      task = Task {
        while !Task.isCancelled {
          // While the database is away, all that can be done is to try again.
          try? await transitions.submit { try $0.keepAlive() }
          try? await Task.sleep(for: interval)
        }
      }
    }
    return Recovery(requeued: 0, pending: Int(clamping: try await tallies()[.pending]))
  }

  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = insertions.add(Insertion(order: order, key: key) { continuation.resume(with: $0) })
      if !isTaken { continuation.resume(throwing: StoreError.closed) }
    }
  }

  func order(_ id: OrderID) async throws -> Order? {
    try await reads.submit { try $0.order(id) }
  }

  func status(of id: OrderID) async throws -> OrderStatus? {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = statuses.add(StatusQuestion(id: id) { continuation.resume(with: $0) })
      if !isTaken { continuation.resume(throwing: StoreError.closed) }
    }
  }

  func orders(_ query: OrderQuery) async throws -> OrderPage {
    try await lists.submit { try $0.orders(query) }
  }

  func lastNumber() async throws -> Int64? {
    try await reads.submit { try $0.lastNumber() }
  }

  func cancel(_ id: OrderID) async throws -> Order? {
    try await transitions.submit { try $0.cancel(id) }
  }

  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] {
    try await transitions.submit { transitions in
      try transitions.end(turn.completing, as: .completed)
      try transitions.end(turn.failing, as: .failed)
      return try transitions.take(turn.taking, upTo: turn.upTo)
    }
  }

  func tallies() async throws -> Tallies {
    try await reads.submit { try $0.tallies() }
  }

  func check() async throws {
    try await transitions.submit { try $0.keepAlive() }
  }

  /// Leaves the orders that are being processed to other servers, or to the next start.
  func close() async throws {
    heartbeat.withLock { task in
      task?.cancel()
      task = nil
    }
    try? await transitions.submit { try $0.leave() }
    await insertions.close()
    await transitions.close()
    await statuses.close()
    await reads.close()
    await lists.close()
    pool.close()
  }
}
