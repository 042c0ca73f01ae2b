import Testing

extension EndToEnd.Faults {
  @Suite("An order server that lies says so")
  struct FaultFlagTests {
    @Test("--help faults lists all that can be said")
    func help() async throws {
      let done = try await Programs.run(Programs.orderServer, ["--help", "faults"])
      #expect(done.code == 0 && done.output.contains("orders=lost") && done.output.contains("figures=stale:2s"), "\(done.output)")
    }

    @Test("What is no fault ends with 104, and what would be right")
    func refused() async throws {
      let done = try await Programs.run(Programs.orderServer, ["--store", "memory", "--fault", "totl=-1"])
      #expect(done.code == 104 && done.errors.contains("did you mean 'total'?"), "\(done.errors)")
    }

    @Test("One line of the log and /health name its faults")
    func says() async throws {
      let faults = ["--fault", "total=-1", "--fault", "orders=lost:10%"]
      try await RunningProgram.server(["--store", "memory"] + faults) { url in
        #expect(try await document(url + "/health")["faults"] as? [String] == ["total=-1", "orders=lost:10%"])
        // A second one cannot have the port, and ends with all of its log.
        let port = try #require(url.split(separator: ":").last.map(String.init))
        let second = try await Programs.run(Programs.orderServer, ["--port", port, "--store", "memory"] + faults)
        let lines = second.errors.split(separator: "\n").filter { $0.contains("on purpose") }
        #expect(lines.count == 1 && lines[0].contains("warning") && lines[0].contains("total=-1, orders=lost:10%"), "\(second.errors)")
      }
    }
  }
}
