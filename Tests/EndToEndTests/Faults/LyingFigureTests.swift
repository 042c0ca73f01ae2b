import Testing

extension EndToEnd.Faults {
  @Suite("The audit, against an order server that lies about numbers of orders")
  struct LyingFigureTests {
    @Test(
      "An honest server is acquitted under every load that is put on those that lie",
      arguments: [
        FaultyRun.Setting.quick, .steady, .slow, .sparse, .queue, .uneven,
      ])
    func honest(setting: FaultyRun.Setting) async throws {
      let made = try await FaultyRun.make(on: setting)
      #expect(made.code == 0, "\(made.output)")
      #expect(made.run.auditVerdict == "consistent", "\(made.run.findings)")
    }

    @Test(
      "A number of orders that is not what it should be is a contradiction, and named",
      arguments: [
        ("total=-1", "total_orders"), ("total=+1", "total_orders"), ("total=-10%", "total_orders"), ("total=+10%", "total_orders"),
        ("total=fixed:7", "total_orders"), ("total=stale:1m", "total_orders"), ("total=null", "total_orders"),
        ("total=word", "total_orders"),
        ("total=gone", "total_orders"), ("completed=-1", "status_counts.completed"), ("completed=+10%", "status_counts.completed"),
        ("completed=never", "status_counts.completed"), ("completed=twice", "status_counts.completed"),
        ("completed=as:failed", "status_counts.completed"), ("completed=as:failed", "status_counts.failed"),
        ("completed=stale:1m", "status_counts.completed"), ("completed=fixed:7", "status_counts.completed"),
        ("completed=gone", "status_counts.completed"), ("pending=+1", "status_counts.pending"), ("pending=+1", "pending + processing"),
        ("processing=fixed:1", "status_counts.processing"), ("failed=+1", "status_counts.failed"), ("failed=+1", "sum of counts"),
        ("cancelled=fixed:3", "status_counts.cancelled"),
      ])
    func number(fault: String, check: String) async throws {
      try await FaultyRun.make(fault, on: .quick).expectContradiction(check)
    }

    @Test("NaN is no JSON, so that everything that the document said is gone with it", arguments: ["total=nan", "figures=nan"])
    func notANumber(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      made.expectContradiction("total_orders")
      made.expectContradiction("status_counts.completed")
    }

    @Test(
      "Figures that are all wrong together are a contradiction of the total and of the counts",
      arguments: ["figures=per-process:4", "figures=stale:1m", "figures=null", "figures=word", "figures=gone"])
    func figures(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      made.expectContradiction("total_orders")
      made.expectContradiction("status_counts.completed")
    }

    @Test(
      "So are figures that begin again at 0 while orders come, or that are told again after they were read once",
      arguments: ["figures=reset:500ms", "figures=cached:1m"])
    func figuresOverTime(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .steady)
      made.expectContradiction("total_orders")
      made.expectContradiction("status_counts.completed")
    }

    @Test(
      "Pending orders that are counted twice, or not at all, are a contradiction while there are some",
      arguments: [
        ("pending=twice", "status_counts.pending"), ("pending=never", "pending + processing"),
      ])
    func pending(fault: String, check: String) async throws {
      try await FaultyRun.make(fault, on: .queue).expectContradiction(check)
    }

    @Test(
      "Orders in processing that are counted as pending, or the other way round, are one too: nothing was restarted that could have put them back",
      arguments: [("processing=as:pending", FaultyRun.Setting.slow), ("pending=as:processing", .queue)])
    func begun(fault: String, setting: FaultyRun.Setting) async throws {
      let made = try await FaultyRun.make(fault, on: setting)
      made.expectContradiction("status_counts.pending")
      made.expectContradiction("status_counts.processing")
      #expect(!made.contradicted.contains("pending + processing"), "\(made.run.findings)")
    }

    @Test("A lie that is told at some readings alone is found")
    func share() async throws {
      // Which readings are struck follows from the seed: with this one, the second and the third.
      let made = try await FaultyRun.make("total=-1:40%", on: .steady)
      made.expectContradiction("total_orders")
    }

    @Test("The lie is found in every profile's own words", arguments: ["basic-auth", "parallel", "sequential", "fcfs"])
    func profiles(profile: String) async throws {
      let user = profile == "basic-auth" ? ["--user", "alice:s3cret"] : []
      let made = try await FaultyRun.make("total=-1", on: .quick, server: ["--profile", profile], load: ["--dialect", profile] + user)
      made.expectContradiction("total_orders")
    }
  }
}
