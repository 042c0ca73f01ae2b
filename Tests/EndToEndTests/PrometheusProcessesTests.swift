import Foundation
import Testing

extension EndToEnd.Targets {
  /// Services in several processes, and one that is killed and started again: what each is stands in `Tests/Fixtures/exporters`.
  @Suite("Figures in Prometheus text, of several processes or of one that began anew")
  struct PrometheusProcessesTests {
    private static let place = Programs.fixtures.appendingPathComponent("exporters")

    private static func script(_ service: String) -> String { place.appendingPathComponent("\(service).py").path }

    /// The dialect file of these services.
    /// - Parameter requests: whether it has figures about requests, too.
    private func dialect(in folder: URL, requests: Bool) throws -> String {
      let orders = String(decoding: try Data(contentsOf: Self.place.appendingPathComponent("orders.yaml")), as: UTF8.self)
      let also = requests ? "  format: prometheus\n  requests: prometheus_fastapi_instrumentator\n" : "  format: prometheus\n"
      let file = folder.appendingPathComponent("shop.yaml")
      try Data(orders.replacing("  format: prometheus\n", with: also).utf8).write(to: file)
      return file.path
    }

    /// Starts a service and sends it orders.
    private func run(
      _ service: String, _ switches: [String], _ flags: [String], requests: Bool = false
    ) async throws -> (code: Int32, output: String, run: RunFolder) {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      return try await withTemporaryFolder { folder in
        let dialect = try dialect(in: folder, requests: requests)
        return try await RunningProgram.with(python, [Self.script(service), "--port", "0"] + switches) { _, url in
          let done = try await Programs.run(
            Programs.loadgen,
            ["run", url, "--dialect", dialect, "--exclusive", "-o", "\(folder.path)/run"] + flags + ["--threshold", "failed.rate<50%"])
          let run = try RunFolder(folder.appendingPathComponent("run"))
          return (done.code, "\(done.output)\(done.errors)\(run.findings)", run)
        }
      }
    }

    private func sentence(_ run: RunFolder, _ check: String) -> String { run.check(check)?["sentence"] as? String ?? "missing" }

    /// What the audit says is the reason, in words.
    private func cause(_ run: RunFolder) -> String { (run.audit["cause"] as? [String: Any])?["sentence"] as? String ?? "none" }

    private static let openLoad = ["--rate", "20/s", "-d", "4s", "--poll", "50ms", "--metrics-every", "200ms"]

    private static let sharing: [(service: String, processes: Int, flags: [String])] = [
      ("gunicorn_workers", 4, ["-n", "80", "-c", "8", "--poll", "30ms", "--metrics-every", "250ms"]),
      ("fastapi_workers", 4, ["-n", "60", "-c", "4", "--poll", "20ms", "--mix", "invalid=20%", "--metrics-every", "250ms"]),
      ("fastapi_workers", 4, openLoad + ["--no-keep-alive"]),
      ("fastapi_workers", 1, ["-n", "40", "-c", "4", "--wait-for", "completion", "--poll", "10ms", "--metrics-every", "200ms"]),
    ]

    @Test("Processes that share a folder are consistent, with figures about requests and without", arguments: sharing)
    func shared(service: String, processes: Int, flags: [String]) async throws {
      let done = try await run(
        service, ["--processes", "\(processes)", "--multiproc", "--fail", "0.1"], flags, requests: service == "fastapi_workers")
      #expect(done.code == 0 && done.run.auditVerdict == "consistent", "\(done.output)")
      let buckets = try #require(done.run.check("order_completion_seconds buckets"))
      #expect(buckets["verdict"] as? String == "consistent", "\(done.output)")
      guard service == "fastapi_workers" else { return }
      #expect(done.run.check("POST /orders: http_requests_total")?["verdict"] as? String == "consistent", "\(done.output)")
    }

    @Test(
      "Four processes without a folder in common are found, and named from the text alone, whether it tells when they began or not",
      arguments: [("gunicorn_workers", []), ("gunicorn_workers", ["--bare"]), ("fastapi_workers", []), ("fastapi_workers", ["--bare"])])
    func apart(service: String, switches: [String]) async throws {
      _ = try await named(service, switches, Self.openLoad + ["--no-keep-alive"])
    }

    /// Makes runs against four processes that know nothing of one another until their number is named as the cause: now and then one of them
    /// happens to answer all readings, and is then found to be wrong, with no sign of the others.
    private func named(
      _ service: String, _ switches: [String], _ flags: [String]
    ) async throws -> (code: Int32, output: String, run: RunFolder) {
      var done = try await run(service, ["--processes", "4"] + switches, flags)
      for _ in 0..<4 where !cause(done.run).contains("processes answer in turn") {
        #expect(done.code == 120, "\(done.output)")
        done = try await run(service, ["--processes", "4"] + switches, flags)
      }
      #expect(done.code == 120 && cause(done.run).contains("processes answer in turn"), "\(cause(done.run)): \(done.output)")
      return done
    }

    @Test("Four processes are named over connections that are kept, too: each reading asks whichever answers")
    func apartKept() async throws {
      _ = try await named("fastapi_workers", [], Self.openLoad)
    }

    @Test("A counter that falls while a connection of ours stays open has not begun anew: each scrape meets another process")
    func staysOpen() async throws {
      let done = try await named("fastapi_workers", ["--bare"], ["-n", "240", "-c", "12", "--poll", "30ms", "--metrics-every", "150ms"])
      let sentence = sentence(done.run, "orders_accepted_total over time")
      #expect(sentence.contains("A connection stayed open meanwhile"), "\(sentence)")
    }

    @Test(
      "The one process is killed and started again, and nothing in its text says so: its counters began anew",
      arguments: [[], ["--no-keep-alive"]])
    func restarted(flags: [String]) async throws {
      let python = try PythonTools(environment: "python-exporters").path("python3")
      let switches = [Self.script("fastapi_workers"), "--processes", "1", "--bare", "--port"]
      try await withTemporaryFolder { folder in
        let first = try await RunningProgram.start(python, switches + ["0"])
        let url = try await first.url()
        let loadgen = try await RunningProgram.start(
          Programs.loadgen,
          [
            "run", url, "--dialect", try dialect(in: folder, requests: true), "--exclusive", "-o", "\(folder.path)/run", "--rate", "20/s",
            "-d", "10m", "--poll", "50ms", "--metrics-every", "200ms",
          ] + flags)
        try await until { try await accepted(at: url) >= 60 }
        first.signal(SIGKILL)
        #expect(await first.ended() == -SIGKILL)
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        try await RunningProgram.with(python, switches + [port]) { _, url in
          try await until { try await accepted(at: url) >= 10 }
          loadgen.signal(SIGINT)
          #expect(await loadgen.ended() == 105)
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          for name in ["orders_accepted_total", "order_completion_seconds buckets", "POST /orders: http_requests_total"] {
            #expect(run.check(name)?["verdict"] as? String == "consistent", "\(run.findings)")
          }
          #expect(try await accepted(at: url) < Double(run.orders("accepted")), "what came before is not counted any more")
        }
      }
    }

    /// How many orders a service says that it took.
    private func accepted(at url: String) async throws -> Double {
      let text = try await API(url: url).get("/metrics").text
      let line = text.split(separator: "\n").first { $0.hasPrefix("orders_accepted_total ") }
      return try #require(line.flatMap { Double($0.split(separator: " ")[1]) }, "\(text)")
    }
  }
}
