import Foundation
import Testing

extension EndToEnd.Targets {
  /// Small honest servers, of which each says what others say in another way: what is odd about each stands in `Tests/Fixtures/README.md`.
  @Suite("What an API may do otherwise, and a dialect file says")
  struct ShapesTests {
    /// A server, and the file that drives it.
    struct Shape: Sendable, CustomTestStringConvertible {
      var server: String
      var dialect: String
      var switches: [String] = []
      /// Whether it tells failed orders from completed ones.
      var tellsFailed = true
      /// Which share of the creates it can be told to refuse.
      var refuses = false
      /// Who sends the orders; empty where anybody may.
      var account: [String: String] = [:]

      var testDescription: String { dialect }
    }

    static let shapes = [
      Shape(server: "form_shop", dialect: "form_shop", refuses: true), Shape(server: "rpc_shop", dialect: "rpc_shop", refuses: true),
      Shape(server: "vanishing_queue", dialect: "vanishing_queue", tellsFailed: false),
      Shape(server: "three_lists", dialect: "three_lists"),
      Shape(server: "paged_lists", dialect: "paged_lists_offset", switches: ["--pages", "offset"]),
      Shape(server: "paged_lists", dialect: "paged_lists_number", switches: ["--pages", "number"]),
      Shape(server: "paged_lists", dialect: "paged_lists_object", switches: ["--pages", "number", "--as", "object"]),
      Shape(server: "paged_lists", dialect: "paged_lists_link", switches: ["--pages", "link"]),
      Shape(server: "paged_lists", dialect: "paged_lists_link", switches: ["--pages", "link", "--links", "query"]),
      Shape(server: "two_steps", dialect: "two_steps"), Shape(server: "amz_shop", dialect: "amz_shop"),
      Shape(server: "two_steps", dialect: "two_steps_cookies", switches: ["--cookies"], account: ["LOADGEN_USER": "ann:secret"]),
    ]

    private static let folder = Programs.fixtures.appendingPathComponent("shapes")

    private func text(_ dialect: String) throws -> String {
      String(decoding: try Data(contentsOf: Self.folder.appendingPathComponent("\(dialect).yaml")), as: UTF8.self)
    }

    /// Starts a server, and gives its URL and a dialect file.
    private func with<Result: Sendable>(
      _ shape: Shape, _ switches: [String] = [], dialect: String,
      _ body: (_ url: String, _ file: URL, _ folder: URL) async throws -> Result
    ) async throws -> Result {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try Data(dialect.utf8).write(to: file)
        let arguments = [Self.folder.appendingPathComponent("\(shape.server).py").path, "--port", "0"] + shape.switches + switches
        return try await RunningProgram.with(try PythonTools(environment: "python").path("python3"), arguments) { _, url in
          try await body(url, file, folder)
        }
      }
    }

    @Test("It is driven to the end by a file alone, and what it says of itself is consistent", arguments: shapes)
    func drives(shape: Shape) async throws {
      let switches = ["--fail", "0.1"] + (shape.refuses ? ["--refuse", "0.05"] : [])
      try await with(shape, switches, dialect: text(shape.dialect)) { url, file, folder in
        let done = try await Programs.run(
          Programs.loadgen,
          ["run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "-n", "120", "-c", "12", "--poll", "30ms"],
          environment: shape.account)
        let run = try RunFolder(folder.appendingPathComponent("run"))
        let (refused, failed) = (shape.refuses ? 6 : 0, shape.tellsFailed ? (shape.refuses ? 11 : 12) : 0)
        #expect(run.orders("accepted") == 120 - refused && run.orders("rejected") == refused, "\(done.output)")
        #expect(run.orders("failed") == failed && run.orders("completed") == 120 - refused - failed, "\(done.output)")
        #expect(run.orders("lost") == 0 && run.orders("unfinished") == 0 && run.auditVerdict == "consistent", "\(run.findings)")
        // Failed orders break the implicit rule, nothing else does.
        #expect(done.code == (failed + refused > 0 ? 99 : 0), "\(done.output)\(done.errors)")
        run.expectConservation()
      }
    }

    @Test("Where only counts tell how orders fare, the run waits until they show that all have ended, and holds them against what was sent")
    func countsOnly() async throws {
      let shape = Shape(server: "counts_only", dialect: "counts_only")
      try await with(shape, ["--fail", "0.1", "--service-time", "0.2", "--workers", "4"], dialect: text("counts_only")) {
        url, file, folder in
        func run(_ flags: [String]) async throws -> (code: Int32, output: String) {
          let done = try await Programs.run(
            Programs.loadgen,
            ["run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "-n", "40", "-c", "4"] + flags)
          return (done.code, done.output + done.errors)
        }
        // They take two seconds and more, and are sent within a fraction of one.
        let done = try await run(["--metrics-every", "200ms"])
        let counts = try RunFolder(folder.appendingPathComponent("run"))
        #expect(done.code == 0 && counts.orders("accepted") == 40 && counts.auditVerdict == "consistent", "\(done.output)")
        #expect(!done.output.contains("bad_response"), "\(done.output)")
        #expect(counts.check("waiting")?["samples"] as? Int ?? 0 >= 8, "it was read until the end, two seconds later")
        #expect(counts.check("done")?["verdict"] as? String == "consistent")
        // Each of them takes 0.2 s once it is begun.
        let ends = try #require(counts.summary["ends_by_counts"] as? [String: Any])
        let mean = try #require((ends["mean_lower"] as? Double).flatMap { low in (ends["mean_upper"] as? Double).map { (low, $0) } })
        #expect(ends["orders"] as? Int == 40 && mean.0 <= mean.1 && mean.1 >= 0.2, "\(ends)")
        #expect(done.output.contains("By the server's own counts the 40 orders took"), "\(done.output)")
        let refused = try await run(["--wait-for", "completion"])
        #expect(refused.code == 104 && refused.output.contains("tells of no order when it has ended"), "\(refused.output)")
      }
    }

    @Test("A figure may count orders that have ended and others: what was there before the run is counted in it, too")
    func mixedFigures() async throws {
      let figures = "figures: {total: received, pending: waiting, processing: working, completed: done, failed: failed}"
      for (mixed, tells) in [
        ("figures: {total: received, pending: waiting, processing+completed: {sum: [working, done]}, failed: failed}", false),
        ("figures: {total: received, completed+failed: {sum: [done, failed]}}", true),
      ] {
        let dialect = try text("counts_only").replacing(figures, with: mixed)
        try #require(dialect.contains(mixed))
        try await with(Shape(server: "counts_only", dialect: "counts_only"), ["--fail", "0.2"], dialect: dialect) { url, file, folder in
          for round in 1...2 {
            let done = try await Programs.run(
              Programs.loadgen,
              [
                "run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run\(round)", "-n", "20", "-c", "4",
                "--metrics-every", "100ms",
              ])
            let run = try RunFolder(folder.appendingPathComponent("run\(round)"))
            #expect(done.code == 0 && run.auditVerdict == "consistent", "\(done.output)\(done.errors)")
            let ends = run.summary["ends_by_counts"] as? [String: Any]
            #expect(!tells || ends?["mean_upper"] is Double, "\(ends ?? [:])")
          }
        }
      }
    }

    @Test("A target that allows few readings is asked as seldom as it is said, and no earlier than it asks for, once it has refused one")
    func fewReadings() async throws {
      let shape = Shape(server: "slow_target", dialect: "")
      for (every, isRefused) in [("1200ms", false), ("200ms", true)] {
        try await with(shape, ["--metrics-limit", "4", "--metrics-window", "2"], dialect: "like: standard\n") { url, file, folder in
          let done = try await Programs.run(
            Programs.loadgen,
            [
              "run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "--rate", "20/s", "-d", "4s",
              "--metrics-every", every,
            ])
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let answer = try await API(url: url).get("/seen").text
          let seen = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
          let readings = try #require(seen["readings"] as? [Double])
          let refused = try #require(seen["refused"] as? [Double])
          let waits = try #require(seen["told_to_wait"] as? [Double])
          #expect(refused.isEmpty != isRefused, "\(seen)")
          for (refusal, wait) in zip(refused, waits) {
            let next = readings.first { $0 > refusal }
            #expect(next.map { $0 >= refusal + wait - 0.01 } ?? true, "asked at \(next ?? 0) after \(refusal) + \(wait)")
          }
        }
      }
    }

    @Test("An order whose confirmation is refused is given up at once, and told with the reason; the server's figures hold with it")
    func unconfirmed() async throws {
      let wrong = try text("two_steps").replacing("body: '{\"amount\":{random:1..90}}'\nstatus", with: "body: '{\"amount\":1000}'\nstatus")
      try await with(Shape(server: "two_steps", dialect: "two_steps"), dialect: wrong) { url, file, folder in
        let done = try await Programs.run(
          Programs.loadgen, ["run", url, "--dialect", file.path, "--exclusive", "-o", "\(folder.path)/run", "-n", "20", "-c", "4"])
        let run = try RunFolder(folder.appendingPathComponent("run"))
        #expect(done.code == 99 && run.orders("timed_out") == 20 && run.auditVerdict == "consistent", "\(done.output)\(done.errors)")
        #expect(run.errors(phase: "confirm", kind: "http_status") == 20 && done.output.contains("confirm"), "\(done.output)")
        let refused = try await Programs.run(
          Programs.loadgen, ["run", url, "--dialect", file.path, "--no-follow", "-n", "1", "--no-report"])
        #expect(refused.code == 104 && refused.errors.contains("confirms orders that are followed"), "\(refused.errors)")
      }
    }

    /// What a file says wrongly, and the words in which it is told.
    struct Mistake: Sendable, CustomTestStringConvertible {
      var shape: Int
      var was: String
      var becomes: String
      var words: String
      var switches: [String] = []

      var testDescription: String { "\(becomes.isEmpty ? "without \(was)" : becomes)" }
    }

    static let mistakes = [
      Mistake(
        shape: 0, was: "headers: {Content-Type: application/x-www-form-urlencoded}\n", becomes: "",
        words: "create.body: it is not JSON once its slots are filled"),
      Mistake(
        shape: 0, was: "'item={choice:green tea|coffee & milk}'", becomes: "'kind=tea'",
        words: "create.success: the API refuses the order: 200"),
      Mistake(shape: 0, was: "field: job.status", becomes: "field: status", words: "status.words: 'ok' is no word of the dialect"),
      Mistake(
        shape: 1, was: "field: result.state", becomes: "field: result.status",
        words: "status.field: the answer has no word at 'result.status'"),
      Mistake(shape: 2, was: "  gone: completed\n", becomes: "", words: "there is no word for 'completed', without which no order ends"),
      Mistake(
        shape: 2, was: "running}\n  gone: completed\n", becomes: "running, completed: done}\n",
        words: "or it has left the list, for which 'status.gone' says what it is then"),
      Mistake(shape: 3, was: "completed: finished", becomes: "completed: done", words: "list: the answer has no list at 'done'"),
      Mistake(
        shape: 4, was: "  pages: {by: offset, path: '/orders?limit=20&offset={cursor}'}\n", becomes: "",
        words: "there are further pages, which 'pages' says how to have", switches: ["--page-size", "20"]),
      Mistake(
        shape: 9, was: "confirm:\n  path: /orders/{id}/payment", becomes: "confirm:\n  path: /orders/{id}/paid",
        words: "confirm.path: the API answers 404: there is nothing at that path"),
      Mistake(
        shape: 9, was: "confirm:\n  path: /orders/{id}/payment\n  body: '{\"amount\":{random:1..90}}'",
        becomes: "confirm:\n  path: /orders/{id}/payment\n  body: '{\"amount\":{random:1000..1001}}'",
        words: "confirm.body: the API answers 402"
      ),
      Mistake(
        shape: 10, was: "headers: {Content-Type: application/x-amz-json-1.1}\n", becomes: "",
        words: "create.headers: the API answers 415: it does not take JSON as it was sent"),
      Mistake(
        shape: 4, was: "&offset={cursor}", becomes: "&start={cursor}", words: "its pages' path leads to no other",
        switches: ["--page-size", "5"]),
      Mistake(shape: 6, was: "'{key}'", becomes: "id", words: "list: the answer has no list at 'orders'"),
    ]

    @Test("A file that is wrong about it is refused in words that name the key", arguments: mistakes)
    func refuses(mistake: Mistake) async throws {
      var dialect = try text(Self.shapes[mistake.shape].dialect)
      let place = try #require(dialect.firstRange(of: mistake.was) ?? dialect.firstRange(of: mistake.was.replacing("'", with: "\"")))
      dialect.replaceSubrange(place, with: mistake.becomes)
      try await with(Self.shapes[mistake.shape], ["--service-time", "0.2"], dialect: dialect) { url, file, folder in
        // So many orders that one page does not have ours.
        if mistake.switches.contains("--page-size") {
          let right = folder.appendingPathComponent("right.yaml")
          try Data(try text(Self.shapes[mistake.shape].dialect).utf8).write(to: right)
          _ = try await Programs.run(
            Programs.loadgen, ["run", url, "--dialect", right.path, "-n", "40", "--no-follow", "--no-report", "-q"])
        }
        let done = try await Programs.run(Programs.loadgen, ["dialects", "check", file.path, "--target", url])
        #expect(done.code == 104 && (done.output + done.errors).contains(mistake.words), "\(done.output)\(done.errors)")
      }
    }
  }
}
