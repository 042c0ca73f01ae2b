import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("Limits on our own side", .timeLimit(.minutes(15)))
  struct OwnLimitsTests {
    private func limited(_ limit: String, _ arguments: [String]) async throws -> Programs.Finished {
      let command = "ulimit \(limit) && exec \"$0\" \"$@\""
      return try await Programs.run("/bin/sh", ["-c", command, Programs.loadgen] + arguments)
    }

    @Test("Too few file descriptors are said before the first order, with what to do")
    func tooFewDescriptors() async throws {
      let done = try await limited("-n 1024", ["run", "http://127.0.0.1:1", "--connections", "5000", "-n", "10"])
      #expect(done.code == 104, "\(done.output)\(done.errors)")
      #expect(done.errors.contains("5000 connections for creates, and as many for following them, need 10"), "\(done.errors)")
      #expect(done.errors.contains("this process may have 1024: raise the limit by 'ulimit -n "), "\(done.errors)")
      #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
    }

    @Test("A limit that may be raised is raised")
    func raised() async throws {
      try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "5ms"]) { url in
        let done = try await limited("-S -n 48", ["run", url, "-c", "100", "-n", "400", "--no-report"])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
      }
    }

    @Test(
      "No connection is leaked, however it ends: hundreds of them need no more descriptors than a few at once",
      arguments: ["hang-up", "reset-request", "reset-connect", "flood", "flood-headers", "drip", "full", "refuse"])
    func leaks(how: String) async throws {
      // Enough for the run to begin, wherever it runs, and far too few if any were kept.
      let limit = 100 + 3 * ProcessInfo.processInfo.processorCount
      try await withTemporaryFolder { folder in
        try await RunningProgram.hostile([how]) { url in
          let done = try await limited(
            "-n \(limit)",
            [
              "run", url, "--rate", "200/s", "-n", "400", "--connections", "16", "--request-timeout", "50ms", "--order-timeout", "1s",
              "-o", "\(folder.path)/run",
            ])
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.exitCode == Int(done.code), "\(done.output)\(done.errors)")
          run.expectConservation()
          #expect(run.orders("scheduled") == 400)
          // Not that the run is valid: whether it is may be up to the machine.
          let kinds = (run.summary["errors"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
          #expect(!kinds.contains("exhausted"), "\(run.generator)")
        }
      }
    }

    #if os(Linux)
      @Test("Where descriptors run out in the middle of a run, it is not valid, and the orders are errored")
      func exhausted() async throws {
        try await withTemporaryFolder { folder in
          // Every request needs a connection of its own, for a while.
          try await RunningProgram.hostile(["slow", "--seconds", "0.3"]) { url in
            let loadgen = try await RunningProgram.start(
              Programs.loadgen,
              ["run", url, "--rate", "60/s", "-d", "5s", "--connections", "60", "--poll", "100ms", "--no-threshold", "errors", "-o"]
                + ["\(folder.path)/run"])
            try await until { try await metric("total_orders", at: url) >= 5 }
            // Room for three sockets: too few for the load, and enough for the reports once they are closed.
            let place = "/proc/\(loadgen.pid)/fd"
            let sockets = try FileManager.default.contentsOfDirectory(atPath: place).filter {
              (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(place)/\($0)"))?.hasPrefix("socket:") == true
            }.compactMap { Int($0) }.sorted()
            let most = try #require(sockets.count > 3 ? sockets[2] + 1 : nil, "\(sockets)")
            let limiting = try await Programs.run("/usr/bin/env", ["prlimit", "--pid", "\(loadgen.pid)", "--nofile=\(most):"])
            #expect(limiting.code == 0, "\(limiting.errors)")
            let code = await loadgen.ended()
            let run = try RunFolder(folder.appendingPathComponent("run"))
            #expect(code == 121, "\(run.outcomes) \(run.findings)")
            run.expectConservation()
            #expect(run.orders("scheduled") == 300)
            #expect(run.errors(phase: "create", kind: "exhausted") > 0)
            #expect(run.orders("errored") == run.errors(phase: "create", kind: "exhausted"))
            #expect(run.generator["valid"] as? Bool == false)
            #expect("\(run.generator["reasons"] ?? "")".contains("ulimit -n"), "\(run.generator)")
          }
        }
      }
    #endif
  }
}
