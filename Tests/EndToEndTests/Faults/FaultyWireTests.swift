import Testing

extension EndToEnd.Faults {
  @Suite("A run against an order server whose answers are sent wrongly")
  struct FaultyWireTests {
    @Test(
      "Answers that are delayed, stand still or drip are taken as they come, and their time is seen",
      arguments: [("wire=delay:200ms:50%", 0.2), ("wire=stall:200ms:50%", 0.2), ("wire=drip:2ms:50%", 0.1)])
    func slow(fault: String, seconds: Double) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      #expect(made.code == 0, "\(made.output)")
      #expect(made.run.orders("completed") == 100)
      #expect(try #require(made.run.latency("accept", "max")) >= seconds)
    }

    @Test("A limit on their time fails the run")
    func limit() async throws {
      let made = try await FaultyRun.make("wire=delay:200ms:50%", on: .quick, load: ["--threshold", "accept.p(99)<100ms"])
      #expect(made.code == 99, "\(made.output)")
    }

    @Test(
      "Connections that are reset, and answers that end in their middle, fail the run, and leave open what became of the orders",
      arguments: [
        "wire=reset:50%", "wire=half:50%",
      ])
    func broken(fault: String) async throws {
      let made = try await FaultyRun.make(fault, on: .quick)
      #expect(made.code == 99, "\(made.output)")
      #expect(made.run.orders("ambiguous") >= 20)
      made.run.expectConservation()
    }
  }
}
