import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile parallel")
  struct ParallelTests {
    static func order(_ number: Int) -> String { #"{"user_id":"user-\#(number)","item_ids":["item-001"],"total_amount":100.0}"# }

    @Test("An order is given a UUID, and is pending")
    func created() async throws {
      try await served("parallel") { api in
        try await api.post("/orders", Self.order(1)).expect(201, #"{"order_id":"<uuid>","status":"Pending"}"#)
      }
    }

    @Test("What is missing is located", arguments: ["user_id", "item_ids", "total_amount"])
    func missingField(field: String) async throws {
      try await served("parallel") { api in
        let body = try JSONSerialization.jsonObject(with: Data(Self.order(1).utf8)) as? [String: Any] ?? [:]
        let rest = try JSONSerialization.data(withJSONObject: body.filter { $0.key != field })
        try await api.post("/orders", String(decoding: rest, as: UTF8.self))
          .expect(422, #"{"detail":[{"loc":["body","\#(field)"],"msg":"<text>","type":"<text>"}]}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test(
      "What is of the wrong type is located",
      arguments: [
        ("user_id", #"{"user_id":1,"item_ids":["a"],"total_amount":1}"#),
        ("item_ids", #"{"user_id":"u","item_ids":"a","total_amount":1}"#),
        ("total_amount", #"{"user_id":"u","item_ids":["a"],"total_amount":"much"}"#),
      ])
    func wrongType(field: String, body: String) async throws {
      try await served("parallel") { api in
        try await api.post("/orders", body)
          .expect(422, #"{"detail":[{"loc":["body","\#(field)"],"msg":"<text>","type":"<text>"}]}"#)
      }
    }

    @Test("Each of several faults has an entry of its own")
    func severalFaults() async throws {
      try await served("parallel") { api in
        let answer = try await api.post("/orders", #"{"total_amount":1}"#)
        #expect(answer.status == 422)
        let places = try answer.json()["detail"]?.array?.compactMap { $0["loc"] }
        #expect(places == [.array([.text("body"), .text("user_id")]), .array([.text("body"), .text("item_ids")])])
      }
    }

    @Test("An order that is not there is not found", arguments: ["00000000-0000-4000-8000-000000000000", "nothing"])
    func unknown(id: String) async throws {
      try await served("parallel") { api in
        try await api.get("/orders/\(id)").expect(404, #"{"detail":"Order not found"}"#)
      }
    }

    @Test("All orders are processed at once, in parallel")
    func inParallel() async throws {
      try await served("parallel", "--service-time", "1h") { api in
        try await api.get("/metrics").expect(
          200, #"{"total_orders":0,"average_processing_time":0,"order_status_counts":{"Pending":0,"Processing":0,"Completed":0}}"#)
        let ids = try await sendOrders(1...40, to: api, body: Self.order)
        try await until { try await api.get("/metrics").json()["order_status_counts"]?["Processing"] == .number(40) }
        try await api.get("/metrics").expect(
          200, #"{"total_orders":40,"average_processing_time":0,"order_status_counts":{"Pending":0,"Processing":40,"Completed":0}}"#)
        try await api.get("/orders/\(ids[39])").expect(200, #"{"order_id":"\#(ids[39])","status":"Processing"}"#)
      }
    }

    @Test("With one worker, the second order is pending")
    func pending() async throws {
      try await served("parallel", "--service-time", "1h", "--workers", "1") { api in
        let ids = try await sendOrders(1...2, to: api, body: Self.order)
        try await until { try await api.get("/orders/\(ids[0])").json()["status"] == .text("Processing") }
        try await api.get("/orders/\(ids[1])").expect(200, #"{"order_id":"\#(ids[1])","status":"Pending"}"#)
        try await api.get("/metrics").expect(
          200, #"{"total_orders":2,"average_processing_time":0,"order_status_counts":{"Pending":1,"Processing":1,"Completed":0}}"#)
      }
    }

    @Test("By itself it takes 5 s for an order, and a time scale shortens them")
    func fiveSeconds() async throws {
      try await served("parallel", "--time-scale", "0.01") { api in
        let began = ContinuousClock.now
        let ids = try await sendOrders(1...5, to: api, body: Self.order)
        try await until { try await api.get("/metrics").json()["order_status_counts"]?["Completed"] == .number(5) }
        let elapsed = (ContinuousClock.now - began) / .seconds(1)
        try await api.get("/orders/\(ids[0])").expect(200, #"{"order_id":"\#(ids[0])","status":"Completed"}"#)
        let metrics = try await api.get("/metrics").expect(
          200, #"{"total_orders":5,"average_processing_time":"<number>","order_status_counts":{"Pending":0,"Processing":0,"Completed":5}}"#)
        let average = try #require(metrics["average_processing_time"]?.number)
        #expect(average >= 0.05 && average <= elapsed, "in seconds as they went by: \(average)")
      }
    }

    @Test("The average runs from created to completed, the waiting included")
    func average() async throws {
      try await served("parallel", "--workers", "1", "--service-time", "200ms") { api in
        let bounds = try await CompletionBounds.seen(orders: 5, serviceTime: 0.2) { number in
          try await sendOrders(number...number, to: api, body: Self.order)[0]
        } isCompleted: {
          try await api.get("/orders/\($0)").json()["status"] == .text("Completed")
        }
        let average = try #require(try await api.get("/metrics").json()["average_processing_time"]?.number)
        #expect(average >= bounds.lower && average <= bounds.upper, "\(average) s, and should lie within \(bounds)")
      }
    }

    @Test("Its documentation and its description are there to be read", arguments: ["parallel", "standard"])
    func documentation(profile: String) async throws {
      try await served(profile) { api in
        let page = try await api.get("/docs")
        #expect(page.status == 200)
        #expect(page.header("content-type")?.hasPrefix("text/html") == true)
        #expect(page.text.contains("/openapi.json"))
        let description = try await api.get("/openapi.json")
        #expect(description.status == 200)
        let paths = try description.json()["paths"]
        #expect(try description.json()["openapi"]?.text?.hasPrefix("3.") == true)
        #expect(paths?["/orders"]?["post"] != nil && paths?["/metrics"]?["get"] != nil, "\(paths?.keys ?? [])")
        #expect(paths?.keys.contains { $0.hasPrefix("/orders/{") } == true)
      }
    }

    @Test("Errors that no handler made are spelled like the others")
    func otherErrors() async throws {
      try await served("parallel") { api in
        try await api.get("/nowhere").expect(404, #"{"detail":"<text>"}"#)
        try await api.send("DELETE", "/orders").expect(405, #"{"detail":"<text>"}"#)
        let malformed = try await api.post("/orders", #"{"user_id":"#)
        #expect(malformed.status == 422, "a validation error like any other: \(malformed)")
        #expect(try malformed.json()["detail"]?.array?.first?.keys == ["loc", "msg", "type"])
      }
    }
  }
}
