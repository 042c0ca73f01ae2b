import Foundation
import Testing

/// A target whose dialect is guessed, and what has to be changed in the file by hand.
struct GuessedTarget: Sendable, CustomTestStringConvertible {
  /// A line of the file, and what it becomes.
  struct Edit: Sendable {
    var was: String
    var becomes: String
  }

  var name: String
  /// The profile of order-server; `nil`: a service of `Tests/Fixtures/exporters`.
  var profile: String?
  /// The keys that the file says are to be filled in.
  var openKeys: [String] = []
  var edits: [Edit] = []

  var testDescription: String { name }

  /// What an order of the services has is described nowhere.
  private static let body = Edit(was: "  body: '{}'", becomes: #"  body: '{"item":"tea-{index}"}'"#)

  static let all =
    ["standard", "basic-auth", "parallel", "sequential", "marketplace", "fcfs"].map { GuessedTarget(name: $0, profile: $0) }
    + ["fastapi_instrumentator", "fastapi_starlette_exporter"].map {
      GuessedTarget(name: $0, openKeys: ["create.body", "create.id"], edits: [body])
    } + [GuessedTarget(name: "flask_client", openKeys: ["create.body"], edits: [body])]

  /// Runs the target until the body is over.
  func with<Result>(_ body: (_ url: String) async throws -> Result) async throws -> Result {
    guard let profile else {
      let script = Programs.fixtures.appendingPathComponent("exporters/\(name).py").path
      let python = try PythonTools(environment: "python-exporters").path("python3")
      return try await RunningProgram.with(python, [script, "--port", "0"]) { try await body($1) }
    }
    let arguments = ["--profile", profile, "--store", "memory", "--time-scale", "0.01"]
    return try await RunningProgram.server(arguments, environment: ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"]) { try await body($0) }
  }

  /// What the client is given.
  var environment: [String: String] { name == "basic-auth" ? ["LOADGEN_USER": "alice:s3cret"] : [:] }
}

extension EndToEnd.Targets {
  @Suite("Guessed dialects")
  struct DialectGuessTests {
    @Test("A guessed file is accepted by a check with at most two lines changed by hand", arguments: GuessedTarget.all)
    func accepted(target: GuessedTarget) async throws {
      try #require(target.edits.count <= 2)
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try await target.with { url in
          let guess = try await Programs.run(
            Programs.loadgen, ["dialects", "guess", url, "-o", file.path], environment: target.environment)
          try #require(guess.code == 0, "\(guess.output)\(guess.errors)")
          #expect(guess.output.isEmpty && guess.errors.contains("loadgen dialects check \(file.path) --target \(url)"), "\(guess.errors)")
          var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
          let open = text.split(separator: "\n").compactMap { line in
            line.firstRange(of: "# TODO ").map { String(line[$0.upperBound...].prefix { $0 != ":" }) }
          }
          #expect(open.sorted() == target.openKeys, "\(text)")
          for edit in target.edits {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            try #require(lines.filter { $0 == edit.was }.count == 1, "\(text)")
            text = lines.map { $0 == edit.was ? edit.becomes : String($0) }.joined(separator: "\n")
          }
          try Data(text.utf8).write(to: file)
          let check = try await Programs.run(
            Programs.loadgen, ["dialects", "check", file.path, "--target", url, "--order-timeout", "2m"], environment: target.environment)
          #expect(check.code == 0 && check.output.contains("All was understood"), "\(text)\(check.output)\(check.errors)")
        }
      }
    }

    @Test("No order is sent, and the file on standard output is the one that -o writes")
    func sendsNothing() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try await RunningProgram.server(["--store", "memory"]) { url in
          let printed = try await Programs.loadgen("dialects", "guess", url)
          let written = try await Programs.loadgen("dialects", "guess", url, "-o", file.path)
          #expect(printed.code == 0 && written.code == 0, "\(printed.errors)\(written.errors)")
          #expect(try Data(contentsOf: file) == Data(printed.output.utf8))
          let total = try await API(url: url).get("/metrics").json()["total_orders"]
          #expect(total == .number(0))
        }
      }
    }

    @Test("A file that is there is not overwritten")
    func overwritesNothing() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try Data("mine\n".utf8).write(to: file)
        let done = try await Programs.loadgen("dialects", "guess", "http://127.0.0.1:1", "-o", file.path)
        #expect(done.code == 104 && done.errors.contains("'\(file.path)' is there already, and is not overwritten"), "\(done.errors)")
        #expect(try Data(contentsOf: file) == Data("mine\n".utf8))
      }
    }

    @Test("A target that says nothing of itself is told what was tried, what it answered, and what to do next")
    func saysNothing() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      try await RunningProgram.with("/usr/bin/env", ["python3", server, "404"]) { _, url in
        let done = try await Programs.loadgen("dialects", "guess", url)
        #expect(done.code == 104 && done.output.isEmpty, "\(done.output)")
        for words in [
          "GET /openapi.json: 404", "GET /metrics: 404", "GET /orders: 404", "'loadgen dialects show standard > my-shop.yaml'",
        ] { #expect(done.errors.contains(words), "\(words) is not in \(done.errors)") }
      }
      let nobody = try await Programs.loadgen("dialects", "guess", "http://127.0.0.1:1")
      #expect(nobody.code == 104 && nobody.errors.contains("GET /openapi.json: Connection refused"), "\(nobody.errors)")
    }

    @Test("What a target says of itself does not steer the terminal, nor the file")
    func steersNothing() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      let odd = #"\u001b[2J\u009b31m\u001b]0;title\u0007\u202e\r\n"#
      let body = #"""
        {"openapi":"3.1.0\#(odd)","info":{"title":"\#(odd)shop"},"\#(odd)total":1,"total_orders":2,"paths":{"/orders":{"post":{"summary":"\#(odd)",
         "requestBody":{"content":{"application/json":{"example":{"\#(odd)":"\#(odd)"}}}},"responses":{"201":{}}}}}}
        """#
      try await withTemporaryFolder { folder in
        try await RunningProgram.with("/usr/bin/env", ["python3", server, "200", "", body]) { _, url in
          let done = try await Programs.loadgen("dialects", "guess", url)
          #expect(done.code == 0, "\(done.errors)")
          for scalar in (done.output + done.errors).unicodeScalars where scalar.properties.generalCategory == .control {
            #expect(scalar == "\n", "\(scalar.value)")
          }
          #expect(!(done.output + done.errors).unicodeScalars.contains("\u{202E}"))
          let file = folder.appendingPathComponent("shop.yaml")
          try Data(done.output.utf8).write(to: file)
          let check = try await Programs.loadgen("dialects", "check", file.path)
          #expect(check.code == 0, "\(check.errors)")
        }
      }
    }

    @Test("A password that a target repeats does not get into the file")
    func secrets() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      let body =
        #"{"openapi":"3.1.0","info":{"title":"open-sesame"},"paths":{"/orders":{"post":{"summary":"open-sesame","responses":{"201":{}}}}}}"#
      try await RunningProgram.with("/usr/bin/env", ["python3", server, "200", "", body]) { _, url in
        let done = try await Programs.loadgen("dialects", "guess", url, "--user", "ann:open-sesame")
        #expect(done.code == 0 && !(done.output + done.errors).contains("open-sesame"), "\(done.output)\(done.errors)")
      }
    }
  }
}
