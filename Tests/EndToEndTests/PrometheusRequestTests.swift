import Foundation
import Testing

extension EndToEnd.Targets {
  /// Services whose libraries tell of requests: which, and when they count, stands in `Tests/Fixtures/exporters`.
  @Suite("Figures about requests in Prometheus text")
  struct PrometheusRequestTests {
    private static let place = Programs.fixtures.appendingPathComponent("exporters")

    /// Starts a service and sends it orders, some of which it refuses.
    /// - Parameter requests: a library's name, or what the dialect file says in its place.
    private func run(_ service: String, _ switches: [String], requests: String) async throws -> (
      code: Int32, output: String, run: RunFolder
    ) {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      return try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        let orders = String(decoding: try Data(contentsOf: Self.place.appendingPathComponent("orders.yaml")), as: UTF8.self)
        try Data(orders.replacing("  format: prometheus\n", with: "  format: prometheus\n  requests: \(requests)\n").utf8).write(to: file)
        let script = Self.place.appendingPathComponent("\(service).py").path
        return try await RunningProgram.with(python, [script, "--port", "0"] + switches) { _, url in
          let done = try await Programs.run(
            Programs.loadgen,
            [
              "run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "-n", "60", "-c", "4", "--poll", "20ms",
              "--mix", "invalid=20%", "--metrics-every", "250ms",
            ])
          return (done.code, done.output + done.errors, try RunFolder(folder.appendingPathComponent("run")))
        }
      }
    }

    private func verdict(_ run: RunFolder, _ name: String) -> String { run.check(name)?["verdict"] as? String ?? "missing" }

    @Test(
      "Flask's exporter counts before it answers: every count, sum and bucket is held from both sides", arguments: ["url_rule", "path"])
    func flask(groupBy: String) async throws {
      let done = try await run("flask_exporter", ["--group-by", groupBy], requests: "prometheus_flask_exporter")
      #expect(done.code == 0, "\(done.output)\(done.run.findings)")
      for route in ["POST /orders", "GET /orders/{id}"] {
        for part in ["", " sum"] {
          let name = "\(route)\(part): flask_http_request_duration_seconds"
          #expect(verdict(done.run, name) == "consistent", "\(name): \(done.output)")
        }
      }
      // Its counter does not tell routes apart, so that others may ask for what is no order.
      #expect(verdict(done.run, "POST: flask_http_request_total") == "not_checkable", "\(done.output)")
    }

    @Test(
      "FastAPI's exporters count after they answer: no more than was asked for",
      arguments: [
        ("fastapi_instrumentator", "prometheus_fastapi_instrumentator", "POST /orders: http_requests_total"),
        ("fastapi_starlette_exporter", "starlette_exporter", "GET /orders/{id} sum: starlette_request_duration_seconds"),
        ("fastapi_opentelemetry", "opentelemetry", "POST /orders: http_server_request_duration_seconds"),
        ("fastapi_opentelemetry", "{like: opentelemetry, counted: 1s}", "GET /orders/{id}: http_server_request_duration_seconds"),
      ])
    func fastAPI(service: String, library: String, check: String) async throws {
      let done = try await run(service, [], requests: library)
      #expect(done.code == 0 && verdict(done.run, check) == "consistent", "\(done.output)\(done.run.findings)")
    }

    @Test(
      "Answers that are not counted, and durations in milliseconds, are found and told by their series",
      arguments: [
        ("skips-errors", "POST /orders: flask_http_request_duration_seconds", "status=\"400\"} was 0"),
        ("milliseconds", "POST /orders sum: flask_http_request_duration_seconds", "in milliseconds"),
      ])
    func lies(lie: String, check: String, words: String) async throws {
      let done = try await run("flask_exporter", ["--lie", lie, "--answer-time", "0.02"], requests: "prometheus_flask_exporter")
      #expect(done.code == 120 && verdict(done.run, check) == "contradicted", "\(done.output)\(done.run.findings)")
      #expect(done.output.contains(words), "\(done.output)")
    }

    @Test(
      "OpenTelemetry's figures are found wrong by what is declared of them: when they count, and how long a duration lasts",
      arguments: [
        ("skips-errors", "counted: 100ms", "POST /orders: http_server_request_duration_seconds", "status_code=\"400\"}"),
        (
          "milliseconds", "counted: 100ms, duration: until_answer", "POST /orders sum: http_server_request_duration_seconds",
          "in milliseconds"
        ),
      ])
    func openTelemetry(lie: String, declared: String, check: String, words: String) async throws {
      let done = try await run(
        "fastapi_opentelemetry", ["--lie", lie, "--answer-time", "0.02"], requests: "{like: opentelemetry, \(declared)}")
      #expect(done.code == 120 && verdict(done.run, check) == "contradicted", "\(done.output)\(done.run.findings)")
      #expect(done.output.contains(words), "\(done.output)")
    }

    @Test("A service that was just started has no series of requests yet: a check finds nothing wrong with that")
    func fresh() async throws {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        let orders = String(decoding: try Data(contentsOf: Self.place.appendingPathComponent("orders.yaml")), as: UTF8.self)
        for (library, code) in [("starlette_exporter", 0), ("prometheus_flask_exporter", 104)] as [(String, Int32)] {
          try Data(orders.replacing("  format: prometheus\n", with: "  format: prometheus\n  requests: \(library)\n").utf8).write(to: file)
          let script = Self.place.appendingPathComponent("fastapi_starlette_exporter.py").path
          try await RunningProgram.with(python, [script, "--port", "0"]) { _, url in
            let check = try await Programs.loadgen("dialects", "check", file.path, "--target", url)
            #expect(check.code == code, "\(check.output)\(check.errors)")
            if code != 0 { #expect(check.output.contains("metrics.requests.counter: there is no"), "\(check.output)") }
          }
        }
      }
    }

    @Test("Where there are no figures about requests, the report says so, and the other figures are held against what was seen")
    func absent() async throws {
      let nothing = try await run("flask_client", [], requests: "prometheus_flask_exporter")
      #expect(nothing.code == 0, "\(nothing.output)")
      #expect(verdict(nothing.run, "requests: flask_http_request_duration_seconds") == "not_checkable", "\(nothing.output)")
    }

    /// Sends orders, some of them invalid, to order-server. The file has no figures of orders.
    private func runOrderServer(_ faults: [String]) async throws -> (code: Int32, output: String, run: RunFolder) {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("requests.yaml")
        try Data("like: standard\nmetrics: {format: prometheus, path: /metrics/prometheus, requests: order_server}\n".utf8).write(to: file)
        let flags = ["--store", "memory", "--service-time", "20ms", "--workers", "4"] + faults.flatMap { ["--fault", $0] }
        return try await RunningProgram.server(flags) { url in
          let done = try await Programs.run(
            Programs.loadgen,
            [
              "run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "-n", "80", "-c", "4", "--poll", "10ms",
              "--mix", "cancel=20%,list=10%,invalid=20%", "--metrics-every", "200ms",
            ])
          return (done.code, done.output + done.errors, try RunFolder(folder.appendingPathComponent("run")))
        }
      }
    }

    @Test("order-server's requests, by route and status, are as they were sent, for an API that has no figures of orders in the file")
    func orderServer() async throws {
      let done = try await runOrderServer([])
      #expect(done.code == 0, "\(done.output)\(done.run.findings)")
      for name in [
        "POST /orders: http_requests_total", "GET /orders/{id}/status: http_requests_total",
        "POST /orders/{id}/cancel: http_requests_total", "GET /orders: http_request_duration_seconds",
        "POST /orders sum: http_request_duration_seconds",
      ] { #expect(verdict(done.run, name) == "consistent", "\(name): \(done.output)") }
    }

    @Test(
      "Where order-server skips a class of answers, takes milliseconds for seconds, or shifts buckets, the series that shows it is named",
      arguments: [
        (["requests=skipped:4xx"], "POST /orders: http_requests_total", "status=\"422\"} was 0"),
        (["requests=skipped:4xx"], "POST /orders: http_request_duration_seconds", "status=\"422\"} was 0"),
        (["requests=skipped:2xx"], "POST /orders: http_requests_total", "status=\"201\"} was 0"),
        (
          ["requests=milliseconds", "wire=delay:20ms"], "POST /orders sum: http_request_duration_seconds",
          "Told in milliseconds it would be right"
        ),
        (["requests=milliseconds"], "POST /orders: http_request_duration_seconds", "was 0"),
        // Each takes longer than 0.25 s, and is answered within 0.5 s.
        (["requests=shifted", "wire=delay:260ms"], "POST /orders: http_request_duration_seconds", "le=\"0.5\"} was 0"),
      ])
    func orderServerLies(faults: [String], check: String, words: String) async throws {
      let done = try await runOrderServer(faults)
      #expect(done.code == 120 && verdict(done.run, check) == "contradicted", "\(done.output)\(done.run.findings)")
      let sentence = done.run.check(check)?["sentence"] as? String ?? ""
      #expect(sentence.contains(words), "\(sentence)")
    }
  }
}
