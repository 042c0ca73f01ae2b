import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// Each profile's `/openapi.json`, and whether the server keeps what it says there.
  @Suite("The API's description")
  struct DescriptionTests {
    private static let tools = PythonTools(environment: "python-api")
    private static let fixtures = Programs.fixtures.appendingPathComponent("api_description")

    /// For how many seconds each profile is asked, by hand: `API_SECONDS=150 scripts/test --filter DescriptionTests`. `nil`: as often as
    /// fits into every run of the tests, and alike in each.
    private static let seconds = ProcessInfo.processInfo.environment["API_SECONDS"].flatMap(Int.init)

    /// Runs the server as each profile in turn, two at a time. Orders end soon.
    /// - Parameter body: gets the API with the headers that go with each request.
    private func eachServed(_ arguments: String..., body: @escaping @Sendable (Shape, API) async throws -> Void) async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        // The marketplace takes the longest, for its passwords' sake: it does not come last.
        for (index, shape) in Shape.all.reversed().enumerated() {
          if index > 1 { try await group.next() }
          group.addTask {
            let flags = ["--service-time", "1ms"] + (["marketplace", "basic-auth"].contains(shape.name) ? arguments : [])
            let program = try await shape.start(store: "memory", flags)
            do {
              try await body(shape, try await shape.admitted(to: API(url: try await program.url())))
              await program.stop()
            } catch {
              program.signal(SIGKILL)
              _ = await program.ended()
              throw error
            }
          }
        }
        try await group.waitForAll()
      }
    }

    private func python(_ script: String, _ arguments: [String]) async throws -> Programs.Finished {
      try await Programs.run(
        try Self.tools.path("python3"), ["-B", Self.fixtures.appendingPathComponent("\(script).py").path] + arguments)
    }

    @Test("It is valid, its examples are too, and what is answered is closed")
    func isValid() async throws {
      try await eachServed { shape, api in
        let answer = try await api.get("/openapi.json")
        #expect(answer.status == 200 && answer.header("content-type") == "application/json")
        try await withTemporaryFolder { folder in
          let file = folder.appendingPathComponent("openapi.json")
          try answer.body.write(to: file)
          let done = try await python("check", [file.path])
          #expect(done.code == 0, "\(shape): \(done.output)\(done.errors)")
        }
      }
    }

    @Test("What no generator thinks of is answered as it says: odd bytes, paths, methods, lengths and numbers")
    func oddRequests() async throws {
      try await eachServed { shape, api in
        let done = try await python("odd_requests", [api.url] + api.headers.map { "\($0): \($1)" })
        #expect(done.code == 0, "\(shape): \(done.output)\(done.errors)")
      }
    }

    @Test("Whatever is generated from it, right and wrong, is answered as it says, and never with an error of the server")
    func keepsItsWord() async throws {
      try await eachServed("--login-rate-limit", "off", "--registration-rate-limit", "off") { shape, api in
        let amount = Self.seconds.map { ["--max-time", "\($0)"] } ?? ["--max-examples", "8", "--seed", "20"]
        let headers = api.headers.flatMap { ["--header", "\($0): \($1)"] }
        let done = try await withTemporaryFolder { folder in
          try await Programs.run(
            "/usr/bin/env",
            ["-C", folder.path, try Self.tools.path("schemathesis"), "run", "\(api.url)/openapi.json"] + headers + amount + [
              "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--phases", "examples,coverage,fuzzing,stateful",
              "--continue-on-failure", "--warnings", "off", "--generation-database", "none", "--no-color",
              "--request-timeout", "300",
            ],
            environment: [
              "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": Self.fixtures.path, "PYTHONDONTWRITEBYTECODE": "1",
            ])
        }
        #expect(done.code == 0, "\(shape): \(done.output)\(done.errors)")
        if Self.seconds != nil { print("\(shape): \(done.output)") }
      }
    }
  }
}
