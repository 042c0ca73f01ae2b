import Foundation
import Testing

extension EndToEnd.Targets {
  /// Services of others, from PyPI and Debian: what each is stands in `Tests/Fixtures/README.md`.
  @Suite("Real job services")
  struct RealServicesTests {
    /// A service, and the environment of Python that it runs in.
    struct Service: Sendable, CustomTestStringConvertible {
      var name: String
      var environment: String
      /// How many figures are held against what was seen.
      var claims: Int

      var testDescription: String { name }
    }

    static let services = [
      Service(name: "aria2_downloads", environment: "python", claims: 3),
      Service(name: "scrapyd_jobs", environment: "python-scrapyd", claims: 3),
      Service(name: "celery_flower", environment: "python-celery", claims: 1),
      Service(name: "pygeoapi_processes", environment: "python-pygeoapi", claims: 4),
    ]

    @Test("It is driven to the end by a file alone, and its own figures are consistent with what was seen", arguments: services)
    func drives(service: Service) async throws {
      let place = Programs.fixtures.appendingPathComponent("real_services")
      let file = place.appendingPathComponent("\(service.name).yaml").path
      let python = try PythonTools(environment: service.environment).path("python3")
      try await withTemporaryFolder { folder in
        try await RunningProgram.with(python, [place.appendingPathComponent("\(service.name).py").path]) { _, url in
          let checked = try await Programs.run(Programs.loadgen, ["dialects", "check", file, "--target", url])
          #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
          let done = try await Programs.run(
            Programs.loadgen,
            ["run", url, "--dialect", file, "--exclusive", "-o", "\(folder.path)/run", "-n", "60", "-c", "4", "--poll", "100ms"])
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(done.code == 0 && run.orders("completed") == 60, "\(done.output)\(done.errors)")
          #expect(run.auditVerdict == "consistent" && (run.audit["checks"] as? [Any])?.count ?? 0 >= service.claims, "\(run.findings)")
        }
      }
    }

    @Test("What Flower has heard of tasks is consistent with what was seen, though it hears of it late; what it does not count is found")
    func events() async throws {
      let place = Programs.fixtures.appendingPathComponent("real_services")
      let file = place.appendingPathComponent("celery_flower_events.yaml")
      let python = try PythonTools(environment: "python-celery").path("python3")
      let (sent, succeeded, failed) = ("task-sent", "task-succeeded", "task-failed")
      func name(_ event: String) -> String { "flower_events_total{task=\"jobs.work\",type=\"\(event)\"}" }
      try await withTemporaryFolder { folder in
        // No task is retried, so that none would be counted as completed.
        let wrong = folder.appendingPathComponent("wrong.yaml")
        try Data(try String(contentsOf: file, encoding: .utf8).replacing(succeeded, with: "task-retried").utf8).write(to: wrong)
        try await RunningProgram.with(python, [place.appendingPathComponent("celery_flower.py").path]) { _, url in
          let checked = try await Programs.run(Programs.loadgen, ["dialects", "check", file.path, "--target", url])
          #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
          func run(_ dialect: URL) async throws -> (code: Int32, output: String, run: RunFolder) {
            let output = folder.appendingPathComponent("run-of-\(dialect.lastPathComponent)").path
            // It takes some seconds: what happened in the last one may be counted, or not.
            let done = try await Programs.run(
              Programs.loadgen,
              ["run", url, "--dialect", dialect.path, "--exclusive", "-o", output, "-n", "60", "--rate", "15/s", "--poll", "50ms"])
            return (done.code, done.output + done.errors, try RunFolder(URL(fileURLWithPath: output)))
          }
          let right = try await run(file)
          #expect(right.code == 0 && right.run.auditVerdict == "consistent", "\(right.output)\(right.run.findings)")
          for check in [name(sent), name(succeeded), name(failed), "flower_task_runtime_seconds buckets"] {
            #expect(right.run.check(check)?["verdict"] as? String == "consistent", "\(check): \(right.output)")
          }
          // The first was the check's.
          for check in [name(sent), name(succeeded)] {
            #expect(right.run.check(check)?["lower"] as? Int ?? 0 > 1, "\(check): \(right.output)")
          }
          let contradicted = try await run(wrong)
          #expect(contradicted.code == 120, "\(contradicted.output)")
          #expect(contradicted.run.check(name("task-retried"))?["verdict"] as? String == "contradicted", "\(contradicted.run.findings)")
        }
      }
    }
  }
}
