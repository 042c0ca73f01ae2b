import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// What can happen to orders, in every profile: an honest server is never accused under the dialect that is built in for it.
  @Suite("Failing, cancelled and interrupted orders in every profile")
  struct EveryEndingTests {
    /// One row of the table.
    struct Course: Sendable, CustomTestStringConvertible {
      var profile: EndToEnd.Targets.ProfileRunTests.Profile
      var fails: Bool
      var isMixed: Bool
      var isKilled: Bool

      var testDescription: String {
        profile.name + (fails ? ", failures" : "") + (isMixed ? ", a mix" : "") + (isKilled ? ", a crash" : "")
      }

      var server: [String] {
        ["--profile", profile.name, "--time-scale", profile.timeScale] + (fails ? ["--failure-rate", "33%"] : [])
      }

      /// Orders that failed as they were told to break no rule here, nor does a crash.
      var run: [String] {
        let passed = (fails ? ["failed"] : []) + (isKilled ? ["errors", "polls"] : [])
        return ["--dialect", profile.name, "--poll", "20ms", "--exclusive", "--seed", "5", "--order-timeout", "120s"] + profile.flags
          + (isMixed ? ["--mix", profile.mix] : []) + passed.flatMap { ["--no-threshold", $0] }
      }
    }

    static let courses: [Course] = EndToEnd.Targets.ProfileRunTests.profiles.flatMap { profile in
      [(true, false, false), (true, true, false), (true, false, true), (false, true, true), (true, true, true)].map {
        Course(profile: profile, fails: $0, isMixed: $1, isKilled: $2)
      }
    }

    private static let accounts = (server: ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"], client: ["LOADGEN_USER": "alice:s3cret"])

    /// How many orders the server has accepted, by a page that every profile has.
    private func accepted(at url: String) async throws -> Double {
      let api = API(url: url).with("Authorization", EndToEnd.OrderServer.BasicAuthTests.authorization("alice", "s3cret"))
      let lines = try await api.get("/metrics/prometheus").text.split(separator: "\n")
      return lines.first { $0.hasPrefix("orders_accepted_total ") }?.split(separator: " ").last.flatMap { Double($0) } ?? -1
    }

    private func environment(_ profile: EndToEnd.Targets.ProfileRunTests.Profile, _ values: [String: String]) -> [String: String] {
      profile.name == "basic-auth" ? values : [:]
    }

    private func expectTruth(_ run: RunFolder, of course: Course) {
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
      #expect(run.orders("unfinished") == 0 && run.orders("accepted") > 0)
      #expect((run.orders("failed") > 0) == course.fails)
      run.expectConservation()
    }

    @Test("The server's figures are consistent, and every order comes to an end that is known", arguments: courses)
    func isConsistent(course: Course) async throws {
      try await withTemporaryFolder { folder in
        let place = folder.appendingPathComponent("run")
        let server = course.server + ["--store", "sqlite:\(folder.path)/orders.db"]
        let accounts = environment(course.profile, Self.accounts.server)
        let first = try await RunningProgram.start(Programs.orderServer, ["--port", "0"] + server, environment: accounts)
        let url = try await first.url()
        let loadgen = try await RunningProgram.start(
          Programs.loadgen, ["run", url, "--rate", "40/s", "-n", "80", "-o", place.path] + course.run,
          environment: environment(course.profile, Self.accounts.client))
        guard course.isKilled else {
          #expect(await loadgen.ended() == 0)
          await first.stop()
          return expectTruth(try RunFolder(place), of: course)
        }
        try await until { try await accepted(at: url) >= 25 }
        first.signal(SIGKILL)
        _ = await first.ended()
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        try await RunningProgram.with(Programs.orderServer, ["--port", port] + server, environment: accounts) { _, _ in
          let code = await loadgen.ended()
          let run = try RunFolder(place)
          #expect(code == 0, "\(run.outcomes) \(run.findings)")
          expectTruth(run, of: course)
        }
      }
    }

    @Test(
      "Orders that another profile has left cancelled or failed are counted, by whatever profile serves them",
      arguments: Shape.withMetrics)
    func countsWhatWasLeft(shape: Shape) async throws {
      try await withTemporaryFolder { folder in
        let store = "sqlite:\(folder.path)/orders.db"
        let standard = try #require(Shape.all.first { $0.name == "standard" })
        try await standard.serve(store: store, "--service-time", "1ms", "--failure-rate", "100%") { api in
          for id in try await standard.send(1...3, to: api) { try await until { try await standard.status(id, at: api) == "failed" } }
        }
        try await standard.serve(store: store, "--workers", "1", "--service-time", "1h") { api in
          for id in try await standard.send(4...6, to: api).dropFirst() {
            let answer = try await api.post("/orders/\(id)/cancel")
            #expect(answer.status == 200, "\(answer)")
          }
        }
        let profile = try #require(EndToEnd.Targets.ProfileRunTests.profiles.first { $0.name == shape.name })
        let course = Course(profile: profile, fails: true, isMixed: false, isKilled: false)
        let server = course.server + ["--store", store]
        try await RunningProgram.server(server, environment: environment(profile, Self.accounts.server)) { url in
          let api = try await shape.admitted(to: API(url: url))
          let figures = try #require(try await shape.figures(at: api))
          // Three that failed, and two that were cancelled; the one that was in work may have failed by now, too.
          #expect((5...6).contains(figures.total - figures.counts.reduce(0, +)))
          let place = folder.appendingPathComponent("run")
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "-n", "40", "-o", place.path] + course.run,
            environment: environment(profile, Self.accounts.client))
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          expectTruth(try RunFolder(place), of: course)
        }
      }
    }
  }
}
