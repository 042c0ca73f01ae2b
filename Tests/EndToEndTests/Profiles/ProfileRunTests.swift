import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("A whole run against each profile, on its original's kind of database")
  struct ProfileRunTests {
    /// A profile as it is run here: with its own processing, at a scale at which it takes seconds.
    struct Profile: Sendable, CustomTestStringConvertible {
      var name: String
      var timeScale: String
      var mix: String
      var flags: [String] = []
      /// `nil`: SQLite.
      var database: RunningDatabase.Kind?

      var testDescription: String { name }
    }

    static let profiles = [
      Profile(name: "basic-auth", timeScale: "0.2", mix: "duplicate=5%,invalid=5%", database: .mariaDB),
      Profile(name: "parallel", timeScale: "0.02", mix: "invalid=5%", database: .postgreSQL),
      Profile(name: "sequential", timeScale: "0.002", mix: "duplicate=5%,invalid=5%,order-metrics=20%", database: .postgreSQL),
      Profile(name: "marketplace", timeScale: "0.005", mix: "cancel=10%,invalid=5%,list=5%", flags: ["--accounts", "3"]),
      Profile(name: "fcfs", timeScale: "0.005", mix: "invalid=5%"),
      Profile(name: "standard", timeScale: "0.2", mix: "cancel=10%,duplicate=5%,invalid=5%,list=5%,order-metrics=20%"),
    ]

    private func run(_ profile: Profile, _ flags: [String]) async throws -> (code: Int32, run: RunFolder, output: String) {
      guard let database = profile.database else {
        return try await withTemporaryFolder { try await run(profile, flags, store: "sqlite:\($0.path)/orders.db") }
      }
      return try await RunningDatabase.with(database) { try await run(profile, flags, store: $0.url) }
    }

    private func run(_ profile: Profile, _ flags: [String], store: String) async throws -> (code: Int32, run: RunFolder, output: String) {
      try await withTemporaryFolder { folder in
        let server = ["--profile", profile.name, "--store", store, "--time-scale", profile.timeScale]
        return try await RunningProgram.server(server, environment: ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"]) { url in
          let arguments =
            ["run", url, "--dialect", profile.name, "-n", "200", "--poll", "20ms", "--exclusive", "-o", "\(folder.path)/run"]
            + profile.flags + flags
          let environment = profile.name == "basic-auth" ? ["LOADGEN_USER": "alice:s3cret"] : [:]
          let done = try await Programs.run(Programs.loadgen, arguments, environment: environment)
          let place = folder.appendingPathComponent("run")
          guard FileManager.default.fileExists(atPath: place.path) else {
            Issue.record("\(done.output)\(done.errors)")
            throw NeverTrue()
          }
          return (done.code, try RunFolder(place), done.output)
        }
      }
    }

    @Test("Every order is followed to its end, and what the server says of itself is consistent", arguments: profiles)
    func isConsistent(profile: Profile) async throws {
      let (code, run, output) = try await run(profile, [])
      #expect(code == 0, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      #expect(run.orders("completed") == 200 && run.orders("lost") == 0)
      run.expectConservation()
    }

    @Test("The same with a mix of other traffic, all of which is answered as it must be", arguments: profiles)
    func isConsistentUnderAMix(profile: Profile) async throws {
      let mix = profile.mix
      let (code, run, output) = try await run(profile, ["--mix", mix, "--seed", "3"])
      #expect(code == 0, "\(output)")
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      #expect(run.orders("completed") + run.orders("cancelled") == 200)
      for kind in mix.split(separator: ",").compactMap({ $0.split(separator: "=").first }) {
        let traffic = run.traffic(String(kind).replacing("-", with: "_"))
        #expect(traffic.requests > 0 && traffic.asExpected == traffic.requests, "\(kind): \(traffic)")
      }
      run.expectConservation()
    }

    @Test("An access token that expires in the middle of a run is renewed without one failed order")
    func renewsTokens() async throws {
      try await withTemporaryFolder { folder in
        let server = [
          "--profile", "marketplace", "--store", "sqlite:\(folder.path)/orders.db", "--time-scale", "0.005",
          "--access-token-lifetime", "6s",
        ]
        try await RunningProgram.server(server) { url in
          // A token is renewed after four fifths of its life. Where the machine stands still for the last fifth it is used too late, which
          // costs no order either.
          let run = try await again(while: { (run: RunFolder) in (run.summary["errors"] as? [Any])?.isEmpty == false }) {
            let done = try await Programs.loadgen(
              "run", url, "--dialect", "marketplace", "--rate", "20/s", "-d", "11s", "--poll", "50ms", "--exclusive",
              "-o", "\(folder.path)/run")
            let run = try RunFolder(folder.appendingPathComponent("run"))
            #expect(done.code == 0, "\(done.output)\(done.errors)")
            #expect(run.orders("completed") == 220, "\(done.output)")
            return run
          }
          #expect(run.traffic("refresh").asExpected >= 2)
          #expect((run.summary["errors"] as? [Any])?.isEmpty == true, "\(run.summary["errors"] ?? "")")
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
        }
      }
    }

    @Test("Without its account a run says how to give one, and nothing is sent")
    func saysWhatIsMissing() async throws {
      try await RunningProgram.server(
        ["--profile", "basic-auth", "--store", "memory"], environment: ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"]
      ) { url in
        let done = try await Programs.loadgen("run", url, "--dialect", "basic-auth", "--no-report")
        #expect(done.code == 104 && done.errors.contains("--user-file") && done.errors.contains("LOADGEN_USER"), "\(done.errors)")
        let wrong = try await Programs.loadgen(
          "run", url, "--dialect", "basic-auth", "--no-report", "-n", "10", environment: ["LOADGEN_USER": "alice:wrong"])
        #expect(wrong.code == 104 && wrong.output.contains("is the account right?"), "\(wrong.output)")
        #expect(!wrong.output.contains("wrong") && wrong.output.contains("401"), "\(wrong.output)")
      }
    }
  }
}
