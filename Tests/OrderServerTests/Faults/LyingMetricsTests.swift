import HTTPTypes
import Shared
import Testing

@testable import OrderServer

@Suite("Metrics that lie")
struct LyingMetricsTests {
  @Test("Before the first order the figures are true, and from then on they are not")
  func begins() async throws {
    try await FaultyServer("total=+5").test { client in
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(0))
      _ = try await client.create()
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(6))
    }
  }

  @Test("Figures that are no numbers are written as the fault says", arguments: [("null", "null"), ("nan", "NaN"), ("word", "\"many\"")])
  func absent(how: String, written: String) async throws {
    try await FaultyServer("total=\(how)").test { client in
      _ = try await client.create()
      let text = try await client.send(.get, "/metrics").text
      #expect(text.contains("\"total_orders\":\(written),"), "\(text)")
    }
  }

  @Test("A figure that is gone is left out, and the document stays one")
  func gone() async throws {
    try await FaultyServer("completed=gone", "total=gone").test { client in
      _ = try await client.create()
      let json = try await client.send(.get, "/metrics").json
      #expect(json["total_orders"] == nil && json["status_counts"]?["completed"] == nil && json["status_counts"]?["pending"] == .number(1))
    }
  }

  @Test("Every profile's own document lies about the total", arguments: Profile.all.filter { $0.format.metrics != nil }.map(\.name))
  func profiles(name: String) async throws {
    let server = try await FaultyServer("total=+41", profile: Profile(named: name))
    try await server.orders.accept(OrderDraft(id: OrderID("7"), userID: "1", itemIDs: ["1"], totalAmount: 1))
    try await server.test { client in
      let json = try await client.send(.get, "/metrics").json
      #expect(json["total_orders"] == .number(42))
    }
  }

  @Test("An average that is told is written as the profile writes its own")
  func printing() async throws {
    let server = try await FaultyServer("averages=fixed:2.345", profile: .basicAuth)
    try await server.orders.accept(OrderDraft(id: OrderID("7"), userID: "1", itemIDs: ["1"], totalAmount: 1))
    try await server.test { client in
      let json = try await client.send(.get, "/metrics").json
      #expect(json["avg_processing_time_seconds"] == .number(2.35))
    }
    let whole = try await FaultyServer("averages=fixed:2.9", profile: .fcfs)
    try await whole.orders.accept(OrderDraft(userID: "1", itemIDs: ["1"], totalAmount: 1))
    try await whole.test { client in
      let text = try await client.send(.get, "/metrics").text
      #expect(text.contains("\"average_processing_time\":2,"), "\(text)")
    }
  }

  @Test("Prometheus text lies as the document does, in counts, sums, and what a reader makes of both")
  func prometheus() async throws {
    let server = try await FaultyServer("total=+1", "average_completion=fixed:4", "completed=twice", "estimate=gone", "failed=nan")
    try await server.test { client in
      for _ in 1...3 { _ = try await client.create() }
      let taken = try await server.advance(taking: 2)
      try await server.advance(completing: taken)
      let lines = try await client.send(.get, "/metrics/prometheus").text.textLines
      #expect(lines.contains("orders_accepted_total 4") && lines.contains("orders{status=\"completed\"} 4"), "\(lines)")
      #expect(lines.contains("order_completion_seconds_sum 16.0") && lines.contains("order_completion_seconds_count 4"), "\(lines)")
      #expect(lines.contains("orders{status=\"failed\"} NaN") && lines.contains("orders{status=\"pending\"} 1"))
      #expect(!lines.contains { $0.hasPrefix("orders_estimated_processing_seconds ") })
    }
  }

  @Test("A sum that drifts has so much more in it for each completed order, in Prometheus text alone")
  func drift() async throws {
    let server = try await FaultyServer("sums=drift:1s")
    try await server.test { client in
      for _ in 1...3 { _ = try await client.create() }
      let taken = try await server.advance(taking: 3)
      try await server.advance(completing: taken)
      let lines = try await client.send(.get, "/metrics/prometheus").text.textLines
      let sum = lines.first { $0.hasPrefix("order_processing_seconds_sum ") }.flatMap { Double($0.split(separator: " ")[1]) }
      #expect((3..<3.001).contains(try #require(sum)))
      guard case .number(let average)? = try await client.send(.get, "/metrics").json["average_processing_time"] else {
        Issue.record("no average")
        return
      }
      #expect(average < 0.001)
    }
  }

  @Test("Each bucket of a shifted histogram has the count of the one below, and its count is true; a process has its part of each bucket")
  func histograms() async throws {
    for (fault, counts) in [
      ("histograms=shifted", ["0", "4", "4", "4"]), ("completed=+2", ["4", "4", "4", "6"]),
      ("figures=per-process:2", ["2", "2", "2", "2"]),
    ] {
      let server = try await FaultyServer(fault)
      try await server.test { client in
        for _ in 1...4 { _ = try await client.create() }
        let taken = try await server.advance(taking: 4)
        try await server.advance(completing: taken)
        let lines = try await client.send(.get, "/metrics/prometheus").text.textLines
        for span in ["processing", "completion"] {
          let told = ["0.005", "0.01", "60.0", "+Inf"].map { "order_\(span)_seconds_bucket{le=\"\($0)\"} " }.map { name in
            lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
          }
          #expect(told.map { $0.map(String.init) ?? "" } == counts, "\(fault) \(span): \(lines)")
          #expect(lines.contains("order_\(span)_seconds_count \(counts[3])"))
        }
      }
    }
  }

  @Test("A count of orders that is gone is in no series of the text: neither its own, nor those of the histograms that it is the count of")
  func goneFromText() async throws {
    try await FaultyServer("completed=gone", "failed=gone").test { client in
      _ = try await client.create()
      let lines = try await client.send(.get, "/metrics/prometheus").text.textLines
      for name in ["orders{status=\"completed\"}", "orders{status=\"failed\"}", "order_processing_seconds_", "order_completion_seconds_"] {
        #expect(!lines.contains { $0.hasPrefix(name) && !$0.contains("_created ") }, "\(name): \(lines)")
      }
      #expect(lines.contains("orders{status=\"pending\"} 1"))
    }
  }

  /// The samples about reads of orders that were answered with this code, without the labels that they have in common.
  private func reads(_ status: Int, _ client: RouterClient) async throws -> [String: Double] {
    let labels = "method=\"GET\",route=\"/orders/{id}\",status=\"\(status)\""
    var samples: [String: Double] = [:]
    for line in try await client.send(.get, "/metrics/prometheus").text.textLines where line.contains(labels) {
      let parts = line.replacing(labels, with: "").split(separator: " ")
      samples[String(parts[0])] = Double(parts[1])
    }
    return samples
  }

  @Test("Answers of a class that is skipped are nowhere, from the first order on, and the others are as they were")
  func skipped() async throws {
    try await FaultyServer("requests=skipped:4xx").test { client in
      _ = try await client.send(.get, "/orders/nobody")
      let before = try await reads(404, client)
      #expect(before.count == 17 && before["http_requests_total{}"] == 1, "\(before)")
      let id = try await client.createdID()
      _ = try await client.send(.get, "/orders/\(id)")
      let after = try await reads(404, client)
      #expect(after.isEmpty, "\(after)")
      let found = try await reads(200, client)
      #expect(found.count == 17 && found["http_requests_total{}"] == 1, "\(found)")
    }
  }

  @Test(
    "Requests are told one bucket too high, or a thousand times as long, from the first order on, and their number is true",
    arguments: ["requests=shifted", "requests=milliseconds"])
  func durations(fault: String) async throws {
    // It is in no bucket up to 25 ms, and in milliseconds above all of them.
    try await FaultyServer(fault, "wire=delay:30ms").test { client in
      let name = "http_request_duration_seconds"
      func buckets(_ samples: [String: Double]) -> [Double?] {
        RequestDurations.limits.map { samples["\(name)_bucket{,le=\"\($0.seconds)\"}"] }
      }
      _ = try await client.send(.get, "/orders/nobody")
      let before = try await reads(404, client)
      _ = try await client.create()
      let after = try await reads(404, client)
      for samples in [before, after] {
        #expect(samples["http_requests_total{}"] == 1 && samples["\(name)_count{}"] == 1, "\(samples)")
        #expect(samples["\(name)_bucket{,le=\"+Inf\"}"] == 1, "\(samples)")
      }
      let sum = try #require(before["\(name)_sum{}"])
      let told = try #require(after["\(name)_sum{}"])
      if fault == "requests=shifted" {
        #expect(told == sum)
        #expect(buckets(after) == [0] + buckets(before).dropLast())
      } else {
        #expect(abs(told - sum * 1_000) < 1e-3)
        #expect(buckets(after).allSatisfy { $0 == 0 })
      }
    }
  }

  @Test(
    "The answer as a whole is what the fault says",
    arguments: [("metrics=500", 500), ("metrics=429", 429), ("metrics=gone", 404), ("metrics=html", 200), ("metrics=cut", 200)])
  func answers(fault: String, code: Int) async throws {
    try await FaultyServer(fault).test { client in
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(0))
      _ = try await client.create()
      let seen = try await client.send(.get, "/metrics")
      #expect(seen.code == code)
      #expect((seen.headers[.contentType] == "text/html; charset=utf-8") == (fault == "metrics=html"))
      if code == 200 { #expect(throws: JSONParser.Failure.self) { try seen.json } }
      if fault == "metrics=cut" { #expect(seen.text.hasPrefix("{\"total_orders\":1,")) }
    }
  }

  @Test("A faulty server says so at /health, and in its description; an honest one does not")
  func health() async throws {
    try await FaultyServer("total=-1", "orders=lost:10%").test { client in
      let health = try await client.send(.get, "/health")
      #expect(health.code == 200)
      #expect(try health.json["faults"] == .array([.string("total=-1"), .string("orders=lost:10%")]))
      #expect(try await client.send(.get, "/openapi.json").text.contains("on purpose"))
    }
    try await TestServer().test { client in
      let health = try await client.send(.get, "/health").json
      #expect(health["faults"] == nil)
      let description = try await client.send(.get, "/openapi.json").text
      #expect(!description.contains("on purpose"))
    }
  }
}
