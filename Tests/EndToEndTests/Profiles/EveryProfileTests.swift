import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Every profile")
  struct EveryProfileTests {
    @Test("Acknowledged orders survive a crash, are processed to the end, and counted once", arguments: Shape.all)
    func crash(shape: Shape) async throws {
      try await withTemporaryFolder { folder in
        let store = "sqlite:\(folder.path)/orders.db"
        let first = try await shape.start(store: store, ["--workers", "1", "--service-time", "1h"])
        let before = try await shape.admitted(to: API(url: try await first.url()))
        let ids = try await shape.send(1...8, to: before)
        try await until { try await shape.status(ids[0], at: before) == shape.processing }
        first.signal(SIGKILL)
        #expect(await first.ended() == -SIGKILL)
        try await shape.serve(store: store, "--workers", "1", "--service-time", "5ms") { api in
          var after = api
          after.headers = before.headers
          for id in ids { try await until { try await shape.status(id, at: after) == shape.completed } }
          if let figures = try await shape.figures(at: after) {
            #expect(figures.total == 8 && figures.counts == [0, 0, 8])
          } else {
            let orders = try await after.get("/orders").json()["orders"]?.array ?? []
            #expect(orders.compactMap { $0["id"]?.pathSegment } == ids.reversed())
          }
        }
      }
    }

    @Test("The counts of one reading sum to its total, at every instant", arguments: Shape.withMetrics)
    func snapshot(shape: Shape) async throws {
      try await withTemporaryFolder { folder in
        try await shape.serve(store: "sqlite:\(folder.path)/orders.db", "--service-time", "uniform:0ms..10ms", "--workers", "2") { api in
          let api = try await shape.admitted(to: api)
          async let ids = shape.send(1...150, to: api)
          var last = (total: 0.0, completed: 0.0)
          try await until {
            let figures = try #require(try await shape.figures(at: api))
            #expect(figures.counts.reduce(0, +) == figures.total, "\(figures)")
            #expect(figures.total >= last.total && figures.counts[2] >= last.completed, "\(figures) after \(last)")
            last = (figures.total, figures.counts[2])
            return last.completed == 150
          }
          #expect(try await ids.count == 150)
        }
      }
    }

    @Test("Errors are the profile's own everywhere, never a framework's page", arguments: Shape.all)
    func errors(shape: Shape) async throws {
      try await shape.serve { api in
        let api = try await shape.admitted(to: api)
        let large = String(repeating: "x", count: 8_000_000)
        for (method, path, body, status) in [
          ("GET", "/nowhere", "", 404), ("DELETE", "/orders", "", 405), ("POST", "/orders", "{", nil), ("POST", "/orders", "", nil),
          ("POST", "/orders", #"{"user_id":"\#(large)"}"#, 413),
        ] as [(String, String, String, Int?)] {
          let answer = try await api.send(method, path, body)
          let what = "\(method) \(path) \(body.prefix(20)): \(answer.status) \(answer.text.prefix(200))"
          if let status { #expect(answer.status == status, "\(what)") }
          #expect((400..<500).contains(answer.status), "\(what)")
          #expect(answer.header("content-type")?.contains("json") == true, "\(what)")
          #expect(try answer.json().keys.contains(shape.errorKey), "\(what)")
        }
      }
    }

    @Test("The same figures are there as Prometheus text, by path and by what is accepted", arguments: Shape.all)
    func prometheus(shape: Shape) async throws {
      try await shape.serve("--service-time", "1ms") { api in
        let api = try await shape.admitted(to: api)
        for id in try await shape.send(1...3, to: api) { try await until { try await shape.status(id, at: api) == shape.completed } }
        let byPath = try await api.get("/metrics/prometheus")
        let byAccept = try await api.with("Accept", "text/plain; version=0.0.4").get("/metrics")
        // The marketplace publishes nothing at /metrics.
        for answer in shape.counts == nil ? [byPath] : [byPath, byAccept] {
          #expect(answer.status == 200, "\(answer)")
          #expect(answer.header("content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
          let lines = answer.text.split(separator: "\n")
          for line in lines where !line.hasPrefix("#") {
            #expect(line.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [-+0-9.eE]+/) != nil, "\(line)")
          }
          #expect(lines.contains { $0.hasPrefix("# TYPE ") } && lines.contains { $0.hasPrefix("# HELP ") })
          let completed = lines.filter { $0.lowercased().contains(#"status="completed""#) }.compactMap { $0.split(separator: " ").last }
          #expect(completed.compactMap { Double($0) } == [3], "\(answer)")
          for span in ["processing", "completion"] {
            let buckets = lines.filter { $0.hasPrefix("order_\(span)_seconds_bucket{le=") }.compactMap { $0.split(separator: " ").last }
            let counts = buckets.compactMap { Int($0) }
            #expect(counts.count == 14 && counts == counts.sorted() && counts.suffix(3) == [3, 3, 3], "\(answer)")
          }
        }
      }
    }

    @Test(
      "A caller over the limit is told when to come again, and the order is not there; without a limit none is refused",
      arguments: Shape.all)
    func createRateLimit(shape: Shape) async throws {
      try await shape.serve("--create-rate-limit", "2/h", "--service-time", "1h") { api in
        let api = try await shape.admitted(to: api)
        var answers: [Answer] = []
        for number in 1...10 { answers.append(try await api.post("/orders", shape.order(number))) }
        let refused = answers.filter { $0.status == 429 }
        #expect(answers.first?.status == 201 && !refused.isEmpty, "\(answers)")
        for answer in refused {
          #expect(answer.header("Retry-After").flatMap(Int.init).map { $0 >= 1 } == true, "\(answer.headers)")
          #expect(try answer.json().keys.contains(shape.errorKey), "\(answer)")
        }
        if let figures = try await shape.figures(at: api) { #expect(Int(figures.total) == 10 - refused.count) }
      }
      try await shape.serve("--service-time", "1h") { api in
        _ = try await shape.send(1...50, to: try await shape.admitted(to: api))
      }
    }

    @Test("A ping is answered to everybody", arguments: Shape.all)
    func ping(shape: Shape) async throws {
      try await shape.serve { try await $0.get("/ping").expect(200, #"{"message":"Success"}"#) }
    }
  }
}
