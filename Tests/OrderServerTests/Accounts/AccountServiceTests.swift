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
    let account = try await service.register(name: "Ann", email: "Ann@Example.org", password: "correct horse")
    #expect(account.name == "Ann" && account.email == "Ann@Example.org")
    let pair = try await service.login(email: "ann@example.org", password: "correct horse", caller: "127.0.0.1")
    #expect(try await service.account(bearer: pair.accessToken) == account)
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: nil) }
    await #expect(throws: AccountError.invalidToken) { try await service.account(bearer: pair.refreshToken) }
  }

  @Test("A registration that breaks rules names each field, and repeats no password")
  func validates() async throws {
    let service = await service()
    let error = await #expect(throws: AccountError.self) { try await service.register(name: " ", email: "nobody", password: "hunter2") }
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
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse")
    await #expect(throws: AccountError.emailTaken) { try await service.register(name: "Bob", email: "A@B.C", password: "correct horse") }
    #expect(hasher.derivations == 1)
  }

  @Test("An unknown email costs what a wrong password costs, and both are told the same")
  func tellsNothing() async throws {
    let service = await service()
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse")
    let tries = [
      ("a@b.c", "wrong horse"), ("x@b.c", "correct horse"), ("a@b.c", ""), ("", ""), ("no email", "correct horse"),
      (String(repeating: "x", count: 50_000), "correct horse"),
    ]
    for (index, (email, password)) in tries.enumerated() {
      await #expect(throws: AccountError.wrongCredentials) { try await service.login(email: email, password: password, caller: "p") }
      #expect(hasher.derivations == index + 2)
    }
  }

  @Test("A refresh token buys one new pair; shown again, it ends all that followed from its login")
  func refreshes() async throws {
    let service = await service()
    let account = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse")
    let first = try await service.login(email: "a@b.c", password: "correct horse", caller: "p")
    let elsewhere = try await service.login(email: "a@b.c", password: "correct horse", caller: "p")
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
    _ = try await service.register(name: "Ann", email: "a@b.c", password: "correct horse")
    let pair = try await service.login(email: "a@b.c", password: "correct horse", caller: "p")
    let idle = try await service.login(email: "a@b.c", password: "correct horse", caller: "p")
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

  @Test("After a burst of logins for one email, from wherever, or from one address, for whatever email, the next has to wait")
  func limitsLogins() async throws {
    let service = await service(AccountSettings())
    for index in 0..<10 {
      await #expect(throws: AccountError.wrongCredentials) {
        try await service.login(email: "A@b.c", password: "wrong", caller: "p\(index)")
      }
    }
    await #expect(throws: AccountError.tooManyLogins(retryAfter: .seconds(6))) {
      try await service.login(email: "a@B.c", password: "wrong", caller: "new")
    }
    for index in 0..<10 {
      await #expect(throws: AccountError.wrongCredentials) {
        try await service.login(email: "\(index)@b.c", password: "wrong", caller: "one")
      }
    }
    await #expect(throws: AccountError.tooManyLogins(retryAfter: .seconds(6))) {
      try await service.login(email: "11@b.c", password: "wrong", caller: "one")
    }
    #expect(hasher.derivations == 20)
    hand.advance(by: .seconds(6))
    await #expect(throws: AccountError.wrongCredentials) { try await service.login(email: "11@b.c", password: "wrong", caller: "one") }
    await #expect(throws: AccountError.self) { try await service.login(email: "12@b.c", password: "wrong", caller: "one") }
  }
}
