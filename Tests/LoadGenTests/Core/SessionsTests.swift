import Testing

@testable import LoadRun

@Suite("Tokens of accounts")
struct SessionsTests {
  private func order(_ slot: UInt32) -> Handle { Handle(slot: slot, generation: 0) }

  private func sessions(_ accounts: [Int] = [0, 1], register: Bool = false) -> Sessions {
    Sessions(AccountShare(orders: accounts, lists: [], logIn: true, register: register))
  }

  @Test("Accounts log in one at a time, in turn, and are open once each has had a token")
  func opens() {
    var sessions = sessions()
    sessions.openAll()
    #expect(sessions.next() == .login && sessions.current?.account == 0)
    #expect(sessions.next() == nil, "one is under way")
    _ = sessions.opened(Tokens(access: "a"), sent: Instant(0))
    #expect(!sessions.areOpen && sessions.tokens(0)?.access == "a" && sessions.tokens(1) == nil)
    #expect(sessions.next() == .login && sessions.current?.account == 1)
    _ = sessions.opened(Tokens(access: "b"), sent: Instant(0))
    #expect(sessions.areOpen && sessions.next() == nil)
  }

  @Test("An account is made before its first login, and only then")
  func registers() {
    var sessions = sessions([0], register: true)
    sessions.openAll()
    #expect(sessions.next() == .register)
    sessions.registered()
    #expect(sessions.current?.what == .login)
    _ = sessions.opened(Tokens(access: "a"), sent: Instant(0))
    sessions.renew(0)
    #expect(sessions.next() == .login)
  }

  @Test("A token is renewed after four fifths of its life, counted from when it was asked for")
  func renewal() {
    var sessions = sessions([0])
    sessions.openAll()
    _ = sessions.next()
    #expect(sessions.opened(Tokens(access: "a", lifetime: 1_000), sent: Instant(50)).renewAt == Instant(850))
    #expect(sessions.due(by: Instant(849)) == [] && sessions.due(by: Instant(850)) == [0])
    #expect(sessions.due(by: Instant(900)) == [], "told once")
    sessions.renew(0)
    _ = sessions.next()
    #expect(sessions.opened(Tokens(access: "b"), sent: Instant(900)).renewAt == .never, "nobody says how long it lasts")
  }

  @Test("A refresh token is used where there is one; where it is refused one logs in, at once")
  func refreshes() {
    var sessions = sessions([0])
    sessions.openAll()
    _ = sessions.next()
    _ = sessions.opened(Tokens(access: "a", refresh: "r"), sent: Instant(0))
    sessions.renew(0)
    #expect(sessions.next() == .refresh)
    #expect(sessions.failed() == nil)
    #expect(sessions.current?.what == .login)
    #expect(sessions.failed()?.account == 0, "the login failed, too")
    sessions.renew(0)
    #expect(sessions.next() == .login, "the refresh token is not tried again")
    _ = sessions.opened(Tokens(access: "b", refresh: "r2"), sent: Instant(0))
    sessions.renew(0)
    #expect(sessions.next() == .refresh)
  }

  @Test("What waits for a token is handed back with it, or with the failure, once")
  func parks() {
    var sessions = sessions([0])
    sessions.openAll()
    _ = sessions.next()
    sessions.park(order(7), 0)
    sessions.park(order(8), 0)
    #expect(sessions.opened(Tokens(access: "a"), sent: Instant(0)).parked == [order(7), order(8)])
    #expect(sessions.issue(0) == 1)
    sessions.park(order(9), 0)
    sessions.renew(0)
    _ = sessions.next()
    #expect(sessions.failed()?.parked == [order(9)])
    sessions.renew(0)
    _ = sessions.next()
    #expect(sessions.opened(Tokens(access: "b"), sent: Instant(0)).parked == [] && sessions.issue(0) == 2)
  }

  @Test("After a login that failed the account rests until it is tried again")
  func rests() {
    var sessions = sessions([0])
    sessions.openAll()
    _ = sessions.next()
    _ = sessions.failed()
    sessions.tryAgain(0, at: Instant(500))
    #expect(sessions.isResting(0, at: Instant(499)) && !sessions.isResting(0, at: Instant(500)))
    #expect(sessions.due(by: Instant(500)) == [0])
    sessions.renew(0)
    _ = sessions.next()
    _ = sessions.opened(Tokens(access: "a"), sent: Instant(500))
    #expect(!sessions.isResting(0, at: Instant(500)))
  }

  @Test("An account that waits its turn is not queued twice, and one that is being served not again")
  func queuesOnce() {
    var sessions = sessions()
    sessions.openAll()
    sessions.renew(1)
    _ = sessions.next()
    sessions.renew(0)
    _ = sessions.opened(Tokens(access: "a"), sent: Instant(0))
    #expect(sessions.next() == .login && sessions.current?.account == 1)
    _ = sessions.opened(Tokens(access: "b"), sent: Instant(0))
    #expect(sessions.next() == nil)
  }

  @Test("Where nobody logs in there are no tokens, and nothing is asked for")
  func inactive() {
    var sessions = Sessions(AccountShare())
    sessions.openAll()
    sessions.renew(0)
    #expect(sessions.areOpen && sessions.next() == nil && sessions.tokens(0) == nil)
  }
}
