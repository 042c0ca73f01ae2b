import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile fcfs: the estimate of 2,000 orders")
  struct FCFSEstimateTests {
    /// One order's place in the rush, in seconds since its begin.
    private struct Placed: Sendable {
      var id: String
      var sent: Double
      var answered: Double
    }

    @Test("While 2,000 orders drain, the estimate is service time × (pending + processing) at every sample, and they end in their order")
    func drain() async throws {
      try await withTemporaryFolder { folder in
        let flags = ["--port", "0", "--profile", "fcfs", "--store", "sqlite:\(folder.path)/orders.db", "--service-time"]
        // All are placed while nothing drains, however long that takes.
        let chain = try await RunningProgram.with(Programs.orderServer, flags + ["1h"]) { _, url in
          Self.chain(try await place(2_000, at: API(url: url)))
        }
        #expect(chain.count >= 5, "enough orders of which one was answered before the next was sent: \(chain.count)")
        // 2 s at a four-hundredth: the one worker really waits 5 ms for each.
        try await RunningProgram.with(Programs.orderServer, flags + ["2s", "--time-scale", "0.0025"]) { _, url in
          let api = API(url: url)
          var samples = 0
          for step in 1...100 {
            // Spread over the drain by what is completed, whatever the machine's speed.
            try await until { try await sample(api, &samples) >= step * 19 }
            if step.isMultiple(of: 10) { try await expectInOrder(chain, at: api) }
          }
          #expect(samples >= 20)
          try await until { try await sample(api, &samples) == 2_000 }
          for id in chain { try await api.get("/orders/\(id)").expect(200, #"{"order_id":"\#(id)","status":"Completed"}"#) }
        }
      }
    }

    /// Reads the metrics once and holds the estimate against the counts beside it.
    /// - Returns: how many orders are completed.
    private func sample(_ api: API, _ samples: inout Int) async throws -> Int {
      let metrics = try await api.get("/metrics").json()
      let counts = metrics["status_counts"]
      func count(_ name: String) throws -> Double { try #require(counts?[name]?.number) }
      let (pending, processing) = (try count("pending_orders"), try count("processing_orders"))
      let completed = try count("completed_orders")
      let estimate = try #require(metrics["estimated_processing_time"]?.number)
      #expect(abs(estimate - 0.005 * (pending + processing)) <= 1e-9, "\(metrics)")
      #expect(pending + processing + completed == 2_000 && metrics["total_orders"] == .number(2_000), "\(metrics)")
      #expect(processing <= 1, "one worker: \(metrics)")
      samples += pending + processing > 0 ? 1 : 0
      return Int(completed)
    }

    /// Sends orders over many connections at once.
    private func place(_ count: Int, at api: API) async throws -> [Placed] {
      let began = ContinuousClock.now
      @Sendable func place(_ number: Int) async throws -> Placed {
        let sent = (ContinuousClock.now - began) / .seconds(1)
        let id = try await sendOrders(number...number, to: api, body: FCFSTests.order)[0]
        return Placed(id: id, sent: sent, answered: (ContinuousClock.now - began) / .seconds(1))
      }
      return try await withThrowingTaskGroup(of: Placed.self) { group in
        var placed: [Placed] = []
        for number in 1...count {
          if number > 32, let one = try await group.next() { placed.append(one) }
          group.addTask { try await place(number) }
        }
        for try await one in group { placed.append(one) }
        return placed
      }
    }

    /// Orders of which each was answered before the next was sent: only of these does a client know the order of acceptance. Of very many
    /// some thirty, from the first to the last: to ask for all of them would take longer than the drain.
    private static func chain(_ placed: [Placed]) -> [String] {
      var ids: [String] = []
      var end = 0.0
      for one in placed.sorted(by: { $0.answered < $1.answered }) where one.sent > end {
        ids.append(one.id)
        end = one.answered
      }
      return stride(from: 0, to: ids.count, by: ids.count / 30 + 1).map { ids[$0] }
    }

    /// From the last to the first: once one is completed, so are all that were accepted before it.
    private func expectInOrder(_ chain: [String], at api: API) async throws {
      var isCompleted = false
      for id in chain.reversed() {
        let word = try await api.get("/orders/\(id)").json()["status"]
        #expect(!isCompleted || word == .text("Completed"), "\(id) was overtaken")
        isCompleted = isCompleted || word == .text("Completed")
      }
    }
  }
}
