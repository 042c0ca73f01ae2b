import Testing

extension EndToEnd.Faults {
  @Suite("The cause that a run names, against an order server that lies")
  struct NamedCauseTests {
    @Test(
      "It is the lie that was told, in words, with what is wrong and by how much",
      arguments: [
        ("total=+2", FaultyRun.Setting.steady, "total_orders is always 2 too high"),
        ("total=fixed:7", .steady, "total_orders is always 7, whatever happens"),
        ("completed=twice", .steady, "each order is counted twice in status_counts.completed"),
        ("completed=as:failed", .steady, "orders that stand at completed are counted as failed"),
        ("completed=never", .steady, "status_counts.completed is always 0, whatever happens"),
        ("pending=as:processing", .queue, "orders that stand at pending are counted as processing"),
        ("figures=stale:1s", .steady, "every figure is told "), ("figures=cached:900ms", .steady, "every answer is told again for "),
        ("figures=reset:1500ms", .steady, "it forgot at some time from "),
        ("figures=per-process:4", .steady, "one of 4 processes answers at a time"),
        ("averages=unit:ms", .steady, "average_processing_time and average_completion_time are told in milliseconds"),
      ])
    func named(fault: String, setting: FaultyRun.Setting, words: String) async throws {
      // A machine that stands still leaves open what could be told otherwise; then none is named.
      let made = try await again(while: { $0.cause == nil }) { try await FaultyRun.make(fault, on: setting) }
      #expect(made.code == 120, "\(made.output)")
      #expect(made.cause?.hasPrefix(words) == true, "\(made.cause ?? "none"): \(made.run.findings)")
      #expect(made.output.contains("The likeliest cause: "), "\(made.output)")
    }

    @Test("Where two lies are told at once, neither explains everything, and none is named")
    func two() async throws {
      let made = try await FaultyRun.make("total=+10%", "failed=+3", on: .steady)
      #expect(made.code == 120 && made.cause == nil, "\(made.cause ?? "")")
      #expect(!made.output.contains("likeliest cause"), "\(made.output)")
    }
  }
}
