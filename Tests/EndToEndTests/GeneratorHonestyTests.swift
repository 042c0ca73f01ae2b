import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What the generator itself does to a verdict, and what it does not.
  @Suite("The generator's own honesty")
  struct GeneratorHonestyTests {
    #if os(Linux)
      /// An open load from a generator that is starved in its middle, and what came of it.
      private func starvedRun(threshold: String) async throws -> (code: Int32, run: RunFolder) {
        try await withTemporaryFolder { folder in
          // The target is not to be starved as well: as far as the system lets it, it goes before all others.
          let server = ["nice", "-n", "-19", Programs.orderServer, "--port", "0", "--store", "memory"]
          return try await RunningProgram.with("/usr/bin/env", server) { _, url in
            let loadgen = try await RunningProgram.start(
              "/usr/bin/env",
              [
                "nice", "-n", "19", "taskset", "-c", "0", Programs.loadgen, "run", url, "--rate", "50/s", "-d", "8s", "--no-follow",
                "--threshold", threshold, "-o", "\(folder.path)/run",
              ])
            try await until { try await metric("total_orders", at: url) >= 50 }
            let hog = Programs.fixtures.appendingPathComponent("processor_hog.py").path
            let other = try await RunningProgram.start("/usr/bin/env", ["taskset", "-c", "0", "python3", hog, "3"])
            #expect(await other.ended() == 0)
            return (await loadgen.ended(), try RunFolder(folder.appendingPathComponent("run")))
          }
        }
      }

      @Test("Starved by other programs on its processor, a generator whose own lag decides a threshold is not valid, and says so")
      func starved() async throws {
        let (code, run) = try await starvedRun(threshold: "accept.max<500ms")
        #expect(code == 121, "\(run.findings)")
        let reasons = run.generator["reasons"] as? [String] ?? []
        #expect(run.generator["valid"] as? Bool == false)
        #expect(reasons.contains { $0.contains("accept.max<500ms") && $0.contains("the generator's own lag") }, "\(reasons)")
        #expect(run.orders("scheduled") == 400)
        #expect(run.orders("not_sent") == 0)
        run.expectConservation()
      }

      @Test("As starved, it is valid where its lag decides nothing")
      func starvedWithoutConsequence() async throws {
        let (code, run) = try await starvedRun(threshold: "accept.max<1m")
        #expect(code == 0, "\(run.findings)")
        #expect(run.generator["valid"] as? Bool == true)
      }

    #endif

    @Test("A target that stalls fails its threshold, and never makes the run invalid")
    func stalledTarget() async throws {
      try await withTemporaryFolder { folder in
        try await RunningProgram.with(Programs.orderServer, ["--port", "0", "--store", "memory"]) { server, url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen,
            [
              "run", url, "--rate", "50/s", "-d", "6s", "-c", "20", "--no-follow", "--threshold", "accept.max<500ms", "-o",
              "\(folder.path)/run",
            ])
          try await until { try await metric("total_orders", at: url) >= 50 }
          server.signal(SIGSTOP)
          try await Task.sleep(for: .seconds(3))
          server.signal(SIGCONT)
          #expect(await loadgen.ended() == 99)
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.generator["valid"] as? Bool == true, "\(run.generator)")
          #expect(run.orders("accepted") == 300)
          run.expectConservation()
        }
      }
    }
  }
}
