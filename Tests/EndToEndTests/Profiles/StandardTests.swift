import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile standard: orders")
  struct StandardTests {
    static func order(_ number: Int) -> String { #"{"user_id":"u-\#(number)","item_ids":["item-001"],"total_amount":250.75}"# }

    /// Expects problem details, and the field's name in them.
    static func expectProblem(
      _ answer: Answer, _ status: Int, naming field: String = "", _ location: SourceLocation = #_sourceLocation
    ) throws {
      #expect(answer.status == status, "\(answer)", sourceLocation: location)
      #expect(answer.header("content-type")?.hasPrefix("application/problem+json") == true, sourceLocation: location)
      let problem = try answer.json()
      #expect(problem.keys.isSuperset(of: ["title", "status"]), "\(answer)", sourceLocation: location)
      #expect(problem["status"] == .number(Double(status)), "\(answer)", sourceLocation: location)
      #expect(field.isEmpty || answer.text.contains(field), "\(answer) does not name \(field)", sourceLocation: location)
    }

    @Test("An order is given a UUID and a place, or keeps the client's id")
    func created() async throws {
      try await served("standard") { api in
        let answer = try await api.post("/orders", Self.order(1))
        let id = try #require(try answer.expect(201, #"{"order_id":"<uuid>","status":"pending"}"#)["order_id"]?.text)
        #expect(answer.header("Location") == "/orders/\(id)")
        let own = #"{"order_id":"mine-1","user_id":"u-1","item_ids":["item-001"],"total_amount":250.75}"#
        let second = try await api.post("/orders", own)
        try second.expect(201, #"{"order_id":"mine-1","status":"pending"}"#)
        #expect(second.header("Location") == "/orders/mine-1")
        try Self.expectProblem(try await api.post("/orders", own), 409, naming: "mine-1")
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(2))
      }
    }

    @Test("It is the profile of a server that was told of none")
    func byDefault() async throws {
      try await RunningProgram.server(["--store", "memory"]) { url in
        let answer = try await API(url: url).post("/orders", Self.order(1))
        try answer.expect(201, #"{"order_id":"<uuid>","status":"pending"}"#)
      }
    }

    @Test(
      "Problem details name the field",
      arguments: [
        ("user_id", #"{"item_ids":["a"],"total_amount":1}"#), ("item_ids", #"{"user_id":"u","total_amount":1}"#),
        ("total_amount", #"{"user_id":"u","item_ids":["a"]}"#), ("user_id", #"{"user_id":1,"item_ids":["a"],"total_amount":1}"#),
        ("item_ids", #"{"user_id":"u","item_ids":"a","total_amount":1}"#),
        ("total_amount", #"{"user_id":"u","item_ids":["a"],"total_amount":"much"}"#),
        ("order_id", #"{"order_id":7,"user_id":"u","item_ids":["a"],"total_amount":1}"#),
      ])
    func invalid(field: String, body: String) async throws {
      try await served("standard") { try Self.expectProblem(try await $0.post("/orders", body), 422, naming: field) }
    }

    @Test("Times are null until they are known")
    func times() async throws {
      func literal(_ id: String, _ status: String, started: String, completed: String) -> String {
        #"{"order_id":"\#(id)","status":"\#(status)","user_id":"u-1","item_ids":["item-001"],"total_amount":250.75,"#
          + #""created_at":"<RFC 3339>","started_at":\#(started),"completed_at":\#(completed)}"#
      }
      let known = #""<RFC 3339>""#
      try await served("standard", "--workers", "1", "--service-time", "1h") { api in
        let ids = try await sendOrders(1...1, to: api, body: Self.order) + sendOrders(1...1, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])/status").json()["status"] == .text("processing") }
        try await api.get("/orders/\(ids[0])").expect(200, literal(ids[0], "processing", started: known, completed: "null"))
        try await api.get("/orders/\(ids[1])").expect(200, literal(ids[1], "pending", started: "null", completed: "null"))
        try await api.get("/orders/\(ids[1])/status").expect(200, #"{"order_id":"\#(ids[1])","status":"pending"}"#)
      }
      try await served("standard", "--service-time", "1ms") { api in
        let id = try await sendOrders(1...1, to: api, body: Self.order)[0]
        try await until { try await api.get("/orders/\(id)/status").json()["status"] == .text("completed") }
        try await api.get("/orders/\(id)").expect(200, literal(id, "completed", started: known, completed: known))
        try await api.get("/orders/\(id)/status").expect(200, #"{"order_id":"\#(id)","status":"completed"}"#)
      }
    }

    @Test("An order that is not there is a problem", arguments: ["/orders/none", "/orders/none/status", "/metrics/none", "/nowhere"])
    func unknown(path: String) async throws {
      try await served("standard") { try Self.expectProblem(try await $0.get(path), 404) }
    }

    @Test("Only a pending order can be cancelled; the answer is the order")
    func cancel() async throws {
      try await served("standard", "--workers", "1", "--service-time", "1h") { api in
        let ids = try await sendOrders(1...2, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])/status").json()["status"] == .text("processing") }
        try Self.expectProblem(try await api.post("/orders/\(ids[0])/cancel"), 409)
        let cancelled = try await api.post("/orders/\(ids[1])/cancel")
        #expect(cancelled.status == 200, "\(cancelled)")
        #expect(try cancelled.json()["order_id"] == .text(ids[1]) && cancelled.json()["status"] == .text("cancelled"))
        #expect(try await api.get("/orders/\(ids[1])").json() == cancelled.json())
        try Self.expectProblem(try await api.post("/orders/\(ids[1])/cancel"), 409)
        try Self.expectProblem(try await api.post("/orders/none/cancel"), 404)
        #expect(
          try await api.get("/metrics").json()["status_counts"]
            == JSONValue(parsing: #"{"pending":0,"processing":1,"completed":0,"cancelled":1,"failed":0}"#))
      }
    }

    @Test("The list can be had by status, and page by page has every order once")
    func list() async throws {
      try await served("standard", "--workers", "1", "--service-time", "1h") { api in
        try await api.get("/orders").expect(200, #"{"orders":[],"next_cursor":null}"#)
        let ids = try await sendOrders(1...7, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])/status").json()["status"] == .text("processing") }
        _ = try await api.post("/orders/\(ids[6])/cancel")
        func pages(_ query: String) async throws -> [[String]] {
          var pages: [[String]] = []
          var cursor = ""
          while pages.count < 9 {
            let page = try await api.get("/orders?\(query)\(cursor)").json()
            #expect(page.keys == ["orders", "next_cursor"])
            pages.append(page["orders"]?.array?.compactMap { $0["order_id"]?.text } ?? [])
            guard let next = page["next_cursor"]?.pathSegment else { break }
            cursor = "&cursor=\(next)"
          }
          return pages
        }
        let all = try await pages("limit=3")
        #expect(all.map(\.count) == [3, 3, 1])
        #expect(Set(all.joined()) == Set(ids))
        #expect(try await Set(pages("status=pending&limit=2").joined()) == Set(ids[1...5]))
        #expect(try await pages("status=pending&limit=2").map(\.count).reduce(0, +) == 5)
        #expect(try await pages("status=processing&limit=9") == [[ids[0]]])
        #expect(try await pages("status=cancelled&limit=9") == [[ids[6]]])
      }
    }

    @Test("A parameter that cannot be used is named", arguments: ["limit=0", "limit=many", "status=lost", "cursor=nonsense"])
    func badParameter(query: String) async throws {
      try await served("standard") { api in
        let answer = try await api.get("/orders?\(query)")
        #expect([400, 422].contains(answer.status), "\(answer)")
        try Self.expectProblem(answer, answer.status, naming: String(query.prefix { $0 != "=" }))
      }
    }

    @Test("The same key and order again is the same order; another order under the key is refused")
    func idempotency() async throws {
      try await served("standard", "--service-time", "1h") { api in
        let keyed = api.with("Idempotency-Key", "key-1")
        let first = try await keyed.post("/orders", Self.order(1))
        try first.expect(201, #"{"order_id":"<uuid>","status":"pending"}"#)
        let again = try await withThrowingTaskGroup(of: Answer.self) { group in
          for _ in 1...10 { group.addTask { try await keyed.post("/orders", Self.order(1)) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        for answer in again {
          #expect((200...201).contains(answer.status), "\(answer)")
          #expect(try answer.json()["order_id"] == first.json()["order_id"])
        }
        let other = try await keyed.post("/orders", Self.order(2))
        #expect((400..<500).contains(other.status), "\(other)")
        try Self.expectProblem(other, other.status, naming: "Idempotency-Key")
        let new = try await api.with("Idempotency-Key", "key-2").post("/orders", Self.order(1))
        #expect(try new.json()["order_id"] != first.json()["order_id"])
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(2))
      }
    }

    @Test("A hundred requests under one key that was never used make one order")
    func idempotencyAtOnce() async throws {
      try await withTemporaryFolder { folder in
        try await served("standard", "--store", "sqlite:\(folder.path)/orders.db") { api in
          let keyed = api.with("Idempotency-Key", "at-once")
          let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 1...100 { group.addTask { try await keyed.post("/orders", Self.order(1)).json()["order_id"]?.text } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
          }
          #expect(ids.count == 1 && !ids.contains(nil), "\(ids)")
          #expect(try await api.get("/metrics").json()["total_orders"] == .number(1))
        }
      }
    }
  }
}
