import GRDB
import Shared

/// Orders in one SQLite file: write-ahead log, and a sync of the file in every commit before anyone is answered.
///
/// All that is asked for while a commit is under way shares the next one, so the cost of a sync is divided among many orders.
/// Reads share snapshots in the same manner, on a connection of their own, and never wait for the writer.
final class SQLiteOrderStore: OrderStore {
  /// Visible to tests, which look at what the file really holds.
  let pool: DatabasePool
  private let lock: FileLock
  private let inFlight: InFlightOrders
  private let writes: Gatherer<StoreRequest<OrderWriter>>
  private let reads: Gatherer<StoreRequest<OrderReader>>

  /// Opens the file, or makes it, and keeps it for this program alone until `close()`.
  /// - Parameter patience: how long a lock that another program holds on the file is waited for.
  /// - Throws: `StoreOpeningError`.
  init(_ location: SQLiteLocation, clock: OrderClock, patience: Duration = .seconds(5)) throws {
    let path = location.path
    lock = try FileLock(path: path, patience: patience)
    do {
      pool = try Self.open(location, patience: patience)
      let latest = try pool.read { try OrderReader($0).latestStamp() }
      clock.neverBefore(latest)
    } catch let error as DatabaseError {
      lock.abandon()
      throw StoreOpeningError(path: path, reason: error.openingReason)
    }
    let inFlight = InFlightOrders()
    self.inFlight = inFlight
    writes = Gatherer(label: "orders.write") { [pool] in Self.write($0, to: pool, clock: clock, inFlight: inFlight) }
    reads = Gatherer(label: "orders.read") { [pool] in Self.read($0, from: pool) }
  }

  func recover() async throws -> Recovery {
    try await writes.submit { try $0.recover() }
  }

  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID {
    let items = order.itemsText
    return try await writes.submit { try $0.insert(order, items: items, under: key) }
  }

  func order(_ id: OrderID) async throws -> Order? {
    await inFlight.settled(id)
    return try await reads.submit { try $0.order(id) }
  }

  func status(of id: OrderID) async throws -> OrderStatus? {
    await inFlight.settled(id)
    return try await reads.submit { try $0.status(of: id) }
  }

  func orders(_ query: OrderQuery) async throws -> OrderPage {
    await inFlight.allSettled()
    return try await reads.submit { try $0.orders(query) }
  }

  func lastNumber() async throws -> Int64? {
    try await reads.submit { try $0.lastNumber() }
  }

  func cancel(_ id: OrderID) async throws -> Order? {
    try await writes.submit { try $0.cancel(id) }
  }

  func advance(_ turn: WorkerTurn) async throws -> [TakenOrder] {
    try await writes.submit { writer in
      try writer.end(turn.completing, as: .completed)
      try writer.end(turn.failing, as: .failed)
      return try writer.take(turn.taking, upTo: turn.upTo)
    }
  }

  func tallies() async throws -> Tallies {
    try await reads.submit { try $0.tallies() }
  }

  func check() async throws {
    try await writes.submit { $0.touch() }
  }

  /// A file that was made here and never held an order or an account is not left behind.
  func close() async throws {
    let isEmpty = try? await reads.submit { try $0.isEmpty() }
    await writes.close()
    await reads.close()
    do {
      // Readers first: the last connection to go must be one that can write the log back into the file.
      pool.releaseMemory()
      try pool.close()
    } catch {
      throw StoreError(database: error)
    }
    if isEmpty == true { lock.abandon() } else { lock.release() }
  }
}

extension SQLiteOrderStore {
  /// One transaction for all of them: committed and on disk before the first is answered.
  private static func write(
    _ requests: [StoreRequest<OrderWriter>], to pool: DatabasePool, clock: OrderClock, inFlight: InFlightOrders
  ) {
    do {
      let answers = try pool.write { database in
        let writer = OrderWriter(database, clock: clock, inFlight: inFlight)
        let answers = try requests.map { try $0.perform(writer) }
        try writer.saveTallies()
        return answers
      }
      inFlight.leave()
      for answer in answers { answer(nil) }
    } catch {
      inFlight.leave()
      for request in requests { request.refuse(StoreError(database: error)) }
    }
  }

  private static func read(_ requests: [StoreRequest<OrderReader>], from pool: DatabasePool) {
    do {
      let answers = try pool.read { database in
        let reader = OrderReader(database)
        return try requests.map { try $0.perform(reader) }
      }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(StoreError(database: error)) }
    }
  }
}
