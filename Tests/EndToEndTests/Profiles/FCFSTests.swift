import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile fcfs")
  struct FCFSTests {
    static func order(_ number: Int) -> String {
      #"{"user_id":"\#(UUID())","item_ids":["item-001","item-002"],"total_amount":250.75}"#
    }

    @Test("An order is placed under a UUID")
    func created() async throws {
      try await served("fcfs") { api in
        try await api.post("/orders", Self.order(1)).expect(201, #"{"message":"Order placed successfully","order_id":"<uuid>"}"#)
      }
    }

    @Test(
      "What is invalid is refused",
      arguments: [
        "", "{", "[]", "{}", #"{"item_ids":["item-001"],"total_amount":250.75}"#,
        #"{"user_id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","total_amount":250.75}"#,
        #"{"user_id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","item_ids":["item-001"]}"#,
        #"{"user_id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","item_ids":["item-001"],"total_amount":"much"}"#,
        #"{"user_id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","item_ids":"item-001","total_amount":250.75}"#,
      ])
    func invalid(body: String) async throws {
      try await served("fcfs") { api in
        try await api.post("/orders", body).expect(400, #"{"error":"<text>"}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test("An order that is not there is not found", arguments: ["00000000-0000-4000-8000-000000000000", "nothing"])
    func unknown(id: String) async throws {
      try await served("fcfs") { try await $0.get("/orders/\(id)").expect(404, #"{"error":"Order not found"}"#) }
    }

    @Test("One worker: an order is pending and processing, and the estimate counts both")
    func words() async throws {
      try await served("fcfs", "--service-time", "1h") { api in
        try await api.get("/metrics").expect(
          200,
          #"""
          {"average_processing_time":"<number>","estimated_processing_time":0,
           "status_counts":{"completed_orders":0,"pending_orders":0,"processing_orders":0},"total_orders":0}
          """#)
        let ids = try await sendOrders(1...3, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])").json()["status"] == .text("Processing") }
        try await api.get("/orders/\(ids[0])").expect(200, #"{"order_id":"\#(ids[0])","status":"Processing"}"#)
        try await api.get("/orders/\(ids[1])").expect(200, #"{"order_id":"\#(ids[1])","status":"Pending"}"#)
        try await api.get("/metrics").expect(
          200,
          #"""
          {"average_processing_time":"<number>","estimated_processing_time":10800,
           "status_counts":{"completed_orders":0,"pending_orders":2,"processing_orders":1},"total_orders":3}
          """#)
      }
    }

    @Test("By itself it takes 2 s for an order")
    func twoSeconds() async throws {
      try await served("fcfs") { api in
        let sent = ContinuousClock.now
        // So many that they are not all done while the machine stands still.
        let ids = try await sendOrders(1...30, to: api, body: Self.order)
        var most = 0.0
        try await until {
          let metrics = try await api.get("/metrics").json()
          let counts = try #require(metrics["status_counts"])
          let unfinished = (counts["pending_orders"]?.number ?? -1) + (counts["processing_orders"]?.number ?? -1)
          #expect(metrics["estimated_processing_time"] == .number(2 * unfinished))
          most = max(most, unfinished)
          return counts["completed_orders"]?.number ?? 0 >= 1
        }
        #expect(ContinuousClock.now - sent >= .seconds(2))
        #expect(most > 0)
        try await api.get("/orders/\(ids[0])").expect(200, #"{"order_id":"\#(ids[0])","status":"Completed"}"#)
      }
    }

    @Test("The average is of created to completed in whole seconds, rounded down, and printed as such", arguments: [(4, 0.7), (1, 1.6)])
    func average(orders: Int, serviceTime: Double) async throws {
      try await served("fcfs", "--service-time", "\(Int(serviceTime * 1000))ms") { api in
        let bounds = try await CompletionBounds.seen(orders: orders, serviceTime: serviceTime) { number in
          try await sendOrders(number...number, to: api, body: Self.order)[0]
        } isCompleted: {
          try await api.get("/orders/\($0)").json()["status"] == .text("Completed")
        }
        let answer = try await api.get("/metrics").expect(
          200,
          #"""
          {"average_processing_time":"<number>","estimated_processing_time":0,
           "status_counts":{"completed_orders":\#(orders),"pending_orders":0,"processing_orders":0},"total_orders":\#(orders)}
          """#)
        let average = try #require(answer["average_processing_time"]?.number)
        #expect(average >= bounds.lower.rounded(.down) && average <= bounds.upper.rounded(.down), "\(average): \(bounds)")
        let text = try await api.get("/metrics").text
        #expect(text.contains(/"average_processing_time"\s*:\s*\d+\s*[,}]/), "an integer: \(text)")
      }
    }

    @Test("Orders that were pending or processing are queued again at the start, in their order")
    func queuedAgain() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--port", "0", "--profile", "fcfs", "--store", "sqlite:\(folder.path)/orders.db", "--service-time"]
        let first = try await RunningProgram.start(Programs.orderServer, flags + ["1h"])
        let api = API(url: try await first.url())
        let ids = try await sendOrders(1...12, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])").json()["status"] == .text("Processing") }
        first.signal(SIGKILL)
        #expect(await first.ended() == -SIGKILL)
        try await RunningProgram.with(Programs.orderServer, flags + ["50ms"]) { _, url in
          let api = API(url: url)
          try await expectFirstComeFirstServed(ids, completed: "Completed") { try await api.get("/orders/\($0)").json()["status"]?.text }
        }
      }
    }
  }
}
