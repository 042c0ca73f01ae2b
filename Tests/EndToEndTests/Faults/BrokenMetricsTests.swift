import Testing

extension EndToEnd.Faults {
  @Suite("A run against an order server whose metrics break")
  struct BrokenMetricsTests {
    @Test(
      "Metrics that are a document no more are a contradiction: all that they said is gone", arguments: ["metrics=html", "metrics=cut"])
    func noDocument(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      made.expectContradiction("total_orders")
      made.expectContradiction("status_counts.completed")
    }

    @Test(
      "Metrics that are not to be had say nothing: the audit is not available, and the run fails",
      arguments: [
        "metrics=500", "metrics=503", "metrics=404", "metrics=gone",
      ])
    func notAvailable(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      #expect(made.code == 99, "\(made.output)")
      #expect(made.run.auditVerdict == "not_available" && made.output.contains("metrics.readings>0"), "\(made.output)")
    }

    @Test("Metrics that are slow are waited for, and are consistent")
    func slow() async throws {
      let made = try await FaultyRun.make("metrics=slow:300ms", on: .quick)
      #expect(made.code == 0, "\(made.output)")
      #expect(made.run.auditVerdict == "consistent", "\(made.run.findings)")
      #expect(try #require(made.run.latency("metrics", "max")) >= 0.3)
    }
  }
}
