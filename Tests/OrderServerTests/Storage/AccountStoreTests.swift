import Foundation
import GRDB
import Testing

@testable import OrderServer

extension StoreKind {
  /// Runs a test against a new, empty store of accounts.
  func withAccounts(_ body: @Sendable (any AccountStore) async throws -> Void) async throws {
    try await withStore { orders in
      let accounts: any AccountStore =
        switch orders {
        case let orders as SQLiteOrderStore: GroupCommittingAccountStore(file: orders.file)
        case let orders as DatabaseOrderStore: GroupCommittingAccountStore(pool: orders.pool, orders.statements)
        default: MemoryAccountStore()
        }
      do {
        try await body(accounts)
      } catch {
        await accounts.close()
        throw error
      }
      await accounts.close()
    }
  }
}

extension Registration {
  static func sample(_ email: String) throws -> Registration {
    Registration(name: "Jö", email: email, password: try PasswordHash("password", cost: .cheap), createdAt: Timestamp(microseconds: 7))
  }
}

extension Rotation {
  var isRotated: Bool { if case .rotated = self { true } else { false } }
}

@Suite("AccountStore, in every kind")
struct AccountStoreTests {
  private static func token(_ text: String, until time: Int64 = 1_000) -> RefreshToken {
    RefreshToken(text: text, expiresAt: Timestamp(microseconds: time))
  }

  private static let now = Timestamp(microseconds: 10)

  @Test("What was registered is found by id and by email, in whatever case, and nothing else is", arguments: StoreKind.all)
  func registers(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      let registration = try Registration.sample("Ann@Example.org")
      let account = try #require(try await store.register(registration))
      #expect(account == Account(id: account.id, name: "Jö", email: "Ann@Example.org") && account.id > 0)
      #expect(try await store.account(account.id) == account)
      for email in ["Ann@Example.org", "ann@example.org", "ANN@EXAMPLE.ORG"] {
        let found = try #require(try await store.login(email: email))
        #expect(found.account == account && found.password == registration.password)
      }
      #expect(try await store.login(email: "bob@example.org") == nil)
      for id in [account.id + 1, 0, -1, .max, .min] { #expect(try await store.account(id) == nil) }
    }
  }

  @Test("Of many who want one email at once, in any case, one gets it", arguments: StoreKind.all)
  func emailsAreUnique(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      let registered = try await withThrowingTaskGroup(of: Account?.self) { group in
        for index in 0..<60 {
          let email = index.isMultiple(of: 2) ? "own-\(index)@example.org" : index % 4 == 1 ? "same@example.org" : "SAME@example.org"
          group.addTask { try await store.register(.sample(email)) }
        }
        return try await group.reduce(into: [Account]()) { if let account = $1 { $0.append(account) } }
      }
      #expect(registered.count == 31 && Set(registered.map(\.id)).count == 31)
    }
  }

  @Test("A token is rotated once; when it comes again its whole line is forgotten, and other lines are not", arguments: StoreKind.all)
  func rotates(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      let account = try #require(try await store.register(.sample("a@b.c")))
      try await store.add(Self.token("1"), for: account.id, at: Self.now)
      try await store.add(Self.token("other"), for: account.id, at: Self.now)
      #expect(try await store.rotate(RefreshToken.hash(of: "1"), to: Self.token("2"), at: Self.now) == .rotated(account))
      #expect(try await store.rotate(RefreshToken.hash(of: "2"), to: Self.token("3"), at: Self.now) == .rotated(account))
      #expect(try await store.rotate(RefreshToken.hash(of: "1"), to: Self.token("4"), at: Self.now) == .replayed)
      for text in ["1", "2", "3", "4", "never"] {
        #expect(try await store.rotate(RefreshToken.hash(of: text), to: Self.token("5"), at: Self.now) == .unknown, "\(text)")
      }
      #expect(try await store.rotate(RefreshToken.hash(of: "other"), to: Self.token("6"), at: Self.now) == .rotated(account))
    }
  }

  @Test("Of many who come with one token at once, one is served", arguments: StoreKind.all)
  func rotatesOnce(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      let account = try #require(try await store.register(.sample("a@b.c")))
      try await store.add(Self.token("1"), for: account.id, at: Self.now)
      let served = try await withThrowingTaskGroup(of: Rotation.self) { group in
        for index in 0..<50 {
          group.addTask { try await store.rotate(RefreshToken.hash(of: "1"), to: Self.token("next-\(index)"), at: Self.now) }
        }
        return try await group.reduce(0) { $0 + ($1.isRotated ? 1 : 0) }
      }
      #expect(served == 1)
    }
  }

  @Test("A token is good until it expires, and not at that time", arguments: StoreKind.all)
  func expires(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      let account = try #require(try await store.register(.sample("a@b.c")))
      for text in ["1", "2"] { try await store.add(Self.token(text, until: 100), for: account.id, at: Self.now) }
      #expect(try await store.rotate(RefreshToken.hash(of: "1"), to: Self.token("3"), at: Timestamp(microseconds: 99)).isRotated)
      #expect(try await store.rotate(RefreshToken.hash(of: "2"), to: Self.token("4"), at: Timestamp(microseconds: 100)) == .unknown)
      // A new login forgets what has expired, and nothing else.
      try await store.add(Self.token("5"), for: account.id, at: Timestamp(microseconds: 100))
      #expect(try await store.rotate(RefreshToken.hash(of: "3"), to: Self.token("6"), at: Timestamp(microseconds: 101)).isRotated)
    }
  }

  @Test("A closed store refuses everything by name", arguments: StoreKind.all)
  func refusesWhenClosed(kind: StoreKind) async throws {
    try await kind.withAccounts { store in
      await store.close()
      await #expect(throws: StoreError.closed) { _ = try await store.register(.sample("a@b.c")) }
      await #expect(throws: StoreError.closed) { _ = try await store.login(email: "a@b.c") }
      await #expect(throws: StoreError.closed) { _ = try await store.account(1) }
      await #expect(throws: StoreError.closed) { try await store.add(Self.token("1"), for: 1, at: Self.now) }
      await #expect(throws: StoreError.closed) { _ = try await store.rotate([], to: Self.token("1"), at: Self.now) }
    }
  }
}

@Suite("Accounts in SQLite")
struct SQLiteAccountsTests {
  @Test("Accounts and tokens outlive the program, and a file with accounts is kept even where it has no order")
  func survives() async throws {
    let folder = try TemporaryFolder()
    func withAccounts<Result>(_ body: (any AccountStore) async throws -> Result) async throws -> Result {
      let orders = try SQLiteOrderStore(SQLiteLocation(path: folder.file("orders.db")), clock: .ticking())
      let accounts = GroupCommittingAccountStore(file: orders.file)
      let result = try await body(accounts)
      await accounts.close()
      try await orders.close()
      return result
    }
    let account = try await withAccounts { store in
      let account = try #require(try await store.register(.sample("a@b.c")))
      try await store.add(
        RefreshToken(text: "1", expiresAt: Timestamp(microseconds: 99)), for: account.id, at: Timestamp(microseconds: 1))
      return account
    }
    try await withAccounts { store async throws in
      #expect(try await store.login(email: "A@B.C")?.account == account)
      let next = RefreshToken(text: "2", expiresAt: Timestamp(microseconds: 99))
      #expect(try await store.rotate(RefreshToken.hash(of: "1"), to: next, at: Timestamp(microseconds: 2)) == .rotated(account))
    }
  }

  @Test("Emails are found by an index, and the file holds neither password nor token")
  func holdsNoSecret() async throws {
    let folder = try TemporaryFolder()
    let orders = try SQLiteOrderStore(SQLiteLocation(path: folder.file("orders.db")), clock: .ticking())
    let store = GroupCommittingAccountStore(file: orders.file)
    let hash = try PasswordHash("hunter2-hunter2", cost: .cheap)
    let registration = Registration(name: "Ann", email: "a@b.c", password: hash, createdAt: Timestamp(microseconds: 1))
    let account = try #require(try await store.register(registration))
    try await store.add(
      RefreshToken(text: "refresh-secret", expiresAt: Timestamp(microseconds: 9)), for: account.id, at: Timestamp(microseconds: 1))
    let plan = try await orders.pool.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN SELECT id FROM users WHERE email = 'a@b.c'").map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("users_email") }, "\(plan)")
    try await orders.insert(.sample("a"))
    await store.close()
    try await orders.close()
    for name in try folder.names() {
      let bytes = try Data(contentsOf: URL(filePath: folder.file(name)))
      for secret in ["hunter2", "refresh-secret"] { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)") }
    }
  }
}
