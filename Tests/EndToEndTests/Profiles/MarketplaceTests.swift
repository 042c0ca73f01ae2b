import Foundation
import Testing

extension EndToEnd {
  @Suite("Profile marketplace")
  struct MarketplaceTests {
    static let order = #"{"product_name":"carpet","amount":9.99}"#

    /// Registers and logs in.
    private func caller(_ name: String, at api: API) async throws -> (api: API, tokens: JSONValue) {
      let email = "\(name)@example.com"
      let made = try await api.post("/auth/register", #"{"name":"\#(name)","email":"\#(email)","password":"correct horse"}"#)
      try #require(made.status == 201, "\(made)")
      let tokens = try await api.post("/auth/login", #"{"email":"\#(email)","password":"correct horse"}"#).expect(
        200, #"{"access_token":"<text>","token_type":"bearer","refresh_token":"<text>"}"#)
      return (api.with("Authorization", "Bearer \(try #require(tokens["access_token"]?.text))"), tokens)
    }

    @Test("An account is made once, shown without its password, and let in by the right one alone")
    func accounts() async throws {
      try await served("marketplace") { api in
        let body = #"{"name":"Ann","email":"ann@example.com","password":"correct horse"}"#
        let made = try await api.post("/auth/register", body)
        #expect(made.status == 201 && !made.text.contains("correct horse") && !made.text.contains("password"), "\(made)")
        #expect(try made.json()["email"] == .text("ann@example.com"))
        #expect(try await api.post("/auth/register", body).status == 400)
        for wrong in [#"{"email":"ann@example.com","password":"wrong horse"}"#, #"{"email":"bob@example.com","password":"correct horse"}"#] {
          #expect(try await api.post("/auth/login", wrong).status == 401)
        }
      }
    }

    @Test("Without a token, or with one that is none, nothing is answered but 401")
    func strangers() async throws {
      try await served("marketplace") { api in
        for authorization in ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi"] {
          let stranger = authorization.isEmpty ? api : api.with("Authorization", authorization)
          for (method, path) in [("POST", "/orders"), ("GET", "/orders"), ("GET", "/orders/1"), ("POST", "/orders/1/cancel")] {
            let answer = try await stranger.send(method, path, path == "/orders" && method == "POST" ? Self.order : "")
            #expect(answer.status == 401, "\(method) \(path) with '\(authorization)': \(answer)")
          }
        }
      }
    }

    @Test("An order is the caller's own: shown to it, and 403 to everybody else, on every access")
    func ownership() async throws {
      try await served("marketplace", "--batch-every", "1h") { api in
        let (ann, _) = try await caller("ann", at: api)
        let (bob, _) = try await caller("bob", at: api)
        let created = try await ann.post("/orders", Self.order).expect(
          201, #"{"id":"<any>","product_name":"carpet","amount":9.99,"status":"pending","created_at":"<text>"}"#)
        let id = try #require(created["id"]?.pathSegment)
        let shown = try await ann.get("/orders/\(id)").json()
        #expect(shown["id"] == created["id"] && shown["status"] == .text("pending"))
        try await bob.get("/orders/\(id)").expect(403, #"{"detail":"Not your order"}"#)
        try await bob.post("/orders/\(id)/cancel").expect(403, #"{"detail":"Not your order"}"#)
        try await bob.get("/orders").expect(200, #"{"orders":[],"next_cursor":null}"#)
        #expect(try await ann.get("/orders").json()["orders"]?.array?.count == 1)
        #expect(try await ann.get("/orders/00000000-0000-4000-8000-000000000000").status == 404)
      }
    }

    @Test("An order is cancelled while it is pending, and not once more")
    func cancelling() async throws {
      try await served("marketplace", "--batch-every", "1h") { api in
        let (ann, _) = try await caller("ann", at: api)
        let id = try #require(try await ann.post("/orders", Self.order).json()["id"]?.pathSegment)
        let cancelled = try await ann.post("/orders/\(id)/cancel")
        #expect(try cancelled.status == 200 && cancelled.json()["status"] == .text("cancelled"), "\(cancelled)")
        try await ann.post("/orders/\(id)/cancel").expect(400, #"{"detail":"Only pending orders can be cancelled"}"#)
        #expect(try await ann.get("/orders/\(id)").json()["status"] == .text("cancelled"))
      }
    }

    @Test("The list is newest first, and its pages have every order once")
    func lists() async throws {
      try await served("marketplace", "--batch-every", "1h") { api in
        let (ann, _) = try await caller("ann", at: api)
        var ids: [JSONValue] = []
        for _ in 1...7 { ids.append(try #require(try await ann.post("/orders", Self.order).json()["id"])) }
        var found: [JSONValue] = []
        var path = "/orders?limit=3"
        for _ in 1...3 {
          let page = try await ann.get(path).json()
          found += try #require(page["orders"]?.array).compactMap { $0["id"] }
          guard let cursor = page["next_cursor"]?.pathSegment else { break }
          path = "/orders?limit=3&cursor=\(cursor)"
        }
        #expect(found == ids.reversed())
      }
    }

    @Test("A job takes all pending orders; what comes after it waits for the next")
    func batches() async throws {
      // Two minutes at a hundredth are 1.2 s, and 1 s is 10 ms.
      try await served("marketplace", "--time-scale", "0.01") { api in
        let (ann, _) = try await caller("ann", at: api)
        var ids: [String] = []
        for _ in 1...5 { ids.append(try #require(try await ann.post("/orders", Self.order).json()["id"]?.pathSegment)) }
        for id in ids { try await until { try await ann.get("/orders/\(id)").json()["status"] == .text("completed") } }
        let late = try #require(try await ann.post("/orders", Self.order).json()["id"]?.pathSegment)
        #expect(try await ann.get("/orders/\(late)").json()["status"] == .text("pending"))
        try await until { try await ann.get("/orders/\(late)").json()["status"] == .text("completed") }
        try await ann.post("/orders/\(late)/cancel").expect(400, #"{"detail":"Only pending orders can be cancelled"}"#)
      }
    }

    @Test("An access token ends after its time, and a refresh token brings one more, once")
    func refreshes() async throws {
      try await served("marketplace", "--access-token-lifetime", "1s") { api in
        let (ann, tokens) = try await caller("ann", at: api)
        #expect(try await ann.get("/orders").status == 200)
        try await until { try await ann.get("/orders").status == 401 }
        let refresh = #"{"refresh_token":"\#(try #require(tokens["refresh_token"]?.text))"}"#
        let renewed = try await api.post("/auth/refresh", refresh).json()
        let again = api.with("Authorization", "Bearer \(try #require(renewed["access_token"]?.text))")
        #expect(try await again.get("/orders").status == 200)
        #expect(try await api.post("/auth/refresh", refresh).status == 401, "a refresh token is good once")
      }
    }

    @Test("It publishes no metrics but Prometheus's text")
    func metrics() async throws {
      try await served("marketplace") { api in
        let (ann, _) = try await caller("ann", at: api)
        #expect(try await ann.get("/metrics").status == 404)
        #expect(try await api.get("/metrics/prometheus").text.contains("# TYPE"))
      }
    }

    @Test("Neither password nor token can be read in the store's file, and both outlive a restart")
    func secretsAtRest() async throws {
      try await withTemporaryFolder { folder in
        let store = "sqlite:\(folder.path)/orders.db"
        let tokens = try await served("marketplace", "--store", store) { try await caller("ann", at: $0).tokens }
        let access = try #require(tokens["access_token"]?.text)
        let refresh = try #require(tokens["refresh_token"]?.text)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !file.hasSuffix(".secret") {
          let data = try Data(contentsOf: folder.appendingPathComponent(file))
          for secret in ["correct horse", access, refresh] { #expect(data.range(of: Data(secret.utf8)) == nil, "\(file)") }
        }
        try await served("marketplace", "--store", store) { api in
          let listed = try await api.with("Authorization", "Bearer \(access)").get("/orders")
          #expect(listed.status == 200, "\(listed)")
          let renewed = try await api.post("/auth/refresh", #"{"refresh_token":"\#(refresh)"}"#)
          #expect(renewed.status == 200)
        }
      }
    }

    @Test("Whoever sends too many orders is told when to come again")
    func createLimit() async throws {
      try await served("marketplace", "--create-rate-limit", "3/h") { api in
        let (ann, _) = try await caller("ann", at: api)
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
          for _ in 1...10 { group.addTask { try await ann.post("/orders", Self.order) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        let refused = answers.filter { $0.status == 429 }
        #expect(!refused.isEmpty && refused.count + answers.filter { $0.status == 201 }.count == 10, "\(answers.map(\.status))")
        #expect(refused.allSatisfy { $0.header("Retry-After").flatMap(Int.init) ?? 0 > 0 })
      }
    }
  }
}
