import Foundation
import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("Who may ask for what")
struct AuthenticatorTests {
  @Test("basic-auth answers GET /ping to everyone, and everything else to those with credentials alone")
  func basic() async throws {
    let authenticator = Authenticator.basic(BasicCredentials([BasicAccount(name: "shop", password: Secret("s3cret:ö".utf8))]))
    let right: HTTPFields = [.authorization: "Basic \(Data("shop:s3cret:ö".utf8).base64EncodedString())"]
    try await TestServer(.basicAuth, authenticator: authenticator).test { client in
      #expect(try await client.send(.get, "/ping").code == 200)
      let wrong: [HTTPFields] = [
        [:], [.authorization: "Basic \(Data("shop:other".utf8).base64EncodedString())"], [.authorization: "Basic !"],
        [.authorization: "Bearer x"],
      ]
      for headers in wrong {
        for (method, path) in [
          (HTTPRequest.Method.post, "/ping"), (.get, "//ping"), (.get, "/ping/"), (.get, "/orders/1"), (.post, "/orders"),
          (.get, "/metrics"),
          (.get, "/metrics/prometheus"), (.get, "/health"), (.get, "/nothing"), (.put, "/orders"),
        ] {
          let seen = try await client.send(method, path, headers: headers)
          #expect(seen.code == 401 && seen.headers[.wwwAuthenticate] == "Basic realm=\"orders\"", "\(method) \(path)")
          #expect(try seen.json.isSame(as: ["error": "Unauthorized access. Invalid credentials."]))
        }
      }
      #expect(try await client.send(.get, "/metrics", headers: right).code == 200)
      #expect(try await client.send(.get, "/nothing", headers: right).code == 404)
    }
  }

  @Test("Guesses have a limit, beyond which right or wrong is not told; who was let in before goes on, and what shows nothing is no guess")
  func limitsGuesses() async throws {
    let hand = HandClock()
    let clock = hand.clock
    let accounts = ["shop", "till"].map { BasicAccount(name: $0, password: Secret("s3cret".utf8)) }
    let guesses = GuessLimits<Int>(rate: try Rate(text: "10/m"), burst: 50) { clock.now() }
    @Sendable func header(_ pair: String) -> HTTPFields { [.authorization: "Basic \(Data(pair.utf8).base64EncodedString())"] }
    try await TestServer(.basicAuth, authenticator: .basic(BasicCredentials(accounts), guesses: guesses)).test { client in
      for _ in 0..<200 {
        #expect(try await client.send(.get, "/metrics", headers: header("shop:s3cret")).code == 200)
        #expect(try await client.send(.get, "/metrics").code == 401)
        #expect(try await client.send(.get, "/metrics", headers: [.authorization: "Bearer x"]).code == 401)
      }
      for index in 0..<50 { #expect(try await client.send(.get, "/metrics", headers: header("shop:\(index)")).code == 401) }
      for pair in ["shop:50", "nobody:s3cret", "till:s3cret", "till:"] {
        let refused = try await client.send(.get, "/metrics", headers: header(pair))
        #expect(refused.code == 429 && refused.headers[.retryAfter] == "6" && refused.headers[.wwwAuthenticate] == nil, "\(pair)")
        #expect(try refused.json["error"] != nil)
      }
      #expect(try await client.send(.get, "/metrics", headers: header("shop:s3cret")).code == 200)
      #expect(try await client.send(.get, "/metrics").code == 401)
      #expect(try await client.send(.get, "/ping", headers: header("shop:51")).code == 200)
      hand.advance(by: .seconds(6))
      #expect(try await client.send(.get, "/metrics", headers: header("till:s3cret")).code == 200)
      #expect(try await client.send(.get, "/metrics", headers: header("shop:52")).code == 401)
      #expect(try await client.send(.get, "/metrics", headers: header("shop:53")).code == 429)
      #expect(try await client.send(.get, "/metrics", headers: header("till:s3cret")).code == 200)
    }
  }

  @Test("In marketplace an order is its owner's alone, on every access; without a token there is nothing")
  func bearer() async throws {
    // A token lasts for a time by this clock, which does not go on while the test stands still.
    let clock = HandClock().clock
    let accounts = await AccountService(
      store: MemoryAccountStore(), settings: AccountSettings(), secret: .random(), clock: clock)
    try await TestServer(.marketplace, clock: clock, authenticator: .bearer(accounts)).test { client in
      var tokens: [HTTPFields] = []
      for name in ["ann", "bob"] {
        let account = #""email":"\#(name)@example.org","password":"correct horse""#
        let registered = try await client.send(.post, "/auth/register", body: #"{"name":"\#(name)",\#(account)}"#)
        #expect(registered.code == 201 && !registered.text.contains("horse"))
        let login = try await client.send(.post, "/auth/login", body: "{\(account)}")
        guard case .string(let token)? = try login.json["access_token"] else {
          Issue.record("no token in \(login.text)")
          return
        }
        #expect(try login.json["token_type"] == "bearer")
        tokens.append([.authorization: "Bearer \(token)"])
      }
      let again = try await client.send(
        .post, "/auth/register", body: #"{"name":"x","email":"ANN@example.org","password":"correct horse"}"#)
      #expect(again.code == 400)
      let wrong = try await client.send(.post, "/auth/login", body: #"{"email":"ann@example.org","password":"wrong horse"}"#)
      #expect(wrong.code == 401)

      let created = try await client.send(.post, "/orders", body: #"{"product_name":"p","amount":9.99}"#, headers: tokens[0])
      guard created.code == 201, case .string(let id)? = try created.json["id"] else {
        Issue.record("no id in \(created.text)")
        return
      }
      for (method, path) in [(HTTPRequest.Method.get, "/orders/\(id)"), (.post, "/orders/\(id)/cancel")] {
        let foreign = try await client.send(method, path, headers: tokens[1])
        #expect(foreign.code == 403)
        #expect(try foreign.json.isSame(as: ["detail": "Not your order"]))
        for headers in [[:], [.authorization: "Bearer x.y.z"]] as [HTTPFields] {
          let nobody = try await client.send(method, path, headers: headers)
          #expect(nobody.code == 401 && nobody.headers[.wwwAuthenticate] == "Bearer")
        }
      }
      #expect(try await client.send(.get, "/orders").code == 401)
      #expect(try await client.send(.get, "//orders").code == 401)
      #expect(try await client.send(.get, "/orders", headers: tokens[1]).json["orders"] == .array([]))
      let cancelled = try await client.send(.post, "/orders/\(id)/cancel", headers: tokens[0])
      #expect(try cancelled.code == 200 && cancelled.json["status"] == "cancelled")
      let twice = try await client.send(.post, "/orders/\(id)/cancel", headers: tokens[0])
      #expect(twice.code == 400)
      #expect(try twice.json.isSame(as: ["detail": "Only pending orders can be cancelled"]))
    }
  }
}
