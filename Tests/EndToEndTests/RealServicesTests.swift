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
  }
}
