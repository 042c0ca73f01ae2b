import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile sequential")
  struct SequentialTests {
    static func order(_ number: Int) -> String {
      #"{"order_id":"\#(number)","user_id":"user_id","item_ids":"item_ids","total_amount":100}"#
    }

    private func status(_ id: String, at api: API) async throws -> String? {
      try await api.get("/orders/\(id)/status").json()["status"]?.text
    }

    @Test("An order keeps the client's id, and is pending", arguments: [#""item_ids""#, #"["item-001","item-002"]"#])
    func created(items: String) async throws {
      try await served("sequential") { api in
        try await api.post("/orders", #"{"order_id":"11","user_id":"user_id","item_ids":\#(items),"total_amount":100}"#)
          .expect(201, #"{"order_id":"11","status":"Pending"}"#)
        try await api.post("/orders", Self.order(11)).expect(409, #"{"error":"Order already exists"}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(1))
      }
    }

    @Test(
      "What is invalid is refused",
      arguments: [
        "", "{", "[]", "{}", #"{"user_id":"u","item_ids":"i","total_amount":100}"#, #"{"order_id":"1","item_ids":"i","total_amount":100}"#,
        #"{"order_id":"1","user_id":"u","total_amount":100}"#, #"{"order_id":"1","user_id":"u","item_ids":"i"}"#,
        #"{"order_id":"1","user_id":"u","item_ids":"i","total_amount":"much"}"#,
        #"{"order_id":"1","user_id":"u","item_ids":7,"total_amount":100}"#,
      ])
    func invalid(body: String) async throws {
      try await served("sequential") { api in
        try await api.post("/orders", body).expect(400, #"{"error":"<text>"}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test("An order that is not there is not found", arguments: ["/orders/404/status", "/metrics/404"])
    func unknown(path: String) async throws {
      try await served("sequential") { try await $0.get(path).expect(404, #"{"error":"Order not found"}"#) }
    }

    @Test("One order after another; a status with no order is absent from the counts")
    func words() async throws {
      try await served("sequential", "--service-time", "1h") { api in
        try await api.get("/metrics").expect(200, #"{"average_processing_time":"<any>","status_counts":{},"total_orders":0}"#)
        _ = try await sendOrders(11...13, to: api, body: Self.order)
        try await until { try await status("11", at: api) == "Processing" }
        try await api.get("/orders/11/status").expect(200, #"{"status":"Processing"}"#)
        try await api.get("/orders/12/status").expect(200, #"{"status":"Pending"}"#)
        try await api.get("/metrics")
          .expect(200, #"{"average_processing_time":"<any>","status_counts":{"Pending":2,"Processing":1},"total_orders":3}"#)
        let pending = try await api.get("/metrics/12").json()
        #expect(pending["order_id"] == .text("12") && pending["status"] == .text("Pending"))
      }
    }

    @Test("By itself it takes 5 s for an order, and says so with the unit")
    func orderMetrics() async throws {
      try await served("sequential", "--time-scale", "0.02") { api in
        let sent = Date()
        _ = try await sendOrders(11...11, to: api, body: Self.order)
        let answered = Date()
        try await until { try await status("11", at: api) == "Completed" }
        let seen = Date()
        try await api.get("/orders/11/status").expect(200, #"{"status":"Completed"}"#)
        try await api.get("/metrics")
          .expect(200, #"{"average_processing_time":"<number>","status_counts":{"Completed":1},"total_orders":1}"#)
        let metrics = try await api.get("/metrics/11").expect(
          200,
          #"""
          {"created_at":"<zoneless>","order_id":"11","processing_time":"<text>","status":"Completed","updated_at":"<zoneless>"}
          """#)
        let times = try Times(metrics)
        #expect(times.processing >= 0.1, "5 s at a fiftieth")
        // Microseconds are cut off, and the two clocks are read one after the other.
        #expect(times.created >= sent.timeIntervalSince1970 - 0.001 && times.created <= answered.timeIntervalSince1970 + 0.001)
        #expect(times.updated > times.created && times.updated <= seen.timeIntervalSince1970 + 0.001)
        #expect(abs(times.processing - (times.updated - times.created)) <= 0.005 + 2e-6)
      }
    }

    @Test("The average runs from created to last updated, over exactly the completed orders, and is not rounded")
    func average() async throws {
      // Where the machine stands still no snapshot with unfinished orders is seen.
      _ = try await again(while: { (count: Int) in count < 2 }) {
        try await served("sequential", "--service-time", "150ms") { api in
          let ids = try await sendOrders(1...8, to: api, body: Self.order)
          var snapshots: [Int: Double] = [:]
          try await until {
            let metrics = try await api.get("/metrics").json()
            if let completed = metrics["status_counts"]?["Completed"]?.number {
              snapshots[Int(completed)] = metrics["average_processing_time"]?.number
            }
            return snapshots[8] != nil
          }
          // First come, first served: the first n are the completed ones, and these do not change any more.
          var spans: [Double] = []
          for id in ids {
            let times = try Times(try await api.get("/metrics/\(id)").json())
            spans.append(times.updated - times.created)
          }
          for (count, average) in snapshots {
            let mean = spans.prefix(count).reduce(0, +) / Double(count)
            #expect(abs(average - mean) <= 2e-6, "\(average) of \(count) orders, and their own times say \(mean)")
          }
          return snapshots.count
        }
      }
    }

    @Test("Orders are completed in the order of their acceptance")
    func firstComeFirstServed() async throws {
      try await served("sequential", "--service-time", "20ms") { api in
        let ids = try await sendOrders(1...20, to: api, body: Self.order)
        try await expectFirstComeFirstServed(ids, completed: "Completed") { try await status($0, at: api) }
      }
    }

    @Test("Sample orders are there from the start, as many as asked for, and are not loaded twice")
    func seedData() async throws {
      try await withTemporaryFolder { folder in
        for _ in 1...2 {
          try await served("sequential", "--store", "sqlite:\(folder.path)/orders.db", "--seed-data", "5", "--service-time", "1h") { api in
            let metrics = try await api.get("/metrics").json()
            #expect(metrics["total_orders"] == .number(5))
          }
        }
      }
    }

    /// The times of one order, in seconds since 1970.
    private struct Times {
      var created: Double
      var updated: Double
      var processing: Double

      init(_ metrics: JSONValue) throws {
        func seconds(_ key: String) throws -> Double {
          // `Date` parses milliseconds at best, so the fraction is read apart.
          let parts = try #require(metrics[key]?.text).split(separator: ".")
          let whole = try #require(try? Date("\(parts[0])Z", strategy: .iso8601))
          return whole.timeIntervalSince1970 + (try #require(Double("0.\(parts[1])")))
        }
        let text = try #require(metrics["processing_time"]?.text)
        let match = try #require(text.wholeMatch(of: /(\d+\.\d{2}) seconds/), "\(text) is not like 6.24 seconds")
        created = try seconds("created_at")
        updated = try seconds("updated_at")
        processing = try #require(Double(match.1))
      }
    }
  }
}
