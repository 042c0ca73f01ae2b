import GRDB
import Shared
import Testing

@testable import OrderServer

@Suite("Rows that hold what this program never wrote")
struct DamagedRowTests {
  private static let texts = ["X'00ff'"]
  private static let numbers = ["'twelve'", "X'01'", "1.5"]

  /// A column, and what somebody has written into it.
  static let orders: [(column: String, value: String)] =
    [
      ("id", texts), ("user_id", texts), ("item_ids", texts + ["'none'", "'[1]'", "'{}'"]), ("total_amount", ["'much'", "X'01'"]),
      ("status", ["X'01'", "'lost'"]), ("created_at", numbers), ("started_at", numbers), ("ended_at", numbers),
    ].flatMap { column, values in values.map { (column, $0) } }

  private func withStore(_ body: (SQLiteOrderStore, Warnings) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let warnings = Warnings()
    let store = try SQLiteOrderStore(SQLiteLocation(path: folder.file("orders.db")), clock: .ticking()) { warnings.add($0) }
    for id in ["a", "b", "c"] { try await store.insert(.sample(id)) }
    try await body(store, warnings)
    try await store.close()
  }

  @Test("An order's row with a wrong value is refused by its number and column, and all others are served", arguments: orders)
  func refusesOrders(column: String, value: String) async throws {
    try await withStore { store, warnings in
      try await store.pool.write { try $0.execute(sql: "UPDATE orders SET \(column) = \(value) WHERE number = 2") }
      func expectDamage(_ body: () async throws -> Void) async {
        let error = await #expect(throws: StoreError.self) { try await body() }
        guard case .damaged(let what)? = error else {
          Issue.record("\(error.map { "\($0)" } ?? "nothing")")
          return
        }
        #expect(what.contains("row 2 of orders is damaged: \(column) is ") && !what.contains("twelve"), "\(what)")
      }
      await expectDamage { _ = try await store.orders(OrderQuery(limit: 10)) }
      if column != "id" { await expectDamage { _ = try await store.order(OrderID("b")) } }
      if column == "status" { await expectDamage { _ = try await store.status(of: OrderID("b")) } }
      // Asked for in the same breath, and answered all the same.
      async let damaged = try? store.order(OrderID("b"))
      async let other = store.order(OrderID("a"))
      #expect(try await other?.id.text == "a")
      _ = await damaged
      #expect(try await store.tallies().total == 3)
      // The workers need these alone, and pass over what they cannot read.
      let isPassedOver = ["id", "created_at", "status"].contains(column)
      let taken = try await store.advance(completing: [], taking: 10).map(\.id.text)
      #expect(taken == (isPassedOver ? ["a", "c"] : ["a", "b", "c"]))
      try await store.insert(.sample("d"))
      #expect(try await store.advance(completing: [], taking: 1).map(\.id.text) == ["d"])
      let isSaid = isPassedOver && column != "status"
      #expect(warnings.lines.count == (isSaid ? 1 : 0), "\(warnings.lines)")
      if isSaid { #expect(warnings.lines[0].contains("row 2 of orders is damaged: \(column)"), "\(warnings.lines)") }
    }
  }

  @Test("Figures and accounts with a wrong value are refused in the same way")
  func refusesOthers() async throws {
    try await withStore { store, _ in
      let accounts = GroupCommittingAccountStore(file: store.file)
      let account = try #require(try await accounts.register(.sample("a@b.c")))
      for (column, value) in [("name", "X'01'"), ("email", "X'01'"), ("password", "X'01'"), ("password", "'secret'")] {
        let before = try await store.pool.read { try DatabaseValue.fetchOne($0, sql: "SELECT \(column) FROM users") }
        try await store.pool.write { try $0.execute(sql: "UPDATE users SET \(column) = \(value)") }
        let error = await #expect(throws: StoreError.self) {
          _ = column == "email" ? nil : try await accounts.login(email: "a@b.c")
          _ = try await accounts.account(account.id)
        }
        guard case .damaged(let what)? = error else {
          Issue.record("\(error.map { "\($0)" } ?? "nothing")")
          continue
        }
        #expect(what.contains("row 1 of users is damaged: \(column)") && !what.contains("secret"), "\(what)")
        try await store.pool.write { try $0.execute(sql: "UPDATE users SET \(column) = ?", arguments: [before]) }
      }
      #expect(try await accounts.login(email: "a@b.c")?.account == account)
      for column in ["pending", "completed", "processing_time"] {
        try await store.pool.write { try $0.execute(sql: "UPDATE tallies SET \(column) = 'many'") }
        let error = await #expect(throws: StoreError.self) { _ = try await store.tallies() }
        #expect("\(error.map { "\($0)" } ?? "")".contains("the row of tallies is damaged: \(column) is a text"))
        try await store.pool.write { try $0.execute(sql: "UPDATE tallies SET \(column) = 0") }
      }
      try await store.pool.write { try $0.execute(sql: "UPDATE durations SET completion_1000000 = 'many'") }
      let error = await #expect(throws: StoreError.self) { _ = try await store.tallies() }
      #expect("\(error.map { "\($0)" } ?? "")".contains("the row of durations is damaged: completion_1000000 is a text"))
      await accounts.close()
    }
  }
}
