import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile marketplace: orders")
  struct MarketplaceTests {
    private static func created(_ id: String, _ number: Int, _ status: String) -> String {
      #"{"id":\#(id),"product_name":"Lamp \#(number)","amount":9.99,"status":"\#(status)","created_at":"<text>"}"#
    }

    @Test("An order is pending, and stays so until the job comes, every two minutes by itself")
    func created() async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        let order = try await alice.api.post("/orders", Customer.order(1)).expect(201, Self.created(#""<any>""#, 1, "pending"))
        let id = try #require(order["id"]?.pathSegment)
        let found = try await alice.api.get("/orders/\(id)").expect(200, Self.created(#""<any>""#, 1, "pending"))
        #expect(found == order)
        try await alice.api.get("/orders/404").expect(404, #"{"detail":"<text>"}"#)
      }
    }

    @Test("What is no order is refused", arguments: ["{", "{}", #"{"product_name":"Lamp"}"#, #"{"amount":9.99}"#])
    func invalid(body: String) async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        try await alice.api.post("/orders", body).expect(422, #"{"detail":"<any>"}"#)
        try await alice.api.get("/orders").expect(200, #"{"orders":[],"next_cursor":null}"#)
      }
    }

    @Test("The list is the caller's own, newest first, and comes in pages")
    func list() async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        let bob = try await Customer("bob", at: api)
        let ids = try await alice.order(1...5)
        _ = try await bob.order(6...6)
        let all = try await alice.api.get("/orders").json()
        #expect(all.keys == ["orders", "next_cursor"] && all["next_cursor"] == .null)
        #expect(all["orders"]?.array?.compactMap { $0["id"]?.pathSegment } == ids.reversed())
        #expect(all["orders"]?.array?.allSatisfy { $0.keys == ["id", "product_name", "amount", "status", "created_at"] } == true)
        var seen: [[String]] = []
        var path = "/orders?limit=2"
        while seen.count < 9 {
          let page = try await alice.api.get(path).json()
          seen.append(page["orders"]?.array?.compactMap { $0["id"]?.pathSegment } ?? [])
          guard let cursor = page["next_cursor"]?.pathSegment else { break }
          path = "/orders?limit=2&cursor=\(cursor)"
        }
        #expect(seen == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]])
      }
    }

    @Test("Another's order is forbidden on every access, reading included, whatever its status")
    func ownership() async throws {
      try await served("marketplace", "--batch-every", "100ms", "--service-time", "1ms") { api in
        let alice = try await Customer("alice", at: api)
        let bob = try await Customer("bob", at: api)
        let id = try await alice.order(1...1)[0]
        for _ in 1...2 {
          try await bob.api.get("/orders/\(id)").expect(403, #"{"detail":"Not your order"}"#)
          try await bob.api.post("/orders/\(id)/cancel").expect(403, #"{"detail":"Not your order"}"#)
          try await bob.api.get("/orders").expect(200, #"{"orders":[],"next_cursor":null}"#)
          try await until { try await alice.status(id) == "completed" }
        }
      }
    }

    @Test("Only a pending order can be cancelled, and once")
    func cancel() async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        let id = try await alice.order(1...1)[0]
        let cancelled = try await alice.api.post("/orders/\(id)/cancel")
        #expect(cancelled.status == 200, "\(cancelled)")
        #expect(try cancelled.json()["status"] == .text("cancelled"))
        try await alice.api.get("/orders/\(id)").expect(200, Self.created(#""<any>""#, 1, "cancelled"))
        try await alice.api.post("/orders/\(id)/cancel").expect(400, #"{"detail":"Only pending orders can be cancelled"}"#)
        try await alice.api.post("/orders/404/cancel").expect(404, #"{"detail":"<text>"}"#)
      }
    }

    @Test("The job takes the orders that are pending; one that it works on cannot be cancelled, one that came later can")
    func batch() async throws {
      try await served("marketplace", "--batch-every", "500ms", "--service-time", "1h") { api in
        let alice = try await Customer("alice", at: api)
        let first = try await alice.order(1...1)[0]
        try await until { try await alice.status(first) == "processing" }
        try await alice.api.post("/orders/\(first)/cancel").expect(400, #"{"detail":"Only pending orders can be cancelled"}"#)
        let later = try await alice.order(2...2)[0]
        #expect(try await alice.status(later) == "pending")
        #expect(try await alice.api.post("/orders/\(later)/cancel").status == 200)
      }
    }

    @Test("All pending orders are processed, and a completed one cannot be cancelled; the time scale shortens interval and service")
    func completed() async throws {
      try await served("marketplace", "--time-scale", "0.005") { api in
        let alice = try await Customer("alice", at: api)
        let ids = try await alice.order(1...5)
        var last = ""
        // The job may come between an order and its cancelling.
        try await until {
          last = try await alice.order(6...6)[0]
          let answer = try await alice.api.post("/orders/\(last)/cancel")
          if answer.status == 200 { try answer.expect(200, Self.created(#""<any>""#, 6, "cancelled")) }
          return answer.status == 200
        }
        for id in ids { try await until { try await alice.status(id) == "completed" } }
        #expect(try await alice.status(last) == "cancelled", "it stays so")
        try await alice.api.post("/orders/\(ids[0])/cancel").expect(400, #"{"detail":"Only pending orders can be cancelled"}"#)
      }
    }

    @Test("An order that fails leaves the others alone")
    func failed() async throws {
      try await served(
        "marketplace", "--batch-every", "100ms", "--service-time", "1ms", "--failure-rate", "50%", "--seed", "7"
      ) { api in
        let alice = try await Customer("alice", at: api)
        _ = try await alice.order(1...30)
        var words: [String] = []
        try await until {
          words = try await alice.api.get("/orders").json()["orders"]?.array?.compactMap { $0["status"]?.text } ?? []
          return words.count == 30 && words.allSatisfy { $0 == "completed" || $0 == "failed" }
        }
        #expect(Set(words) == ["completed", "failed"])
      }
    }

    @Test("It publishes no metrics of its own")
    func noMetrics() async throws {
      try await served("marketplace") { api in
        let alice = try await Customer("alice", at: api)
        try await alice.api.get("/metrics").expect(404, #"{"detail":"<text>"}"#)
      }
    }

    @Test("One caller's limit is nothing to another")
    func limitPerCaller() async throws {
      try await served("marketplace", "--create-rate-limit", "1/h") { api in
        let alice = try await Customer("alice", at: api)
        let bob = try await Customer("bob", at: api)
        try await until { try await alice.api.post("/orders", Customer.order(1)).status == 429 }
        #expect(try await bob.api.post("/orders", Customer.order(2)).status == 201)
      }
    }

    @Test("Users are found by email, orders by user and by status, each through an index; no password is kept as it is")
    func stored() async throws {
      try await withTemporaryFolder { folder in
        let file = "\(folder.path)/orders.db"
        try await served("marketplace", "--store", "sqlite:\(file)") { _ = try await Customer("alice", at: $0).order(1...1) }
        let script = """
          import sqlite3, sys
          db = sqlite3.connect(sys.argv[1])
          for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for index in db.execute(f"PRAGMA index_list('{table}')").fetchall():
              columns = db.execute(f"PRAGMA index_info('{index[1]}')").fetchall()
              print(f"{table}({columns[0][2]})")
          """
        let indexes = try await Programs.run("/usr/bin/env", ["python3", "-c", script, file])
        for index in ["users(email)", "orders(user_id)", "orders(status)"] {
          #expect(indexes.output.split(separator: "\n").contains(Substring(index)), "\(index): \(indexes.output)\(indexes.errors)")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
          let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
          #expect(bytes.range(of: Data(Customer.password.utf8)) == nil, "\(name) has the password in it")
        }
      }
    }
  }
}
