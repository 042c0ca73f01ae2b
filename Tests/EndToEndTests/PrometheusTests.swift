import Foundation
import Testing

extension EndToEnd.Targets {
  /// Services whose figures are Prometheus text, written by the libraries that people use: what each is stands in `Tests/Fixtures/exporters`.
  @Suite("Figures in Prometheus text")
  struct PrometheusTests {
    private static let place = Programs.fixtures.appendingPathComponent("exporters")
    private static let orders = place.appendingPathComponent("orders.yaml").path

    /// Starts a service and sends it orders.
    private func run(
      _ service: String, _ switches: [String], _ flags: [String]
    ) async throws -> (code: Int32, output: String, run: RunFolder, findings: String) {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      return try await withTemporaryFolder { folder in
        let script = Self.place.appendingPathComponent("\(service).py").path
        return try await RunningProgram.with(python, [script, "--port", "0"] + switches) { _, url in
          let done = try await Programs.run(
            Programs.loadgen,
            ["run", url, "--dialect", Self.orders, "--exclusive", "-o", "\(folder.path)/run"] + flags + ["--threshold", "failed.rate<50%"])
          let run = try RunFolder(folder.appendingPathComponent("run"))
          return (done.code, done.output + done.errors, run, "\(run.findings)")
        }
      }
    }

    /// What the audit says is the reason, in words.
    private func cause(_ run: RunFolder) -> String { (run.audit["cause"] as? [String: Any])?["sentence"] as? String ?? "none" }

    static let honest: [(service: String, switches: [String])] = [
      ("flask_client", []), ("flask_exporter", []), ("fastapi_instrumentator", []), ("fastapi_starlette_exporter", []),
      ("gunicorn_workers", ["--processes", "1"]), ("fastapi_workers", ["--processes", "1"]),
      ("fastapi_workers", ["--processes", "1", "--bare"]),
    ]

    @Test("Honest services are consistent: counts, sums and every bucket of their histograms", arguments: honest)
    func consistent(service: String, switches: [String]) async throws {
      let done = try await run(
        service, switches + ["--fail", "0.1"], ["-n", "80", "-c", "8", "--poll", "30ms", "--metrics-every", "250ms"])
      #expect(done.code == 0 && done.run.auditVerdict == "consistent", "\(done.output)\(done.findings)")
      #expect(done.run.orders("completed") == 72 && done.run.orders("failed") == 8, "\(done.output)")
      let buckets = try #require(done.run.check("order_completion_seconds buckets"))
      #expect(buckets["verdict"] as? String == "consistent" && buckets["samples"] as? Int ?? 0 >= 15, "\(buckets)")
      #expect(done.run.check("order_completion_seconds mean")?["verdict"] as? String == "consistent", "\(done.output)")
    }

    @Test(
      "A lie in a histogram or a counter is found and named",
      arguments: [
        ("milliseconds", "told in milliseconds"), ("bucket", "too many"), ("skips-errors", "of what it should be"),
      ])
    func lies(lie: String, words: String) async throws {
      // No more at once than there are workers, so that none waits.
      let done = try await run(
        "flask_client", ["--lie", lie, "--fail", "0.25", "--service-time", "0.2"],
        ["-n", "40", "-c", "4", "--wait-for", "completion", "--poll", "10ms", "--metrics-every", "200ms"])
      #expect(done.code == 120 && cause(done.run).contains(words), "\(cause(done.run)): \(done.output)")
    }

    @Test("order-server's own text is consistent; shifted buckets and a sum that drifts are found")
    func orderServer() async throws {
      try await withTemporaryFolder { folder in
        for (fault, words) in [(nil, nil), ("histograms=shifted", "has the number of the one below it"), ("sums=drift:40ms", nil)]
          as [(String?, String?)]
        {
          try await RunningProgram.server(
            ["--store", "memory", "--service-time", "30ms", "--workers", "4"] + (fault.map { ["--fault", $0] } ?? [])
          ) { url in
            let done = try await Programs.run(
              Programs.loadgen,
              [
                "run", url, "--dialect", Self.place.appendingPathComponent("order_server.yaml").path, "--exclusive", "-o",
                "\(folder.path)/run", "-n", "60", "-c", "2", "--wait-for", "completion", "--poll", "5ms", "--metrics-every", "200ms",
              ])
            let run = try RunFolder(folder.appendingPathComponent("run"))
            #expect(done.code == (fault == nil ? 0 : 120), "\(fault ?? "honest"): \(done.output)\(done.errors)")
            if let words { #expect(cause(run).contains(words), "\(cause(run))") }
          }
        }
      }
    }

    @Test("A selector that matches nothing, text that is none, and JSON in its place are told in words that name the key")
    func wrongFiles() async throws {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      let script = Self.place.appendingPathComponent("flask_client.py").path
      let right = String(decoding: try Data(contentsOf: URL(fileURLWithPath: Self.orders)), as: UTF8.self)
      let mistakes =
        [
          ("orders_total{status=\"completed\"}", "orders_total{status=\"done\"}", "no series matches; there are orders_total{status=", 0),
          ("orders_accepted_total", "orders_acepted_total", "did you mean 'orders_accepted_total'?", 104),
          (
            "completion_histogram: order_completion_seconds", "completion_histogram: order_completion_s",
            "there is no 'order_completion_s buckets'", 104
          ),
          ("path: /metrics\n", "path: /ping\n", "metrics.format: ", 104),
        ] as [(String, String, String, Int32)]
      try await withTemporaryFolder { folder in
        try await RunningProgram.with(python, [script, "--port", "0"]) { _, url in
          for (was, becomes, words, code) in mistakes {
            let file = folder.appendingPathComponent("shop.yaml")
            try #require(right.contains(was))
            try Data(right.replacing(was, with: becomes).utf8).write(to: file)
            let done = try await Programs.run(Programs.loadgen, ["dialects", "check", file.path, "--target", url])
            #expect(done.code == code && (done.output + done.errors).contains(words), "\(becomes): \(done.output)\(done.errors)")
          }
        }
      }
    }
  }
}
