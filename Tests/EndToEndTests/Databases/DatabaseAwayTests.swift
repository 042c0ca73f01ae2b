import Foundation
import Testing

extension EndToEnd.Attacks {
  @Suite("A database that goes away and comes back")
  struct DatabaseAwayTests {
    @Test(
      "While it is away the answer is 503 with Retry-After; afterwards all goes on by itself, with every acknowledged order",
      arguments: RunningDatabase.Kind.allCases)
    func saysSo(kind: RunningDatabase.Kind) async throws {
      try await RunningDatabase.with(kind) { database in
        try await RunningProgram.server(["--store", database.url, "--service-time", "10ms"]) { url in
          let api = API(url: url)
          let order = #"{"user_id":"u-1","item_ids":["item-001"],"total_amount":1}"#
          let accepted = try await sendOrders(1...20, to: api, body: { _ in order })
          database.kill()
          try await until { try await api.post("/orders", order).status == 503 }
          for answer in [
            try await api.post("/orders", order), try await api.get("/orders/\(accepted[0])"), try await api.get("/metrics"),
            try await api.get("/health"),
          ] {
            #expect(answer.status == 503 && answer.header("retry-after") != nil, "\(answer)")
          }
          #expect(try await api.get("/ping").status == 200)
          database.restart()
          let later = try await until201(api, order)
          for id in accepted + [later] {
            try await until { try await api.get("/orders/\(id)/status").json()["status"]?.text == "completed" }
          }
          #expect(try await api.get("/health").status == 200)
        }
      }
    }

    /// - Returns: the id of the first order that is accepted.
    private func until201(_ api: API, _ order: String) async throws -> String {
      var id: String?
      try await until {
        let answer = try await api.post("/orders", order)
        if answer.status == 201 { id = try answer.json()["order_id"]?.pathSegment }
        return id != nil
      }
      return try #require(id)
    }

    @Test(
      "Killed and started again in the middle of a run, it has lost nothing that was acknowledged", arguments: RunningDatabase.Kind.allCases
    )
    func restartedInARun(kind: RunningDatabase.Kind) async throws {
      try await RunningDatabase.with(kind) { database in
        try await withTemporaryFolder { folder in
          let flags = ["--store", database.url, "--workers", "16", "--service-time", "uniform:0ms..40ms"]
          try await RunningProgram.server(flags) { url in
            let loadgen = try await RunningProgram.start(
              Programs.loadgen,
              [
                "run", url, "-c", "10", "-n", "1500", "--poll", "20ms", "--no-threshold", "errors", "--no-threshold", "polls",
                "--exclusive", "--order-timeout",
                "240s", "-o", "\(folder.path)/run",
              ])
            for moment in [100, 300] {
              try await until { try await metric("total_orders", at: url) >= moment }
              database.restart()
            }
            let code = await loadgen.ended()
            let run = try RunFolder(folder.appendingPathComponent("run"))
            #expect(code == 0, "\(run.findings)")
            #expect(run.orders("completed") == run.orders("accepted") && run.orders("accepted") > 300 && run.orders("lost") == 0)
            #expect(run.auditVerdict == "consistent", "\(run.findings)")
            run.expectConservation()
            try await until { try await count("completed", at: url) == metric("total_orders", at: url) }
            let total = try await metric("total_orders", at: url)
            #expect((run.orders("accepted")...run.orders("accepted") + run.orders("ambiguous")).contains(total))
          }
        }
      }
    }

    @Test("A password in --store is refused, and not shown; by environment or file it is taken")
    func passwords() async throws {
      let refused = try await Programs.run(Programs.orderServer, ["--port", "0", "--store", "postgresql://me:hunter2@127.0.0.1:1/orders"])
      #expect(refused.code == 104 && refused.errors.contains("ORDER_SERVER_STORE_PASSWORD"), "\(refused.errors)")
      let given = try await Programs.run(
        Programs.orderServer, ["--port", "0", "--store", "postgresql://me@127.0.0.1:1/orders"],
        environment: ["ORDER_SERVER_STORE_PASSWORD": "hunter2"])
      #expect(given.code == 104 && given.errors.contains("127.0.0.1:1"), "\(given.errors)")
      for done in [refused, given] { #expect(!(done.output + done.errors).contains("hunter2")) }
    }
  }
}
