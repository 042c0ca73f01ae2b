import NIOCore
import Shared
import Testing

@testable import OrderServer

@Suite("AccountService")
struct AccountServiceTests {
  private let hand = HandClock()
  private let store = MemoryAccountStore()
  private let hasher = PasswordHasher(cost: .cheap)

  private func service(_ settings: AccountSettings = AccountSettings(loginRateLimit: nil), secret: Secret = .random()) async
    -> AccountService
  {
    await AccountService(store: store, settings: settings, secret: secret, clock: hand.clock, hasher: hasher)
  }

  @Test("Who has registered can log in, and is known by the token")
  func logsIn() async throws {
    let service = await service()
    let account = try await service.register(name: "Ann", email: "Ann@Example.org", password: "correct horse", caller: .none)
    #expect(account.name == "Ann" && account.email == "Ann@Example.org")
    let pair = try await service.login(email: "ann@example.org", password: "correct horse", caller: .none)
    #expect(try await service.account(bearer: pair.accessToken) == account)
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: nil) }
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: pair.refreshToken) }
  }

  @Test("A registration that breaks rules names each field, and repeats no password")
  func validates() async throws {
    let service = await service()
    let error = await #expect(throws: AccountError.self) {
      try await service.register(name: " ", email: "nobody", password: "hunter2", caller: .none)
    }
    guard case .invalid(let violations) = error else { throw try #require(error) }
    #expect(violations.map(\.field) == ["name", "email", "password"])
    #expect(!"\(violations)".contains("hunter2"))
    #expect(hasher.derivations == 0)
  }

  @Test(
    "An email is NAME@DOMAIN in visible ASCII",
    arguments: [
      ("a@b", true), ("a.b+c@d.e", true), ("a@", false), ("@b", false), ("a@b@c", false), ("a b@c", false), ("jö@b.c", false), ("", false),
    ])
  func emails(email: String, isRight: Bool) {
    #expect((AccountRules.check(email: email) == nil) == isRight)
  }

  @Test("Names, emails and passwords have limits at both ends, exactly")
  func limits() {
    #expect(AccountRules.check(name: String(repeating: "n", count: 100)) == nil)
    #expect(AccountRules.check(name: String(repeating: "n", count: 101)) != nil)
    #expect(AccountRules.check(name: "a\u{7}b") != nil)
    let domain = "@" + String(repeating: "d", count: 250)
    #expect(AccountRules.check(email: "abc" + domain) == nil && AccountRules.check(email: "abcd" + domain) != nil)
    for (length, isRight) in [(0, false), (7, false), (8, true), (256, true), (257, false)] {
      #expect((AccountRules.check(password: String(repeating: "p", count: length)) == nil) == isRight)
    }
  }

  @Test("A taken email is refused, in whatever case, without working on the password")
  func taken() async throws {
    let service = await service()
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse", caller: .none)
    await #expect(throws: AccountError.emailTaken) {
      try await service.register(name: "Bob", email: "A@B.C", password: "correct horse", caller: .none)
    }
    #expect(hasher.derivations == 1)
  }

  @Test("An unknown email costs what a wrong password costs, and both are told the same")
  func tellsNothing() async throws {
    let service = await service()
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse", caller: .none)
    let tries = [
      ("a@b.c", "wrong horse"), ("x@b.c", "correct horse"), ("a@b.c", ""), ("", ""), ("no email", "correct horse"),
      (String(repeating: "x", count: 50_000), "correct horse"),
    ]
    for (index, (email, password)) in tries.enumerated() {
      await #expect(throws: AccountError.wrongCredentials) { try await service.login(email: email, password: password, caller: .none) }
      #expect(hasher.derivations == index + 2)
    }
  }

  @Test("A refresh token buys one new pair; shown again, it ends all that followed from its login")
  func refreshes() async throws {
    let service = await service()
    let account = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse", caller: .none)
    let first = try await service.login(email: "a@b.c", password: "correct horse", caller: .none)
    let elsewhere = try await service.login(email: "a@b.c", password: "correct horse", caller: .none)
    let second = try await service.refresh(first.refreshToken)
    #expect(try await service.account(bearer: second.accessToken) == account)
    #expect(second.refreshToken != first.refreshToken && second.accessToken != first.accessToken)
    await #expect(throws: AccountError.invalidToken) { try await service.refresh(first.refreshToken) }
    await #expect(throws: AccountError.invalidToken) { try await service.refresh(second.refreshToken) }
    _ = try await service.refresh(elsewhere.refreshToken)
    await #expect(throws: AccountError.invalidToken) { try await service.refresh(first.accessToken) }
    await #expect(throws: AccountError.invalidToken) { try await service.refresh("") }
  }

  @Test("Tokens are good for 15 minutes and 7 days, unless other times are set")
  func lifetimes() async throws {
    let service = await service()
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse", caller: .none)
    let pair = try await service.login(email: "a@b.c", password: "correct horse", caller: .none)
    let idle = try await service.login(email: "a@b.c", password: "correct horse", caller: .none)
    // The second in which a token is made counts from its beginning.
    hand.advance(by: .seconds(15 * 60 - 1))
    _ = try await service.account(bearer: pair.accessToken)
    hand.advance(by: .seconds(1))
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: pair.accessToken) }
    hand.advance(by: .seconds(7 * 86_400 - 15 * 60 - 1))
    let renewed = try await service.refresh(pair.refreshToken)
    hand.advance(by: .seconds(1))
    await #expect(throws: AccountError.invalidToken) { try await service.refresh(idle.refreshToken) }
    _ = try await service.refresh(renewed.refreshToken)
  }

  @Test("A token for an account that the store does not have is refused")
  func unknownAccount() async throws {
    let secret = Secret.random()
    let service = await service(secret: secret)
    let clock = hand.clock
    let token = try await AccessTokens(secret: secret, lifetime: .seconds(60)) { clock.now() }.make(for: 5)
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: token) }
  }

  private static let here = CallerKey(try? SocketAddress(ipAddress: "10.0.0.1", port: 1))
  private static let elsewhere = CallerKey(try? SocketAddress(ipAddress: "10.0.0.2", port: 1))

  private func logIn(_ email: String, right: Bool, from caller: CallerKey, to service: AccountService) async throws {
    _ = try await service.login(email: email, password: right ? "correct horse" : "wrong horse", caller: caller)
  }

  @Test("After a burst of wrong logins an address has to wait, for whatever email; nobody else has to, nor who was let in there before")
  func limitsLogins() async throws {
    let service = await service(AccountSettings())
    for name in ["ann", "bob"] {
      _ = try await service.register(name: name, email: "\(name)@b.c", password: "correct horse", caller: .none)
    }
    // Right ones cost nothing.
    for _ in 0..<30 { try await logIn("ann@b.c", right: true, from: Self.here, to: service) }
    for index in 0..<10 {
      await #expect(throws: AccountError.wrongCredentials) {
        try await logIn(index % 2 == 0 ? "bob@b.c" : "\(index)@b.c", right: false, from: Self.here, to: service)
      }
    }
    let worked = hasher.derivations
    for email in ["bob@b.c", "BOB@b.c", "nobody@b.c", "no email", ""] {
      for right in [false, true] {
        await #expect(throws: AccountError.tooManyLogins(retryAfter: .seconds(6))) {
          try await logIn(email, right: right, from: Self.here, to: service)
        }
      }
    }
    #expect(hasher.derivations == worked)
    for _ in 0..<30 {
      try await logIn("bob@b.c", right: true, from: Self.elsewhere, to: service)
      try await logIn("Ann@b.c", right: true, from: Self.here, to: service)
    }
    // Who was let in has a limit of her own there.
    for _ in 0..<10 {
      await #expect(throws: AccountError.wrongCredentials) { try await logIn("ann@b.c", right: false, from: Self.here, to: service) }
    }
    await #expect(throws: AccountError.tooManyLogins(retryAfter: .seconds(6))) {
      try await logIn("ann@b.c", right: true, from: Self.here, to: service)
    }
    hand.advance(by: .seconds(6))
    try await logIn("bob@b.c", right: true, from: Self.here, to: service)
    try await logIn("ann@b.c", right: true, from: Self.here, to: service)
  }

  @Test("A login that finds the server too busy uses no try up")
  func busyCostsNothing() async throws {
    let busy = PasswordHasher(cost: ScryptCost(logN: 10), threads: 1, room: 0)
    let clock = hand.clock
    let service = await AccountService(
      store: store, settings: AccountSettings(), secret: .random(), clock: clock, hasher: busy)
    try await withThreadHeld(of: busy) {
      for _ in 0..<100 {
        await #expect(throws: AccountError.busy(retryAfter: .seconds(1))) {
          try await logIn("a@b.c", right: false, from: Self.here, to: service)
        }
      }
    }
    await #expect(throws: AccountError.wrongCredentials) { try await logIn("a@b.c", right: false, from: Self.here, to: service) }
  }

  @Test("A flood of registrations, and one of wrong logins, keep nobody from logging in", arguments: [true, false])
  func flood(ofRegistrations: Bool) async throws {
    let hasher = PasswordHasher(cost: ScryptCost(logN: 10), threads: 2, room: 8)
    let clock = hand.clock
    let settings = AccountSettings(loginRateLimit: nil, registrationRateLimit: nil)
    let service = await AccountService(store: store, settings: settings, secret: .random(), clock: clock, hasher: hasher)
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse", caller: .none)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<200 {
        group.addTask {
          for turn in 0..<1_000 where !Task.isCancelled {
            if ofRegistrations {
              _ = try? await service.register(
                name: "x", email: "\(index)-\(turn)@b.c", password: "correct horse", caller: Self.here)
            } else {
              _ = try? await service.login(email: "a@b.c", password: "wrong horse", caller: Self.here)
            }
          }
        }
      }
      // From another address, and of registrations from the same one, too.
      for caller in ofRegistrations ? [Self.elsewhere, Self.here] : [Self.elsewhere] {
        for _ in 0..<25 { try await logIn("a@b.c", right: true, from: caller, to: service) }
      }
      group.cancelAll()
    }
  }

  @Test("Registrations from one address have a limit; from another one there is room")
  func limitsRegistrations() async throws {
    let service = await service(AccountSettings())
    func register(_ email: String, from caller: CallerKey) async throws {
      _ = try await service.register(name: "x", email: email, password: "correct horse", caller: caller)
    }
    for index in 0..<60 { try await register("\(index)@b.c", from: Self.here) }
    for email in ["60@b.c", "1@b.c"] {
      await #expect(throws: AccountError.tooManyRegistrations(retryAfter: .seconds(1))) { try await register(email, from: Self.here) }
    }
    #expect(hasher.derivations == 60)
    // What is not valid is told without a count.
    await #expect(throws: AccountError.self) { try await register("none", from: Self.elsewhere) }
    try await register("61@b.c", from: Self.elsewhere)
    hand.advance(by: .seconds(1))
    try await register("62@b.c", from: Self.here)
  }
}
