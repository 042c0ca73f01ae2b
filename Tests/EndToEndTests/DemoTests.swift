import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("The demo")
  struct DemoTests {
    @Test("sends 2,000 orders, follows all to the end, audits, and leaves a report")
    func passes() async throws {
      try await withTemporaryFolder { folder in
        let reports = folder.appendingPathComponent("run")
        let demo = try await Programs.loadgen("demo", "-o", reports.path, environment: ["TMPDIR": folder.path])
        #expect(demo.code == 0, "\(demo.output)\(demo.errors)")
        let run = try RunFolder(reports)
        #expect(run.orders("accepted") == 2_000)
        #expect(run.orders("completed") == 2_000)
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
        #expect(run.verdict == "pass")
        run.expectConservation()
        #expect(demo.output.contains(reports.path), "it says where the report is")
        for name in ["report.html", "report.md", "junit.xml", "timeseries.csv", "accept.hgrm"] {
          #expect(try !run.text(name).isEmpty)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left == ["run"], "nothing else is left behind")
      }
    }

    @Test("the page is one file that loads nothing from elsewhere")
    func pageIsOffline() async throws {
      try await withTemporaryFolder { folder in
        let run = folder.appendingPathComponent("run")
        _ = try await Programs.loadgen("demo", "-n", "50", "-o", run.path)
        let page = try RunFolder(run).text("report.html")
        #expect(page.contains("<svg"))
        for outside in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!page.contains(outside)) }
      }
    }
  }
}
