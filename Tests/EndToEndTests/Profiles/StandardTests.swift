import Foundation
import Testing

extension EndToEnd {
  @Suite("Profile standard")
  struct StandardTests {
    static let order = #"{"user_id":"u-1","item_ids":["item-001"],"total_amount":250.75}"#

    @Test("An order has an id and a place of its own, by the server or by the client")
    func created() async throws {
      try await served("standard", "--service-time", "1h", "--workers", "1") { api in
        let answer = try await api.post("/orders", Self.order)
        let created = try answer.expect(201, #"{"order_id":"<uuid>","status":"pending"}"#)
        let id = try #require(created["order_id"]?.text)
        #expect(answer.header("Location") == "/orders/\(id)")
        try await until { try await api.get("/orders/\(id)/status").json()["status"] == .text("processing") }
        try await api.get("/orders/\(id)").expect(
          200,
          #"""
          {"order_id":"\#(id)","status":"processing","user_id":"u-1","item_ids":["item-001"],"total_amount":250.75,
           "created_at":"<RFC 3339>","started_at":"<RFC 3339>","completed_at":null}
          """#)
        let own = #"{"order_id":"mine-1","user_id":"u-1","item_ids":["item-001"],"total_amount":250.75}"#
        try await api.post("/orders", own).expect(201, #"{"order_id":"mine-1","status":"pending"}"#)
        try await api.get("/orders/mine-1/status").expect(200, #"{"order_id":"mine-1","status":"pending"}"#)
        #expect(try await api.post("/orders", own).status == 409)
      }
    }

    @Test("A problem is one of RFC 9457, and names the field")
    func problems() async throws {
      try await served("standard") { api in
        let answer = try await api.post("/orders", #"{"item_ids":["item-001"],"total_amount":250.75}"#)
        #expect((400..<500).contains(answer.status) && answer.header("Content-Type") == "application/problem+json", "\(answer)")
        #expect(answer.text.contains("user_id"))
        for (method, path) in [("GET", "/nowhere"), ("GET", "/orders/none"), ("DELETE", "/metrics"), ("POST", "/orders")] {
          let answer = try await api.send(method, path, method == "POST" ? "{" : "")
          #expect(answer.header("Content-Type") == "application/problem+json", "\(method) \(path): \(answer)")
          #expect(try answer.json()["status"]?.number == Double(answer.status))
        }
      }
    }

    @Test("The metrics have all five counts, and no average while nothing is completed")
    func metrics() async throws {
      try await served("standard", "--service-time", "50ms") { api in
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":0,"status_counts":{"pending":0,"processing":0,"completed":0,"cancelled":0,"failed":0},
           "average_processing_time":null,"average_completion_time":null,"estimated_processing_time":0}
          """#)
        let id = try await sendOrders(1...1, to: api) { _ in Self.order }[0]
        try await until { try await api.get("/orders/\(id)/status").json()["status"] == .text("completed") }
        let metrics = try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":1,"status_counts":{"pending":0,"processing":0,"completed":1,"cancelled":0,"failed":0},
           "average_processing_time":"<number>","average_completion_time":"<number>","estimated_processing_time":0}
          """#)
        let processing = try #require(metrics["average_processing_time"]?.number)
        let completion = try #require(metrics["average_completion_time"]?.number)
        #expect(processing >= 0.05 && completion >= processing)
        let order = try await api.get("/metrics/\(id)").json()
        #expect(order["processing_time"]?.number == processing && order["completion_time"]?.number == completion)
      }
    }

    @Test("The same idempotency key brings the same order, and another order under it is refused")
    func idempotency() async throws {
      try await served("standard", "--service-time", "1h") { api in
        let keyed = api.with("Idempotency-Key", "k-1")
        let first = try await keyed.post("/orders", Self.order)
        let second = try await keyed.post("/orders", Self.order)
        #expect(try first.json()["order_id"] == second.json()["order_id"] && first.status == 201, "\(second)")
        let other = try await keyed.post("/orders", Self.order.replacing("u-1", with: "u-2"))
        #expect((400..<500).contains(other.status), "\(other)")
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(1))
      }
    }

    @Test("An order is cancelled while it is pending, else 409")
    func cancelling() async throws {
      try await served("standard", "--service-time", "1h", "--workers", "1") { api in
        let ids = try await sendOrders(1...2, to: api) { _ in Self.order }
        try await until { try await api.get("/orders/\(ids[0])/status").json()["status"] == .text("processing") }
        #expect(try await api.post("/orders/\(ids[0])/cancel").status == 409)
        let cancelled = try await api.post("/orders/\(ids[1])/cancel")
        #expect(try cancelled.status == 200 && cancelled.json()["status"] == .text("cancelled"), "\(cancelled)")
        #expect(try await api.post("/orders/\(ids[1])/cancel").status == 409)
        #expect(try await api.post("/orders/none/cancel").status == 404)
        #expect(try await api.get("/metrics").json()["status_counts"]?["cancelled"] == .number(1))
      }
    }

    @Test("Lists are paged, and of one status where that is asked for")
    func lists() async throws {
      try await served("standard", "--service-time", "1h", "--workers", "1") { api in
        let ids = try await sendOrders(1...5, to: api) { _ in Self.order }
        try await until { try await api.get("/orders/\(ids[0])/status").json()["status"] == .text("processing") }
        let first = try await api.get("/orders?limit=2&status=pending").json()
        let cursor = try #require(first["next_cursor"]?.pathSegment)
        let second = try await api.get("/orders?limit=2&status=pending&cursor=\(cursor)").json()
        let found = try [first, second].flatMap { try #require($0["orders"]?.array) }.compactMap { $0["order_id"]?.text }
        #expect(Set(found) == Set(ids.dropFirst()) && found.count == 4)
        for wrong in ["limit=0", "limit=x", "status=lost", "cursor=%00"] {
          let answer = try await api.get("/orders?\(wrong)")
          #expect(answer.status == 400 && answer.header("Content-Type") == "application/problem+json", "\(wrong): \(answer)")
        }
      }
    }

    @Test("The same figures are there as Prometheus's text, by path and by Accept")
    func prometheus() async throws {
      try await served("standard", "--service-time", "1h") { api in
        _ = try await sendOrders(1...3, to: api) { _ in Self.order }
        for answer in [
          try await api.get("/metrics/prometheus"), try await api.with("Accept", "text/plain; version=0.0.4").get("/metrics"),
        ] {
          #expect(answer.status == 200 && answer.header("Content-Type")?.hasPrefix("text/plain") == true, "\(answer)")
          let samples = answer.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
          #expect(samples.allSatisfy { $0.split(separator: " ").last.flatMap { Double($0) } != nil }, "\(answer.text)")
          let orders = samples.filter { $0.contains("status=") }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
          #expect(orders.reduce(0, +) == 3, "\(answer.text)")
        }
      }
    }

    @Test("An order that was acknowledged outlives SIGKILL, is processed to its end, and is counted once", arguments: ["standard", "fcfs", "parallel"])
    func survives(profile: String) async throws {
      try await withTemporaryFolder { folder in
        let arguments = ["--port", "0", "--profile", profile, "--store", "sqlite:\(folder.path)/orders.db"]
        let server = try await RunningProgram.start(Programs.orderServer, arguments + ["--service-time", "1h"])
        let body = profile == "fcfs" ? FCFSTests.order : Self.order
        let ids = try await sendOrders(1...20, to: API(url: try await server.url())) { _ in body }
        server.signal(SIGKILL)
        _ = await server.ended()
        try await served(profile, "--store", "sqlite:\(folder.path)/orders.db", "--service-time", "1ms") { api in
          let path = profile == "standard" ? "/status" : ""
          for id in ids {
            try await until { try await api.get("/orders/\(id)\(path)").json()["status"]?.text?.lowercased() == "completed" }
          }
          #expect(try await api.get("/metrics").json()["total_orders"] == .number(20))
        }
      }
    }
  }
}
