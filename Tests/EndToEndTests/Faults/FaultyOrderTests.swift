import Testing

extension EndToEnd.Faults {
  @Suite("A run against an order server that deals with orders wrongly")
  struct FaultyOrderTests {
    @Test("Orders that are lost after their acknowledgement fail the run")
    func lost() async throws {
      let made = try await FaultyRun.make("orders=lost:50%", on: .quick)
      #expect(made.code == 99, "\(made.output)")
      #expect((20...80).contains(made.run.orders("lost")))
      made.run.expectConservation()
    }

    @Test("Orders that are stuck fail the run when their time is over")
    func stuck() async throws {
      let made = try await FaultyRun.make("orders=stuck:50%", on: .quick, load: ["--order-timeout", "1s"])
      #expect(made.code == 99, "\(made.output)")
      #expect(made.run.orders("timed_out") >= 20)
    }

    @Test("Orders that are processed twice are a contradiction: there are more than were sent")
    func twice() async throws {
      try await FaultyRun.make("orders=twice:50%", on: .quick).expectContradiction("total_orders")
    }

    @Test("Orders that are told to be completed before they are contradict the counts")
    func early() async throws {
      let made = try await FaultyRun.make("orders=early", on: .slow, server: ["--service-time", "2m"])
      made.expectContradiction("status_counts.completed")
      made.expectContradiction("pending + processing")
    }

    @Test("Orders that are told with another's data are found by the time that the other took")
    func anothersData() async throws {
      let made = try await FaultyRun.make("orders=anothers-data", on: .sparse, telling: 0.2)
      made.expectContradiction("average_completion_time")
    }

    @Test(
      "Orders that have another's content are found by what was sent for the other",
      arguments: ["orders=anothers-data:20%", "ids=swapped:20%"])
    func content(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      made.expectContradiction("orders with another's content")
    }

    @Test("Orders that go back to pending are found as such, since nothing was restarted")
    func backwards() async throws {
      let made = try await FaultyRun.make("orders=backwards", on: .slow, load: ["--poll", "300ms"])
      made.expectContradiction("orders that went back")
    }

    @Test("Creates that are answered with 500 fail the run; that they were stored is allowed for")
    func stored500() async throws {
      let made = try await FaultyRun.make("creates=stored-500:50%", on: .quick)
      #expect(made.code == 99, "\(made.output)")
      #expect(made.run.auditVerdict == "consistent" && made.run.orders("ambiguous") >= 20, "\(made.run.findings)")
    }

    @Test("Creates that were stored though they were refused are a contradiction: there are more than may be")
    func storedRefused() async throws {
      let made = try await FaultyRun.make("creates=stored-refused:50%", on: .quick)
      made.expectContradiction("total_orders")
      #expect(made.run.orders("rejected") >= 20)
    }

    @Test("Creates that were acknowledged and not stored are a contradiction, and lost")
    func missing201() async throws {
      let made = try await FaultyRun.make("creates=missing-201:50%", on: .quick)
      made.expectContradiction("total_orders")
      #expect(made.run.orders("lost") >= 20)
    }

    @Test("An id that several orders are told is a contradiction")
    func reused() async throws {
      try await FaultyRun.make("ids=reused:50%", on: .quick).expectContradiction("orders with a shared id")
    }

    @Test("An id that is told before its order is there is lost, if no order ever comes, and the others have another's content")
    func swapped() async throws {
      // The last one has nobody to swap with.
      let made = try await FaultyRun.make("ids=swapped", on: .quick, load: ["-n", "21"])
      #expect(made.code == 120, "\(made.output)")
      #expect(made.run.orders("lost") >= 1)
    }
  }
}
