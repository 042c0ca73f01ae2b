import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Prometheus text", .timeLimit(.minutes(15)))
  struct PrometheusTextTests {
    private func text(at api: API) async throws -> String {
      let answer = try await api.with("Accept", "text/plain; version=0.0.4").get("/metrics")
      #expect(answer.status == 200 && answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8", "\(answer)")
      return answer.text
    }

    /// The value of the one sample of this name and labels, as printed.
    private func value(_ name: String, in text: String) throws -> String {
      let lines = text.split(separator: "\n").filter { $0.hasPrefix("\(name) ") }
      try #require(lines.count == 1, "\(name) stands there \(lines.count) times: \(text)")
      return String(lines[0].dropFirst(name.count + 1))
    }

    @Test(
      "promtool finds nothing wrong with it, before the first order and after orders and requests of every kind",
      .enabled(if: Promtool.isWanted, "promtool is not installed"))
    func isWithoutFindings() async throws {
      try await served("standard", "--workers", "1", "--service-time", "20ms", "--failure-rate", "50%", "--seed", "1") { api in
        #expect(try await Promtool.findings(in: text(at: api)) == "")
        var number = 0
        // As many as it takes: whether an order can be cancelled is a race with the worker.
        try await until {
          number += 1
          let ids = try await sendOrders(number * 10...number * 10 + 3, to: api, body: StandardTests.order)
          _ = try await api.post("/orders/\(ids[3])/cancel")
          let counts = try await api.get("/metrics").json()["status_counts"]
          return ["completed", "failed", "cancelled"].allSatisfy { counts?[$0]?.number ?? 0 > 0 }
        }
        for path in ["/orders", "/orders/x", "/nowhere/\"\\", "/orders/%22%7D%20"] { _ = try await api.get(path) }
        for (method, path) in [("POST", "/orders"), ("DELETE", "/orders"), ("PROPFIND", "/orders")] {
          _ = try await api.send(method, path)
        }
        #expect(try await Promtool.findings(in: text(at: api)) == "")
      }
    }

    @Test("promtool does find what is wrong with a text", .enabled(if: Promtool.isWanted, "promtool is not installed"))
    func canFail() async throws {
      for text in ["orders_total 1\n", "# HELP orders Orders.\n# TYPE orders counter\norders 1\n", "orders{ 1\n"] {
        #expect(try await Promtool.findings(in: text) != "", "\(text)")
      }
    }

    @Test("Whoever has an answer finds it counted in a later scrape over another connection")
    func isCountedFirst() async throws {
      try await served("standard") { api in
        for count in 1...200 {
          _ = try await api.get("/ping")
          let found = try value(#"http_requests_total{method="GET",route="/ping",status="200"}"#, in: try await text(at: api))
          #expect(found == "\(count)")
        }
      }
    }

    @Test("After a restart the process's start is another, requests are counted anew, and orders from where their counts began")
    func restarts() async throws {
      try await withTemporaryFolder { folder in
        let created = ["orders_accepted_created", "order_processing_seconds_created", "order_completion_seconds_created"]
        let orders = #"{method="POST",route="/orders",status="201"}"#
        var seen: [(start: String, beginnings: [String])] = []
        for run in 1...3 {
          let began = Date().timeIntervalSince1970
          let program = try await RunningProgram.start(
            Programs.orderServer, ["--port", "0", "--store", "sqlite:\(folder.path)/orders.db", "--service-time", "1ms"])
          let api = API(url: try await program.url())
          _ = try await sendOrders(1...2, to: api, body: StandardTests.order)
          let text = try await text(at: api)
          if run == 2 { program.signal(SIGKILL) } else { program.signal(SIGTERM) }
          _ = await program.ended()
          let start = try value("process_start_time_seconds", in: text)
          #expect(try value("orders_accepted_total", in: text) == "\(2 * run)" && value("http_requests_total\(orders)", in: text) == "2")
          #expect(try value("http_requests_created\(orders)", in: text) == start)
          #expect(try value("http_request_duration_seconds_created\(orders)", in: text) == start)
          // Both clocks are the machine's.
          #expect(try #require(Double(start)) >= began - 0.001)
          seen.append((start, try created.map { try value($0, in: text) }))
        }
        #expect(Set(seen.map(\.start)).count == 3, "\(seen)")
        #expect(Set(seen.flatMap(\.beginnings)).count == 1, "\(seen)")
      }
    }
  }
}
