import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("The standard profile's metrics")
struct MetricsRoutesTests {
  @Test("With no order, all counts are there, and the averages are null")
  func empty() async throws {
    try await TestServer().test { client in
      let seen = try await client.send(.get, "/metrics")
      #expect(seen.code == 200)
      let document = try JSON(
        parsing: """
          {"total_orders":0,"status_counts":{"pending":0,"processing":0,"completed":0,"cancelled":0,"failed":0},
          "average_processing_time":null,"average_completion_time":null,"estimated_processing_time":0}
          """)
      #expect(try seen.json.isSame(as: document), "\(seen.text)")
    }
  }

  @Test("With orders at every stage, the figures are exact and unrounded")
  func figures() async throws {
    // 5 orders created at 1…5 µs after the start; the first 3 taken at 6 µs, 2 of them completed at 7 µs.
    let server = TestServer(clock: .ticking(from: 0), serviceTime: .uniform(.seconds(1), .seconds(2)))
    try await server.test { client in
      for index in 1...5 {
        _ = try await client.create(#""order_id":"o-\#(index)","user_id":"u","item_ids":["a"],"total_amount":1"#)
      }
      let taken = try await server.store.advance(completing: [], taking: 3)
      _ = try await server.store.advance(completing: Array(taken.prefix(2)), taking: 0)
      let seen = try await client.send(.get, "/metrics")
      let document = try JSON(
        parsing: """
          {"total_orders":5,"status_counts":{"pending":2,"processing":1,"completed":2,"cancelled":0,"failed":0},
          "average_processing_time":1e-06,"average_completion_time":5.5e-06,"estimated_processing_time":4.5}
          """)
      #expect(try seen.json.isSame(as: document), "\(seen.text)")
      let one = try await client.send(.get, "/metrics/o-2")
      let times = try JSON(
        parsing: """
          {"order_id":"o-2","status":"completed","created_at":"1970-01-01T00:00:00.000002Z",
          "started_at":"1970-01-01T00:00:00.000006Z","completed_at":"1970-01-01T00:00:00.000007Z",
          "queue_wait":4e-06,"processing_time":1e-06,"completion_time":5e-06}
          """)
      #expect(try one.json.isSame(as: times), "\(one.text)")
      let waiting = try await client.send(.get, "/metrics/o-5")
      #expect(try waiting.json["queue_wait"] == .null && waiting.json["completion_time"] == .null)
    }
  }

  @Test("The document is laid out as the dialect has it, whatever that is")
  func followsTheDialect() {
    var tallies = Tallies()
    tallies[.pending] = 3
    tallies[.completed] = 4
    tallies.processing.sum = 10_000_000
    let metrics = Dialect.Metrics(
      path: "/m",
      figures: [
        Dialect.Figure(.average(.processing), at: "times.mean.service"), Dialect.Figure(.count(.pending), at: "times.waiting"),
        Dialect.Figure(.total, at: "n"),
      ])
    let document = MetricsDocument(tallies, meanServiceTime: 1).json(as: metrics)
    #expect(document.isSame(as: ["times": ["mean": ["service": .number(2.5)], "waiting": .integer(3)], "n": .integer(7)]))
  }
}
