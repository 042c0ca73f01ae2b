import Shared
import Testing

@testable import OrderServer

@Suite("DatabaseOrderStore, on every kind of database")
struct DatabaseOrderStoreTests {
  @Test("Where CI says that all is there, all kinds of databases are tested")
  func allAreThere() {
    if Environment.isCI { #expect(StoreKind.databases.count == DatabaseKind.allCases.count, "build with --traits PostgreSQL,MySQL") }
  }

  @Test("Whatever an order may hold is read back as it was", arguments: StoreKind.all)
  func readsBackOddities(kind: StoreKind) async throws {
    let texts = [
      "a", "\"", "\\", "\\\"", "'", "ü", "日本", "👩‍🚀", "a ", " a", "{", "[]", "NULL", "null", "%s", "?", "$1", "\u{FEFF}", "\u{2028}",
    ]
    let amounts: [Double] = [0, 0.1, 0.1 + 0.2, 1e-7, .leastNonzeroMagnitude, 123_456_789.123_456_78, 1e12, .pi, 1 / 3, -0.0]
    try await kind.withStore { store in
      // Together, so that they share a transaction, and one by one.
      for round in ["many", "one"] {
        let orders = texts.enumerated().map { index, text in
          Order(
            id: OrderID("\(round)-\(index)"), userID: text, itemIDs: [text, "x", text + text], totalAmount: amounts[index % amounts.count],
            createdAt: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(index)))
        }
        if round == "one" {
          for order in orders { try await store.insert(order) }
        } else {
          try await withThrowingTaskGroup(of: Void.self) { group in
            for order in orders { group.addTask { try await store.insert(order) } }
            try await group.waitForAll()
          }
        }
        for order in orders {
          #expect(try await store.order(order.id) == order)
          // The list is by the very same text, and not by one that looks alike.
          let own = try await store.orders(OrderQuery(userID: order.userID, limit: 100)).orders
          #expect(own.map(\.userID).allSatisfy { $0 == order.userID } && own.contains(order))
        }
      }
    }
  }

  @Test("Ten thousand who come at once are all let in, and counted", arguments: StoreKind.all)
  func manyAtOnce(kind: StoreKind) async throws {
    try await kind.withStore { store in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<10_000 { group.addTask { try await store.insert(.sample("o-\(index)")) } }
        try await group.waitForAll()
      }
      #expect(try await store.tallies()[.pending] == 10_000)
      var numbers: Set<Int64> = []
      while true {
        let taken = try await store.advance(completing: [], taking: 1_000)
        if taken.isEmpty { break }
        numbers.formUnion(taken.map(\.number))
      }
      #expect(numbers.count == 10_000)
    }
  }

  @Test("Many who ask at once share few commits", arguments: StoreKind.databases)
  func sharesCommits(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      // One connection: it can be held, and its session knows of no commits but this store's, whatever other tests do on the server.
      let store = try DatabaseOrderStore(location, clock: .ticking(), connections: 1, leaseLength: StoreKind.longLease)
      let before = try Self.commits(kind, store)
      let connection = await Hold { keep in try store.pool.withConnection { _ in keep() } }
      try await askTogether(2_000, letGo: connection.letGo) { index in try await store.insert(.sample("o-\(index)")) }
      let commits = try Self.commits(kind, store) - before
      #expect(commits > 0 && commits < 100, "\(commits) commits")
      try await store.close()
    }
  }

  /// How many transactions have put orders into this database, or have been committed in the session that asks.
  private static func commits(_ kind: StoreKind, _ store: DatabaseOrderStore) throws -> Int64 {
    try store.pool.withConnection { connection in
      let question =
        kind == .postgreSQL ? "SELECT 0, count(DISTINCT xmin::text) FROM orders" : "SHOW SESSION STATUS LIKE 'Com_commit'"
      return try connection.execute(question).rows.first?.integer(1) ?? 0
    }
  }

  @Test("There are never more connections than were allowed, and one is enough", arguments: StoreKind.databases)
  func boundsConnections(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      let store = try DatabaseOrderStore(location, clock: .ticking(), connections: 1, leaseLength: StoreKind.longLease)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<200 {
          group.addTask {
            try await store.insert(.sample("o-\(index)"))
            _ = try await store.status(of: OrderID("o-\(index)"))
            _ = try await store.advance(completing: [], taking: 1)
            _ = try await store.tallies()
          }
        }
        try await group.waitForAll()
      }
      let question =
        kind == .postgreSQL
        ? "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(location.database)' AND backend_type = 'client backend'"
        : "SELECT count(*) FROM information_schema.processlist WHERE db = '\(location.database)'"
      #expect(try store.pool.withConnection { try $0.execute(question).rows.first?.integer(0) } == 1)
      try await store.close()
    }
  }

  @Test("What loses its connection before it is committed is done again on another, and done once", arguments: StoreKind.databases)
  func repeatsWhatWasLost(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      let pool = ConnectionPool(limit: 1) { try location.connect() }
      defer { pool.close() }
      try pool.withConnection { try $0.run("CREATE TABLE marks (mark INTEGER)") }
      var tries = 0
      try pool.transaction { connection in
        tries += 1
        try connection.run("INSERT INTO marks (mark) VALUES (\(tries))")
        // As the server does with a session that stands still for too long in a transaction.
        if tries < 4 { try connection.run(kind == .postgreSQL ? "SELECT pg_terminate_backend(pg_backend_pid())" : "KILL CONNECTION_ID()") }
        _ = try connection.execute("SELECT 1")
      }
      #expect(tries == 4)
      #expect(try pool.withConnection { try $0.execute("SELECT count(*), max(mark) FROM marks").rows.first?.columns } == ["1", "4"])
    }
  }

  @Test(
    "What is being processed when a server stops is pending for the next, in its place, and counted once", arguments: StoreKind.databases)
  func recovers(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      let first = try DatabaseOrderStore(location, clock: .ticking(), leaseLength: StoreKind.longLease)
      for index in 0..<6 { try await first.insert(.sample("o-\(index)")) }
      let taken = try await first.advance(completing: [], taking: 4)
      _ = try await first.advance(completing: Array(taken.prefix(1)), taking: 0)
      try await first.close()

      let clock = OrderClock.ticking()
      let second = try DatabaseOrderStore(location, clock: clock, leaseLength: StoreKind.longLease)
      #expect(try await second.recover().pending == 5)
      #expect(try await second.order(OrderID("o-1"))?.startedAt == nil)
      let ended = try #require(try await second.order(OrderID("o-0"))?.completedAt)
      #expect(clock.now() > ended)
      let again = try await second.advance(completing: [], taking: 10)
      #expect(again.map(\.id.text) == (1..<6).map { "o-\($0)" })
      _ = try await second.advance(completing: again, taking: 0)
      let tallies = try await second.tallies()
      #expect(tallies.total == 6 && tallies[.completed] == 6)
      try await second.close()
    }
  }

  @Test(
    "A database that cannot be reached, or is not ours, is refused with its reason, and without a password", arguments: StoreKind.databases)
  func refuses(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    let away = try DatabaseLocation(database, text: "\(database.schemes[0])://nobody:s3cret@127.0.0.1:1/orders")
    let error = #expect(throws: StoreOpeningError.self) { _ = try DatabaseOrderStore(away, clock: .ticking()) }
    #expect(error?.description.contains("s3cret") == false && error?.description.contains("127.0.0.1") == true)
    try await DatabaseServer.of(database).withDatabase { location in
      let connection = try location.connect()
      try connection.run("CREATE TABLE orders (id INTEGER)")
      connection.close()
      let error = #expect(throws: StoreOpeningError.self) { _ = try DatabaseOrderStore(location, clock: .ticking()) }
      #expect(error?.reason.contains("did not make") == true)
    }
  }

  @Test(
    "Tables of an earlier version are brought up to date with all that is in them; those of a later one are refused",
    arguments: StoreKind.databases)
  func migrates(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      let connection = try location.connect()
      let migrations = Migrations(statements: Statements(for: database))
      try migrations.perform(on: connection, upTo: 1)
      try connection.run(
        """
        INSERT INTO orders (id, user_id, item_ids, total_amount, status, created_at) VALUES ('old', 'u', '["a"]', 1.5, 'pending', 17)
        """)
      try connection.run(
        """
        INSERT INTO orders (id, user_id, item_ids, total_amount, status, created_at, started_at, ended_at)
        VALUES ('done', 'u', '["a"]', 1, 'completed', 17, 40017, 45018), ('off', 'u', '["a"]', 1, 'cancelled', 17, NULL, 20)
        """)
      try connection.run("UPDATE tallies SET pending = 1, completed = 1, cancelled = 1, processing_time = 5001 WHERE place = 0")
      let store = try DatabaseOrderStore(location, clock: .ticking(), leaseLength: StoreKind.longLease)
      #expect(try await store.order(OrderID("old"))?.totalAmount == 1.5)
      #expect(store.beganAt == Timestamp(microseconds: 17), "when the first order came")
      let tallies = try await store.tallies()
      #expect(tallies.total == 3 && tallies.processing.sum == 5_001)
      #expect(tallies.processing.counts == Array([0] + [Int64](repeating: 1, count: 12)), "5,001 us are above the limit of 5 ms")
      #expect(tallies.completion.counts == Array([0, 0, 0] + [Int64](repeating: 1, count: 10)), "45,001 us")
      let accounts = GroupCommittingAccountStore(pool: store.pool, store.statements)
      #expect(try await accounts.register(.sample("ann@example.org")) != nil)
      await accounts.close()
      try await store.close()
      // A second opening finds nothing to do.
      try await DatabaseOrderStore(location, clock: .ticking(), leaseLength: StoreKind.longLease).close()
      try connection.run("INSERT INTO schema_versions (version) VALUES (99)")
      let error = #expect(throws: StoreOpeningError.self) { _ = try DatabaseOrderStore(location, clock: .ticking()) }
      #expect(error?.reason.contains("newer version") == true && error?.reason.contains("99") == true)
      connection.close()
    }
  }

  @Test("Servers that start on an empty database at the same time all get tables", arguments: StoreKind.databases)
  func migratesTogether(kind: StoreKind) async throws {
    let database = try #require(kind.database)
    try await DatabaseServer.of(database).withDatabase { location in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<4 {
          group.addTask {
            let store = try DatabaseOrderStore(location, clock: .ticking(), leaseLength: StoreKind.longLease)
            try await store.insert(.sample("o-\(index)"))
            try await store.close()
          }
        }
        try await group.waitForAll()
      }
      let store = try DatabaseOrderStore(location, clock: .ticking(), leaseLength: StoreKind.longLease)
      #expect(try await store.tallies()[.pending] == 4)
      try await store.close()
    }
  }
}
