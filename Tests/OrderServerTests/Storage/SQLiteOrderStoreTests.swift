import Foundation
import GRDB
import Shared
import Testing

@testable import OrderServer

@Suite("SQLiteOrderStore")
struct SQLiteOrderStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(
    _ name: String = "orders.db", synchronous: SQLiteLocation.Synchronous = .full, clock: OrderClock = .ticking(),
    patience: Duration = .seconds(120)
  ) throws -> SQLiteOrderStore {
    // A program that another test starts has our locks, too, until it is quite another program: that may take a while.
    try SQLiteOrderStore(SQLiteLocation(path: folder.file(name), synchronous: synchronous), clock: clock, patience: patience)
  }

  @Test(
    "Every commit is synced as it was asked for, and the log is written ahead",
    arguments: zip(SQLiteLocation.Synchronous.allCases, [2, 1, 0]))
  func syncs(synchronous: SQLiteLocation.Synchronous, level: Int) async throws {
    let store = try open(synchronous: synchronous)
    try await store.insert(.sample("a"))
    let found = try await store.pool.writeWithoutTransaction { database in
      (try Int.fetchOne(database, sql: "PRAGMA synchronous"), try String.fetchOne(database, sql: "PRAGMA journal_mode"))
    }
    #expect(found.0 == level)
    #expect(found.1 == "wal")
    try await store.close()
  }

  @Test("Orders that an earlier run left are pending again, in their places, and counted once")
  func recovers() async throws {
    let first = try open()
    for index in 0..<6 { try await first.insert(.sample("o-\(index)")) }
    let taken = try await first.advance(completing: [], taking: 4)
    _ = try await first.advance(completing: Array(taken.prefix(1)), taking: 0)
    let before = try await first.tallies()
    try await first.close()

    let second = try open()
    #expect(try await second.recover() == Recovery(requeued: 3, pending: 5))
    #expect(try await second.order(OrderID("o-1"))?.startedAt == nil)
    #expect(try await second.order(OrderID("o-0"))?.status == .completed)
    let again = try await second.advance(completing: [], taking: 10)
    #expect(again.map(\.id.text) == (1..<6).map { "o-\($0)" })
    _ = try await second.advance(completing: again, taking: 0)
    let after = try await second.tallies()
    #expect(after.total == before.total && after[.completed] == 6)
    #expect(try await second.recover() == Recovery(requeued: 0, pending: 0))
    try await second.close()
  }

  @Test("When the counts began is the same after a restart, as the counts are")
  func keepsItsBeginning() async throws {
    let earliest = Timestamp.ofMachine()
    let first = try open()
    #expect(first.beganAt >= earliest && first.beganAt <= .ofMachine())
    try await first.insert(.sample("a", createdAt: first.beganAt.advanced(by: .seconds(1))))
    let beginning = first.beganAt
    try await first.close()
    for _ in 0..<2 {
      let again = try open()
      #expect(again.beganAt == beginning)
      #expect(try await again.tallies().total == 1)
      try await again.close()
    }
  }

  @Test("The clock goes on after the last stamp, even where the machine's clock was set back meanwhile")
  func clockGoesOn() async throws {
    let first = try open(clock: .ticking(from: 5_000_000))
    try await first.insert(.sample("a", createdAt: Timestamp(microseconds: 9_000_000)))
    try await first.close()
    let clock = OrderClock.ticking(from: 1_000_000)
    let second = try open(clock: clock)
    #expect(clock.now() >= Timestamp(microseconds: 9_000_000))
    try await second.close()
  }

  @Test("Many who ask at once share few commits, and all are answered")
  func sharesCommits() async throws {
    let store = try open()
    let commits = CommitCounter()
    store.pool.add(transactionObserver: commits, extent: .databaseLifetime)
    let writer = await Hold { keep in store.pool.writeWithoutTransaction { _ in keep() } }
    try await askTogether(2_000, letGo: writer.letGo) { index in try await store.insert(.sample("o-\(index)")) }
    #expect(try await store.tallies()[.pending] == 2_000)
    #expect(commits.count > 0 && commits.count < 100, "\(commits.count) commits")
    try await store.close()
  }

  @Test("A full disk refuses what it cannot hold, keeps what was acknowledged, and serves on when there is room")
  func survivesFullDisk() async throws {
    let store = try open()
    try await store.pool.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 3)")
    }
    var accepted: [OrderID] = []
    var refusal: StoreError?
    while refusal == nil {
      let order = Order.sample("o-\(accepted.count)")
      do {
        try await store.insert(order)
        accepted.append(order.id)
      } catch let error as StoreError {
        refusal = error
      }
    }
    #expect(refusal == .unavailable("the disk is full"))
    #expect(!accepted.isEmpty)
    for id in accepted { #expect(try await store.status(of: id) == .pending) }
    #expect(try await store.tallies().total == Int64(accepted.count))
    try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
    try await store.check()
    try await store.insert(.sample("again"))
    #expect(try await store.tallies().total == Int64(accepted.count + 1))
    try await store.close()
  }

  @Test("A file that another program keeps locked is said to be so, and is served again when it is free")
  func waitsForLocks() async throws {
    let store = try open(patience: .milliseconds(50))
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.file("orders.db"), configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    await #expect(throws: StoreError.unavailable("another program keeps the file locked")) { try await store.insert(.sample("a")) }
    #expect(try await store.status(of: OrderID("a")) == nil)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await store.insert(.sample("a"))
    try other.close()
    try await store.close()
  }

  @Test("Pending orders are found by the index of statuses, however many have ended")
  func usesIndex() async throws {
    let store = try open()
    try await store.insert(.sample("a"))
    let plan = try await store.pool.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(OrderSQL.oldestPending)", arguments: [Int64.max, 5])
        .map { $0["detail"] as String }
    }
    #expect(plan.count == 1 && plan.allSatisfy { $0.contains("USING INDEX orders_by_status (status=? AND rowid<?)") }, "\(plan)")
    try await store.close()
  }

  @Test("A closed database is one file again, and one that never held an order is gone")
  func leavesOneFile() async throws {
    let store = try open()
    try await store.insert(.sample("a"))
    _ = try await store.order(OrderID("a"))
    try await store.close()
    #expect(try folder.names() == ["orders.db"])
    let empty = try open("empty.db")
    _ = try await empty.tallies()
    try await empty.close()
    #expect(try folder.names() == ["orders.db"])
  }

  @Test("A file that is no database, a folder, or a path under a file is refused by name, and left as it was")
  func refusesOtherFiles() throws {
    let text = Data("This is a letter to my grandmother, and it is longer than the header of any database that there is.".utf8)
    try text.write(to: URL(filePath: folder.file("letter.txt")))
    try expectRefusal(of: "letter.txt", because: "no SQLite database")
    #expect(try Data(contentsOf: URL(filePath: folder.file("letter.txt"))) == text)
    try expectRefusal(of: "", because: "it is a folder")
    try expectRefusal(of: "nowhere/orders.db", because: "a folder that exists")
    try expectRefusal(of: "letter.txt/orders.db", because: "Not a directory")
    #expect(try folder.names() == ["letter.txt"])
  }

  @Test("A database with an orders table of someone else's is refused, and left as it was")
  func refusesForeignTables() async throws {
    let other = try DatabaseQueue(path: folder.file("shop.db"))
    try await other.write { try $0.execute(sql: "CREATE TABLE orders (x)") }
    try other.close()
    let before = try Data(contentsOf: URL(filePath: folder.file("shop.db")))
    try expectRefusal(of: "shop.db", because: "an orders table that this program did not make")
    #expect(try Data(contentsOf: URL(filePath: folder.file("shop.db"))) == before)
  }

  @Test("A file serves one server at a time, and the next as soon as it is free")
  func servesOne() async throws {
    let first = try open()
    try await first.insert(.sample("a"))
    try expectRefusal(of: "orders.db", because: "another order-server is using it")
    try await first.close()
    let second = try open()
    #expect(try await second.status(of: OrderID("a")) == .pending)
    try await second.close()
  }

  private func expectRefusal(of name: String, because reason: String) throws {
    let error = #expect(throws: StoreOpeningError.self) { try open(name, patience: .milliseconds(50)) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains(folder.file(name)) == true)
  }
}
