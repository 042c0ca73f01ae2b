import Foundation
import Testing

extension EndToEnd {
  @Suite("Profile fcfs")
  struct FCFSTests {
    static let order = #"{"user_id":"7b0b0a0e-8c5e-4c53-9f0e-0d2f6f7f0c11","item_ids":["item-001","item-002"],"total_amount":250.75}"#

    private func status(_ id: String, at api: API) async throws -> String? { try await api.get("/orders/\(id)").json()["status"]?.text }

    @Test("An order is placed, and found by its id; what is not there is not found")
    func created() async throws {
      try await served("fcfs", "--service-time", "1h") { api in
        let placed = try await api.post("/orders", Self.order)
          .expect(201, #"{"message":"Order placed successfully","order_id":"<uuid>"}"#)
        let id = try #require(placed["order_id"]?.text)
        try await until { try await status(id, at: api) == "Processing" }
        try await api.get("/orders/\(id)").expect(200, #"{"order_id":"\#(id)","status":"Processing"}"#)
        let second = try #require(try await api.post("/orders", Self.order).json()["order_id"]?.text)
        try await api.get("/orders/\(second)").expect(200, #"{"order_id":"\#(second)","status":"Pending"}"#)
        try await api.get("/orders/7b0b0a0e-0000-4c53-9f0e-0d2f6f7f0c11").expect(404, #"{"error":"Order not found"}"#)
      }
    }

    @Test(
      "What is invalid is refused",
      arguments: [
        "", "[", "[]", "{}", #"{"item_ids":["item-001"],"total_amount":1}"#, #"{"user_id":"u","total_amount":1}"#,
        #"{"user_id":"u","item_ids":["item-001"]}"#, #"{"user_id":"u","item_ids":"item-001","total_amount":1}"#,
        #"{"user_id":"u","item_ids":["item-001"],"total_amount":"1"}"#,
      ])
    func invalid(body: String) async throws {
      try await served("fcfs") { api in
        try await api.post("/orders", body).expect(400, #"{"error":"<text>"}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test("The metrics are those of the literal, with whole seconds of created to completed, rounded down")
    func metrics() async throws {
      try await served("fcfs", "--service-time", "700ms") { api in
        try await api.get("/metrics").expect(
          200,
          #"""
          {"average_processing_time":"<number>","estimated_processing_time":0,
           "status_counts":{"completed_orders":0,"pending_orders":0,"processing_orders":0},"total_orders":0}
          """#)
        // The third is completed 2.1 s after the first was begun: the mean of 0.7, 1.4 and 2.1 s is 1.4 s, and more by what is lost on the way.
        let ids = try await sendOrders(1...3, to: api) { _ in Self.order }
        for id in ids { try await until { try await status(id, at: api) == "Completed" } }
        let answer = try await api.get("/metrics")
        let metrics = try answer.json()
        let average = try #require(metrics["average_processing_time"]?.number)
        #expect(average >= 1 && average == average.rounded(), "\(answer)")
        #expect(answer.text.firstMatch(of: /"average_processing_time":\d+[,}]/) != nil, "it is no whole number: \(answer)")
        #expect(metrics["status_counts"]?["completed_orders"] == .number(3))
      }
    }

    @Test("Orders are completed in the order of their acceptance")
    func firstComeFirstServed() async throws {
      try await served("fcfs", "--time-scale", "0.01") { api in
        let ids = try await sendOrders(1...20, to: api) { _ in Self.order }
        try await expectFirstComeFirstServed(ids, completed: "Completed") { try await status($0, at: api) }
      }
    }

    @Test("While 2,000 orders drain, the estimate is the service time × (pending + processing) at every one of 100 samples")
    func estimates() async throws {
      try await withTemporaryFolder { folder in
        // 2 s at a four-hundredth: 5 ms for each, which is what the estimate counts with.
        let serviceTime = 0.005
        try await served("fcfs", "--time-scale", "0.0025", "--store", "sqlite:\(folder.path)/orders.db") { api in
          async let samples = sample(100, at: api, serviceTime)
          try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<20 {
              group.addTask { _ = try await sendOrders(sender * 100...sender * 100 + 99, to: api) { _ in Self.order } }
            }
            try await group.waitForAll()
          }
          let seen = try await samples
          #expect(seen.count == 100)
          #expect(Set(seen.map(\.open)).count > 50 && seen.contains { $0.completed > 0 }, "it drained meanwhile")
          try await until { try await api.get("/metrics").json()["status_counts"]?["completed_orders"] == .number(2_000) }
          let drained = try await api.get("/metrics").json()
          #expect(drained["estimated_processing_time"] == .number(0) && drained["total_orders"] == .number(2_000))
        }
      }
    }

    /// Reads the metrics until so many of them were made while orders were open.
    private func sample(_ count: Int, at api: API, _ serviceTime: Double) async throws -> [(open: Double, completed: Double)] {
      var seen: [(open: Double, completed: Double)] = []
      while seen.count < count {
        let metrics = try await api.get("/metrics").json()
        let counts = try #require(metrics["status_counts"])
        let pending = try #require(counts["pending_orders"]?.number)
        let processing = try #require(counts["processing_orders"]?.number)
        let completed = try #require(counts["completed_orders"]?.number)
        let estimate = try #require(metrics["estimated_processing_time"]?.number)
        let open = pending + processing
        #expect(abs(estimate - serviceTime * open) < 1e-9 * max(1, estimate), "\(metrics)")
        #expect(metrics["total_orders"]?.number == open + completed, "\(metrics)")
        guard open > 0 else { continue }
        seen.append((open, completed))
        // A hundred samples over most of the ten seconds that it takes.
        try await Task.sleep(for: .milliseconds(80))
      }
      return seen
    }
  }
}
