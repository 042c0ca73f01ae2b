import GRDB
import Shared

/// Orders in one SQLite file with a write-ahead log. By default every commit syncs the log before anyone is answered.
///
/// All that is asked for while a commit is under way shares the next one, so the cost of a sync is divided among many orders.
/// Reads share snapshots in the same manner, on connections of their own. They wait for the writer only where the orders that they are
/// about are being moved (`InFlightOrders`).
final class SQLiteOrderStore: OrderStore {
  let file: SQLiteFile
  let beganAt: Timestamp
  private let inFlight: InFlightOrders
  private let shape: Shape
  private let writes: GroupCommitter<StoreRequest<OrderWriter>>
  private let reads: GroupCommitter<StoreRequest<OrderReader>>
  /// Separate, so that nobody who asks for one order waits for somebody who asks for a thousand.
  private let lists: GroupCommitter<StoreRequest<OrderReader>>

  /// Opens the file, or makes it, and keeps it for this program alone until `close()`. Moves the clock beyond the latest stamp in it.
  /// - Parameters:
  ///   - patience: how long to wait for a lock that another program holds on the file.
  ///   - warn: told in one line what the operator should know, now and later.
  /// - Throws: `StoreOpeningError`.
  init(
    _ location: SQLiteLocation, clock: OrderClock, patience: Duration = .seconds(5), warn: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    let file = try SQLiteFile(location, patience: patience, warn: warn)
    let known: (beginning: Timestamp, latest: Timestamp)
    do {
      known = try file.read { (try OrderReader($0).beginning(), try OrderReader($0).latestStamp()) }
    } catch {
      try? file.close(isEmpty: false)
      throw StoreOpeningError(path: location.path, reason: "\(StoreError(database: error))")
    }
    clock.neverBefore(known.latest)
    beganAt = known.beginning
    let (inFlight, shape) = (InFlightOrders(), Shape(warn: warn))
    (self.file, self.inFlight, self.shape) = (file, inFlight, shape)
    writes = GroupCommitter(label: "orders.write") { Self.write($0, to: file, clock: clock, inFlight: inFlight, shape) }
    reads = GroupCommitter(label: "orders.read") { Self.read($0, from: file) }
    lists = GroupCommitter(label: "orders.list") { Self.read($0, from: file) }
  }

  /// For tests, which look at what the file really holds.
  var pool: DatabasePool { file.pool }

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
    return try await lists.submit { try $0.orders(query) }
  }

  func lastNumber() async throws -> Int64? {
    try await reads.submit { try $0.lastNumber() }
  }

  func cancel(_ id: OrderID) async throws -> Order? {
    try await writes.submit { try $0.cancel(id) }
  }

  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] {
    try await writes.submit { writer in
      try writer.end(turn.completing, as: .completed)
      try writer.end(turn.failing, as: .failed)
      return try writer.take(turn.taking, upTo: turn.upTo)
    }
  }

  /// What is counted is what a poll that is sent now may be told, so this waits for the same transactions.
  func tallies() async throws -> Tallies {
    await inFlight.allSettled()
    return try await reads.submit { try $0.tallies() }
  }

  /// Tries a commit, and whether the disk has room for more. After a transaction has failed, for whatever reason, it stores and removes
  /// 64 KiB instead of trying an empty commit.
  func check() async throws {
    if shape.isFailing {
      try await writes.submit { try $0.fillRoom() }
      try await writes.submit { try $0.clearRoom() }
    } else {
      try await writes.submit { $0.touch() }
    }
    let path = file.path
    try await reads.submit { _ in try DiskRoom.check(beside: path) }
  }

  /// A file that was made here and never held an order or an account is removed.
  func close() async throws {
    let isEmpty = try? await reads.submit { try $0.isEmpty() }
    await writes.close()
    await reads.close()
    await lists.close()
    do { try file.close(isEmpty: isEmpty == true) } catch { throw StoreError(database: error) }
  }
}

extension SQLiteOrderStore {
  /// Does all requests in one transaction, which is committed before the first is answered.
  private static func write(
    _ requests: [StoreRequest<OrderWriter>], to file: SQLiteFile, clock: OrderClock, inFlight: InFlightOrders, _ shape: Shape
  ) {
    do {
      let (answers, hasGrown) = try file.write { database in
        let writer = OrderWriter(database, clock: clock, inFlight: inFlight, shape)
        let answers = try requests.map { try $0.perform(writer) }
        try writer.saveTallies()
        return (answers, writer.hasGrown)
      }
      if hasGrown { shape.worked() }
      inFlight.leave()
      for answer in answers { answer(nil) }
    } catch {
      shape.failed()
      inFlight.leave()
      for request in requests { request.refuse(StoreError(database: error)) }
    }
  }

  private static func read(_ requests: [StoreRequest<OrderReader>], from file: SQLiteFile) {
    do {
      let answers = try file.read { database in
        let reader = OrderReader(database)
        return try requests.map { try $0.perform(reader) }
      }
      for answer in answers { answer(nil) }
    } catch {
      for request in requests { request.refuse(StoreError(database: error)) }
    }
  }
}
