import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile standard: metrics and health")
  struct StandardMetricsTests {
    @Test("All five counts are always there, and the averages null while nothing is completed")
    func atFirst() async throws {
      try await served("standard", "--workers", "1", "--service-time", "1h") { api in
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":0,"status_counts":{"pending":0,"processing":0,"completed":0,"cancelled":0,"failed":0},
           "average_processing_time":null,"average_completion_time":null,"estimated_processing_time":0}
          """#)
        _ = try await sendOrders(1...3, to: api, body: StandardTests.order)
        try await until { try await api.get("/metrics").json()["status_counts"]?["processing"] == .number(1) }
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":3,"status_counts":{"pending":2,"processing":1,"completed":0,"cancelled":0,"failed":0},
           "average_processing_time":null,"average_completion_time":null,"estimated_processing_time":10800}
          """#)
      }
    }

    @Test("The averages are those of the orders' own times, unrounded: started to completed, and created to completed")
    func averages() async throws {
      try await served("standard", "--workers", "1", "--service-time", "60ms") { api in
        let ids = try await sendOrders(1...6, to: api, body: StandardTests.order)
        try await until { try await api.get("/metrics").json()["status_counts"]?["completed"] == .number(6) }
        var (processing, completion) = (0.0, 0.0)
        for id in ids {
          let order = try await api.get("/orders/\(id)").json()
          let (created, started, completed) = (
            try seconds(order["created_at"]), try seconds(order["started_at"]), try seconds(order["completed_at"])
          )
          #expect(created <= started && completed - started >= 0.06 - 2e-6)
          processing += (completed - started) / 6
          completion += (completed - created) / 6
          let own = try await api.get("/metrics/\(id)").json()
          for time in ["created_at", "started_at", "completed_at"] { #expect(own[time] == order[time], "\(own)") }
          guard case .object(let values) = own else { continue }
          let durations = values.values.compactMap(\.number)
          for duration in [completed - started, completed - created] {
            #expect(durations.contains { abs($0 - duration) <= 2e-6 }, "\(own) does not say \(duration)")
          }
        }
        let metrics = try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":6,"status_counts":{"pending":0,"processing":0,"completed":6,"cancelled":0,"failed":0},
           "average_processing_time":"<number>","average_completion_time":"<number>","estimated_processing_time":0}
          """#)
        // Printed times are cut to microseconds.
        #expect(abs(try #require(metrics["average_processing_time"]?.number) - processing) <= 2e-6, "\(metrics), and \(processing)")
        #expect(abs(try #require(metrics["average_completion_time"]?.number) - completion) <= 2e-6, "\(metrics), and \(completion)")
      }
    }

    @Test("A ping and the health are answered")
    func health() async throws {
      try await served("standard") { api in
        try await api.get("/ping").expect(200, #"{"message":"Success"}"#)
        let health = try await api.get("/health")
        #expect(health.status == 200)
        #expect(health.text.contains("store") && health.text.contains("processor"), "\(health)")
      }
    }

    /// A printed time in seconds since 1970; the fraction is read apart, since `Date` parses milliseconds at best.
    private func seconds(_ value: JSONValue?) throws -> Double {
      let parts = try #require(value?.text).dropLast().split(separator: ".")
      let whole = try #require(try? Date("\(parts[0])Z", strategy: .iso8601))
      return whole.timeIntervalSince1970 + (try #require(Double("0.\(parts[1])")))
    }
  }
}
