import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile marketplace: accounts")
  struct MarketplaceAccountTests {
    private static let alice = #"{"name":"alice","email":"alice@example.org","password":"correct horse battery"}"#
    private static let tokens = #"{"access_token":"<text>","token_type":"bearer","refresh_token":"<text>"}"#

    @Test("A user is registered once, and the answer has no password in it")
    func register() async throws {
      try await served("marketplace") { api in
        let answer = try await api.post("/auth/register", Self.alice)
        #expect(answer.status == 201, "\(answer)")
        let user = try answer.json()
        #expect(user["name"] == .text("alice") && user["email"] == .text("alice@example.org"))
        #expect(!user.keys.contains { $0.contains("password") || $0.contains("hash") }, "\(answer)")
        #expect(!answer.text.contains(Customer.password))
        try await api.post("/auth/register", Self.alice).expect(400, #"{"detail":"<text>"}"#)
      }
    }

    @Test(
      "A registration without all it needs is refused", arguments: ["{", "{}", #"{"name":"a","email":"a@example.org"}"#])
    func incomplete(body: String) async throws {
      try await served("marketplace") { try await $0.post("/auth/register", body).expect(422, #"{"detail":"<any>"}"#) }
    }

    @Test("A login gives tokens, and a wrong one does not say what was wrong")
    func login() async throws {
      try await served("marketplace") { api in
        _ = try await api.post("/auth/register", Self.alice)
        try await Customer.login("alice", at: api).expect(200, Self.tokens)
        let wrongPassword = try await Customer.login("alice", password: "wrong horse battery", at: api)
          .expect(401, #"{"detail":"<text>"}"#)
        let unknown = try await Customer.login("bob", at: api)
          .expect(401, #"{"detail":"<text>"}"#)
        #expect(wrongPassword == unknown)
      }
    }

    @Test(
      "An access token is good for 15 minutes, or as long as is set",
      arguments: [([], 900), (["--access-token-lifetime", "7m"], 420)] as [([String], Double)])
    func lifetime(flags: [String], seconds: Double) async throws {
      try await RunningProgram.server(["--profile", "marketplace", "--store", "memory"] + flags) { url in
        let alice = try await Customer("alice", at: API(url: url))
        let parts = alice.accessToken.split(separator: ".")
        #expect(parts.count == 3, "a JSON Web Token")
        var payload = parts[1].split(separator: "-").joined(separator: "+").split(separator: "_").joined(separator: "/")
        payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
        let claims = try JSONValue(parsing: try #require(Data(base64Encoded: payload)))
        let issued = try #require(claims["iat"]?.number)
        #expect(try #require(claims["exp"]?.number) - issued == seconds)
      }
    }

    @Test(
      "Orders are nobody's without a token",
      arguments: [nil, "Bearer nonsense", "Bearer ", "Basic YWxpY2U6czNjcmV0", "tampered", "none"])
    func withoutToken(authorization: String?) async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        let id = try await alice.order(1...1)[0]
        let parts = alice.accessToken.split(separator: ".").map(String.init)
        let value: String? =
          switch authorization {
          case "tampered": "Bearer \(parts[0]).\(parts[1]).\(String(parts[2].reversed()))"
          // The head says {"alg":"none","typ":"JWT"}, and so there is no signature.
          case "none": "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.\(parts[1])."
          default: authorization
          }
        let stranger = value.map { api.with("Authorization", $0) } ?? api
        for (method, path) in [("POST", "/orders"), ("GET", "/orders"), ("GET", "/orders/\(id)"), ("POST", "/orders/\(id)/cancel")] {
          let answer = try await stranger.send(method, path, path == "/orders" && method == "POST" ? Customer.order(2) : "")
          try answer.expect(401, #"{"detail":"<text>"}"#)
        }
        #expect(try await alice.status(id) == "pending")
      }
    }

    @Test("A stale token is refused, and a refresh gives one that is good")
    func refresh() async throws {
      try await served("marketplace", "--access-token-lifetime", "2s") { api in
        var alice = try await Customer("alice", at: api)
        // Where the machine stands still meanwhile, a token is stale before it is used, and another one is asked for.
        try await until {
          alice = try Customer(answer: try await Customer.login("alice", at: api), at: api)
          return try await alice.api.get("/orders").status == 200
        }
        try await until { try await alice.api.get("/orders").status == 401 }
        try await until {
          let answer = try await api.post("/auth/refresh", #"{"refresh_token":"\#(alice.refreshToken)"}"#)
          try answer.expect(200, Self.tokens)
          alice = try Customer(answer: answer, at: api)
          return try await alice.api.get("/orders").status == 200
        }
        try await api.post("/auth/refresh", #"{"refresh_token":"nonsense"}"#).expect(401, #"{"detail":"<text>"}"#)
        try await api.post("/auth/refresh", #"{"refresh_token":"\#(alice.accessToken)"}"#).expect(401, #"{"detail":"<text>"}"#)
        #expect(try await api.with("Authorization", "Bearer \(alice.refreshToken)").get("/orders").status == 401)
      }
    }

    @Test("A refresh token expires too, when its time is up")
    func refreshExpires() async throws {
      try await served("marketplace", "--access-token-lifetime", "1s", "--refresh-token-lifetime", "2s") { api in
        let alice = try await Customer("alice", at: api)
        // Three access tokens, one after the other, live longer than one refresh token.
        for _ in 1...3 {
          let next = try Customer(answer: try await Customer.login("alice", at: api), at: api)
          try await until { try await next.api.get("/orders").status == 401 }
        }
        #expect(try await api.post("/auth/refresh", #"{"refresh_token":"\#(alice.refreshToken)"}"#).status == 401)
      }
    }

    @Test("The signing secret is never built in: tokens of one server are nothing to another, unless both are given the same")
    func secret() async throws {
      let secret = ["ORDER_SERVER_TOKEN_SECRET": "a secret of thirty-two bytes, or more"]
      try await served("marketplace", environment: secret) { first in
        let alice = try await Customer("alice", at: first)
        try await served("marketplace", environment: secret) { second in
          _ = try await Customer("alice", at: second)
          #expect(try await second.with("Authorization", "Bearer \(alice.accessToken)").get("/orders").status == 200)
        }
        try await served("marketplace") { third in
          _ = try await Customer("alice", at: third)
          #expect(try await third.with("Authorization", "Bearer \(alice.accessToken)").get("/orders").status == 401)
        }
      }
    }

    @Test("A secret that is too short is refused, and not shown")
    func shortSecret() async throws {
      let done = try await Programs.run(
        Programs.orderServer, ["--port", "0", "--profile", "marketplace", "--store", "memory"],
        environment: ["ORDER_SERVER_TOKEN_SECRET": "tooshort"])
      #expect(done.code == 104)
      #expect(done.errors.contains("ORDER_SERVER_TOKEN_SECRET") && done.errors.contains("32"), "\(done.errors)")
      #expect(!(done.output + done.errors).contains("tooshort"))
    }

    @Test("Accounts, tokens and orders outlive a crash")
    func crash() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--port", "0", "--profile", "marketplace", "--store", "sqlite:\(folder.path)/orders.db"]
        let first = try await RunningProgram.start(Programs.orderServer, flags)
        let alice = try await Customer("alice", at: API(url: try await first.url()))
        let id = try await alice.order(1...1)[0]
        first.signal(SIGKILL)
        #expect(await first.ended() == -SIGKILL)
        try await RunningProgram.with(Programs.orderServer, flags) { _, url in
          let api = API(url: url)
          let same = api.with("Authorization", "Bearer \(alice.accessToken)")
          let orders = try await same.get("/orders").json()["orders"]
          #expect(orders?.array?.compactMap { $0["id"]?.pathSegment } == [id])
          #expect(try await Customer.login("alice", at: api).status == 200)
          #expect(try await api.post("/auth/refresh", #"{"refresh_token":"\#(alice.refreshToken)"}"#).status == 200)
        }
      }
    }
  }
}
