import Foundation
import Testing

extension EndToEnd.Targets {
  /// Four order APIs that nobody's code knows: what is odd about each stands in `Tests/Fixtures/README.md`.
  @Suite("APIs that are known by a dialect file alone")
  struct OddOrdersTests {
    /// A server with one of the files that drive it.
    struct Shop: Sendable, CustomTestStringConvertible {
      var server: String
      var dialect: String
      /// Whether it says anything about itself.
      var hasMetrics = true
      /// What of the mix it knows.
      var mix: String

      var testDescription: String { dialect }
    }

    static let shops = [
      Shop(server: "legacy_shop", dialect: "legacy_shop", mix: "invalid=10%"),
      Shop(server: "blocking_warehouse", dialect: "warehouse_numbers", mix: "duplicate=10%,invalid=10%"),
      Shop(server: "blocking_warehouse", dialect: "warehouse_names", mix: "duplicate=10%,invalid=10%"),
      Shop(server: "async_gateway", dialect: "gateway_location", mix: "invalid=10%"),
      Shop(server: "async_gateway", dialect: "gateway_representation", mix: "invalid=10%"),
      Shop(server: "token_bazaar", dialect: "token_bazaar", hasMetrics: false, mix: "invalid=10%,list=10%"),
    ]

    private static let odd = Programs.fixtures.appendingPathComponent("odd_orders")

    /// Runs against a server.
    /// - Parameter change: makes another text of the dialect file.
    private func run(
      _ server: String, _ dialect: String, server switches: [String] = [], _ flags: [String],
      change: (String) -> String = { $0 }
    ) async throws -> (code: Int32, run: RunFolder, output: String) {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("\(dialect).yaml")
        let text = String(decoding: try Data(contentsOf: Self.odd.appendingPathComponent("\(dialect).yaml")), as: UTF8.self)
        try Data(change(text).utf8).write(to: file)
        let arguments = [Self.odd.appendingPathComponent("\(server).py").path, "--port", "0"] + switches
        let secrets = ["ODD_ORDERS_USER": "ann", "ODD_ORDERS_PASSWORD": "pass:word"]
        return try await RunningProgram.with(
          try PythonTools(environment: "python").path("python3"), arguments, environment: secrets
        ) { _, url in
          let given = server == "legacy_shop" ? ["LOADGEN_USER": "ann:pass:word"] : [:]
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run"] + flags, environment: given)
          let place = folder.appendingPathComponent("run")
          guard FileManager.default.fileExists(atPath: place.path) else {
            Issue.record("\(done.output)\(done.errors)")
            throw NeverTrue()
          }
          return (done.code, try RunFolder(place), done.output)
        }
      }
    }

    private let quick = ["-n", "200", "--poll", "20ms"]

    @Test("Each is driven to the end, with all else that it knows, and what it says of itself is consistent", arguments: shops)
    func drives(shop: Shop) async throws {
      let (code, run, output) = try await run(shop.server, shop.dialect, quick + ["--mix", shop.mix, "--seed", "5"])
      #expect(code == 0, "\(output)")
      #expect(run.orders("completed") == 200, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      for kind in shop.mix.split(separator: ",").compactMap({ $0.split(separator: "=").first }) {
        let traffic = run.traffic(String(kind))
        #expect(traffic.requests > 0 && traffic.asExpected == traffic.requests, "\(kind): \(traffic)")
      }
      run.expectConservation()
    }

    @Test("Metrics that are a page of HTML or an error in the middle of a run do not end it", arguments: shops.filter(\.hasMetrics))
    func survivesBadMetrics(shop: Shop) async throws {
      let (code, run, output) = try await run(
        shop.server, shop.dialect, server: ["--bad-metrics", "0.5"], ["--rate", "50/s", "-d", "4s", "--poll", "50ms"])
      #expect(code == 0, "\(output)")
      #expect(run.orders("completed") == 200 && run.auditVerdict == "consistent", "\(run.findings)")
      #expect(run.errors(phase: "metrics", kind: "http_status") + run.errors(phase: "metrics", kind: "bad_response") > 0)
    }

    @Test("Orders that are acknowledged and lost are counted, whether they answer 404 or are on no list, and the report says so")
    func findsLostOrders() async throws {
      let warehouse = try await run("blocking_warehouse", "warehouse_names", server: ["--lose", "0.1"], quick)
      #expect(warehouse.code == 120, "\(warehouse.output)")
      #expect(warehouse.run.orders("lost") == 20)
      #expect(warehouse.run.check("total")?["verdict"] as? String == "contradicted", "\(warehouse.run.findings)")
      #expect(warehouse.output.contains("lost==0") && warehouse.output.contains("must have been 200"), "\(warehouse.output)")
      let bazaar = try await run("token_bazaar", "token_bazaar", server: ["--lose", "0.1"], quick)
      #expect(bazaar.code == 99 && bazaar.run.orders("lost") == 20, "\(bazaar.output)")
      #expect(bazaar.output.contains("the list has no order"), "\(bazaar.output)")
    }

    @Test("A wrong average is a contradiction, in the server's own milliseconds, and a right one is not")
    func findsWrongAverage() async throws {
      let slow = ["--service-time", "0.5", "--workers", "100"]
      let flags = ["-c", "20", "-n", "60", "--poll", "50ms"]
      // Where the machine stands still no polls are fine enough for a lie by half, and the upper end says so itself.
      let wrong = try await again(while: { ($0.run.check("timing.average_ms")?["upper"] as? Double ?? 0) >= 0.74 }) {
        try await run("async_gateway", "gateway_location", server: slow + ["--wrong-average", "1.5"], flags)
      }
      #expect(wrong.code == 120, "\(wrong.output)")
      #expect(wrong.run.check("timing.average_ms")?["verdict"] as? String == "contradicted", "\(wrong.run.findings)")
      let right = try await run("async_gateway", "gateway_location", server: slow, flags)
      #expect(right.code == 0 && right.run.check("timing.average_ms")?["verdict"] as? String == "consistent", "\(right.output)")
    }

    @Test("Connections that are reset leave open whether there is an order, and the audit allows for both")
    func survivesResets() async throws {
      let (code, run, output) = try await run(
        "legacy_shop", "legacy_shop", server: ["--reset", "0.05", "--fail", "0.1"],
        quick + ["--no-threshold", "errors", "--no-threshold", "failed"])
      #expect(code == 0, "\(output)")
      #expect(run.orders("ambiguous") == 10 && run.orders("failed") > 0, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      run.expectConservation()
    }

    @Test("An order that never ends is given up at its time, and no other one with it")
    func givesUpStuckOrders() async throws {
      let (code, run, output) = try await run(
        "async_gateway", "gateway_location", server: ["--stuck", "0.05"], quick + ["--order-timeout", "10s"])
      #expect(code == 99 && run.brokenThresholds == ["timed_out==0"], "\(output)")
      #expect(run.orders("timed_out") == 10 && run.orders("completed") == 190, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
    }

    @Test("A create that waits until the queue has room is an order like any other")
    func waitsForTheQueue() async throws {
      let (code, run, output) = try await run(
        "blocking_warehouse", "warehouse_numbers", server: ["--queue", "5", "--workers", "4"], quick + ["--request-timeout", "60s"])
      #expect(code == 0 && run.orders("completed") == 200, "\(output)")
    }

    @Test("Tokens that expire in the middle of a run cost no order")
    func renewsTokens() async throws {
      // A token is renewed after four fifths of its life. Where the machine stands still for the last fifth it is used too late, and is told so.
      let made = try await again(while: { ($0.run.summary["errors"] as? [Any])?.isEmpty == false }) {
        try await run(
          "token_bazaar", "token_bazaar", server: ["--token-lifetime", "3"],
          ["--rate", "30/s", "-d", "8s", "--accounts", "3", "--poll", "50ms"])
      }
      #expect(made.code == 0 && made.run.orders("completed") == 240, "\(made.output)")
      #expect(made.run.traffic("login").asExpected > 6, "\(made.output)")
      #expect((made.run.summary["errors"] as? [Any])?.isEmpty == true, "\(made.output)")
    }

    @Test("Where limits are per caller a pool of accounts gets through, and one account is told to wait")
    func sharesLimits() async throws {
      let flags = ["--rate", "60/s", "-d", "3s", "--poll", "50ms", "--no-threshold", "errors"]
      let alone = try await run("token_bazaar", "token_bazaar", server: ["--limit", "30"], flags)
      #expect(alone.run.orders("rejected") > 0 && alone.run.errors(phase: "create", kind: "http_status") > 0, "\(alone.output)")
      let pool = try await run("token_bazaar", "token_bazaar", server: ["--limit", "30"], flags + ["--accounts", "6"])
      #expect(pool.code == 0 && pool.run.orders("completed") == 180, "\(pool.output)")
    }

    @Test(
      "A redirect is reported with the path that would be right, and never followed",
      arguments: [
        ("legacy_shop", "legacy_shop", "path: /orders/\n", "path: /orders\n", 308, "'/orders/'"),
        ("blocking_warehouse", "warehouse_names", "path: /orders/\n", "path: /orders\n", 301, "'/orders/'"),
        ("async_gateway", "gateway_location", "path: /api/v1/orders\n", "path: /api/v1/orders/\n", 307, "'/api/v1/orders'"),
      ])
    func reportsRedirects(server: String, dialect: String, right: String, wrong: String, status: Int, said: String) async throws {
      let (code, run, _) = try await run(server, dialect, ["-n", "10"]) { $0.replacing(right, with: wrong, maxReplacements: 1) }
      #expect(code == 104)
      #expect(run.orders("rejected") == 10)
      let example = (run.summary["errors"] as? [[String: Any]])?.first { $0["status"] as? Int == status }?["example"] as? String
      #expect(example?.contains(said) == true && example?.contains("create.path") == true, "\(example ?? "none")")
    }

    @Test("A server that wedges for good does not hang the run")
    func endsWhenAllIsWedged() async throws {
      let (code, run, output) = try await run(
        "blocking_warehouse", "warehouse_names", server: ["--wedge-after", "50"],
        ["-n", "100", "--request-timeout", "1s", "--order-timeout", "3s"])
      #expect(code == 99, "\(output)")
      #expect(run.orders("ambiguous") > 0 && run.orders("completed") < 100)
      run.expectConservation()
    }
  }
}
