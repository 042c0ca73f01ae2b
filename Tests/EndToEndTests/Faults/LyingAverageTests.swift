import Testing

extension EndToEnd.Faults {
  @Suite("The audit, against an order server that lies about averages and the estimate")
  struct LyingAverageTests {
    private static let completion = "average_completion_time"
    private static let processing = "average_processing_time"

    @Test(
      "An average that is not that of the orders is a contradiction where polls are much finer than the lie",
      arguments: [
        ("averages=unit:ms", completion), ("averages=unit:ms", processing), ("averages=unit:us", completion),
        ("averages=unit:m", completion),
        ("averages=fixed:60", completion), ("averages=fixed:60", processing), ("averages=+50%", completion), ("averages=-50%", completion),
        ("averages=stale:1m", completion), ("averages=null", completion), ("averages=gone", processing), ("averages=word", completion),
      ])
    func average(fault: String, check: String) async throws {
      try await FaultyRun.make(fault, on: .slow, telling: 0.3, server: ["--service-time", "1s"]).expectContradiction(check)
    }

    @Test("So is one that is cut, or rounded, to whole seconds", arguments: ["averages=truncated", "averages=rounded"])
    func whole(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .slow, telling: 0.3, server: ["--service-time", "1500ms"])
      made.expectContradiction(Self.completion)
    }

    @Test(
      "Where orders wait, so is one of the wrong span, of the latest orders alone, or with the waiting ones as zero",
      arguments: [
        ("average_completion=as:processing", completion), ("average_processing=as:completion", processing),
        ("averages=window:300ms", completion), ("averages=pending-as-zero", completion),
      ])
    func queue(fault: String, check: String) async throws {
      try await FaultyRun.make(fault, on: .queue, telling: 0.3).expectContradiction(check)
    }

    @Test(
      "Where orders take very different times, so are a median, and one without the slowest",
      arguments: [("averages=median", 0.1), ("averages=without-slowest:50%", 0.3)])
    func uneven(fault: String, resolution: Double) async throws {
      try await FaultyRun.make(fault, on: .uneven, telling: resolution).expectContradiction(Self.completion)
    }

    @Test(
      "An estimate is a contradiction where there is one and nothing is left to do, and where it is gone",
      arguments: ["estimate=fixed:5", "estimate=null", "estimate=gone"])
    func estimate(fault: String) async throws {
      try await FaultyRun.make(fault, on: .slow).expectContradiction("estimated_processing_time")
    }

    @Test("So is one of a stale queue, that is told when all orders have ended")
    func staleEstimate() async throws {
      // After two seconds all have ended, and for as long again what held then is what had to be done.
      func isLate(_ made: FaultyRun) -> Bool { made.duration > 3.5 }
      let made = try await again(while: isLate) { try await FaultyRun.make("estimate=stale:1800ms", on: .slow) }
      made.expectContradiction("estimated_processing_time")
    }

    @Test("So is one that stays the same while ever more orders wait: it is not the same time for each", arguments: ["estimate=fixed:3"])
    func constantEstimate(fault: String) async throws {
      // Two hundred come within a second, and are polled while the figures are read.
      let made = try await FaultyRun.make(fault, on: .steady, server: ["--service-time", "3s"])
      made.expectContradiction("estimated_processing_time each")
    }

    @Test(
      "One that is ten times too large, or in milliseconds, is none: 0 is 0 all the same",
      arguments: ["estimate=+900%", "estimate=unit:ms"])
    func factor(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      #expect(made.code == 0, "\(made.output)")
    }

    @Test(
      "Sums that drift, shifted histograms and requests are not seen: they are in Prometheus text alone, and JSON is read here",
      arguments: ["sums=drift:50ms", "histograms=shifted", "requests=skipped:4xx"])
    func drift(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      #expect(made.code == 0, "\(made.output)")
    }
  }
}
