import Shared
import Testing

@Suite("Lies about figures")
struct FigureLiesTests {
  /// 4 orders pending, 2 in processing, 10 completed (of 2 s each, and 3 s with their wait), 1 cancelled, 3 failed.
  private static let now: Tallies = {
    var tallies = Tallies()
    for (status, count) in zip(OrderStatus.allCases, [4, 2, 10, 1, 3] as [Int64]) { tallies[status] = count }
    tallies.processing.sum = 20_000_000
    tallies.completion.sum = 30_000_000
    return tallies
  }()

  /// A while ago: 6 completed, of 1 s each, and 2 s with their wait.
  private static let past: Tallies = {
    var tallies = Tallies()
    tallies[.pending] = 5
    tallies[.completed] = 6
    tallies.processing.sum = 6_000_000
    tallies.completion.sum = 12_000_000
    return tallies
  }()

  private func told(_ faults: String..., cached: [Duration: FigureBasis] = [:], reading: UInt64 = 0) throws -> ToldFigures {
    try toldReading(faults, cached: cached, reading: reading).figures
  }

  private func toldReading(_ faults: [String], cached: [Duration: FigureBasis] = [:], reading: UInt64 = 0) throws -> ToldReading {
    var times = CompletedTimes()
    for seconds in [1, 1, 1, 2, 9] as [Int64] {
      times.add(processing: seconds * 1_000_000, completion: 1_000_000 + seconds * 1_000_000)
    }
    let lies = FigureLies(
      now: FigureBasis(Self.now), meanServiceTime: .seconds(2), past: { _ in FigureBasis(Self.past) }, cached: cached,
      counted: [.seconds(2): Self.past], times: times)
    return lies.told(FaultPlan(try faults.map { try Fault(text: $0) }, seed: 1).figures, reading: reading)
  }

  @Test(
    "One figure is told otherwise, and no other",
    arguments: [
      ("total=-1", Dialect.Quantity.total, 19), ("total=+10%", .total, 22), ("total=-50%", .total, 10), ("total=fixed:7", .total, 7),
      ("total=-1000", .total, 0), ("total=stale:1s", .total, 11), ("completed=never", .count(.completed), 0),
      ("completed=twice", .count(.completed), 20), ("completed=stale:1s", .count(.completed), 6), ("failed=+3", .count(.failed), 6),
      ("average_processing=+50%", .average(.processing), 3), ("average_completion=truncated", .average(.completion), 3),
      ("average_processing=unit:ms", .average(.processing), 2_000), ("average_processing=unit:m", .average(.processing), 2.0 / 60),
      ("average_processing=as:completion", .average(.processing), 3), ("average_completion=as:processing", .average(.completion), 2),
      ("average_processing=window:1s", .average(.processing), 3.5), ("average_completion=window:1s", .average(.completion), 4.5),
      ("average_processing=pending-as-zero", .average(.processing), 1.25), ("average_processing=median", .average(.processing), 1),
      ("average_completion=median", .average(.completion), 2), ("average_processing=stale:1s", .average(.processing), 1),
      ("average_processing=without-slowest:20%", .average(.processing), 1.25), ("average_processing=fixed:0.5", .average(.processing), 0.5),
      ("estimate=+100%", .estimate, 24), ("estimate=stale:1s", .estimate, 10), ("estimate=unit:us", .estimate, 12_000_000),
    ])
  func one(fault: String, quantity: Dialect.Quantity, number: Double) throws {
    #expect(try told(fault) == [quantity: .number(number)])
  }

  @Test("Lies about requests are about no order, and those about histograms of orders about no request")
  func requests() throws {
    let requests = try toldReading(["requests=skipped:4xx", "requests=skipped:5xx", "requests=milliseconds", "requests=shifted"])
    #expect(requests.figures.isEmpty && !requests.isShifted && requests.drift == .zero)
    #expect(requests.requests.skipped == [.clientError, .serverError])
    #expect(requests.requests.isInMilliseconds && requests.requests.isShifted)
    let orders = try toldReading(["histograms=shifted", "failed=gone"])
    #expect(orders.isShifted && orders.requests == ToldRequests())
  }

  @Test("A class of statuses has the codes of its first digit")
  func statusClasses() {
    for (code, statuses) in [(200, "2xx"), (299, "2xx"), (304, "3xx"), (400, "4xx"), (499, "4xx"), (500, "5xx"), (599, "5xx")] {
      #expect(FigureFault.StatusClass.allCases.filter { $0.contains(code) }.map(\.rawValue) == [statuses])
    }
    for code in [100, 199, 600] { #expect(!FigureFault.StatusClass.allCases.contains { $0.contains(code) }) }
  }

  @Test("A status that is counted as another adds to it")
  func countedAs() throws {
    #expect(try told("failed=as:completed") == [.count(.failed): .number(0), .count(.completed): .number(13)])
    #expect(try told("failed=as:failed").isEmpty)
  }

  @Test("Both averages are told otherwise where both are meant")
  func averages() throws {
    #expect(try told("averages=fixed:1") == [.average(.processing): .number(1), .average(.completion): .number(1)])
  }

  @Test("All figures are told as they were, or as they were told before, and another lie begins from that")
  func all() throws {
    let stale = try told("figures=stale:1s", "total=+1")
    #expect(stale[.total] == .number(12) && stale[.count(.completed)] == .number(6) && stale[.average(.completion)] == .number(2))
    #expect(stale.count == Dialect.Quantity.allCases.count)
    #expect(try told("figures=cached:3s").isEmpty, "this reading is the one that is told again")
    #expect(try told("figures=cached:3s", cached: [.seconds(3): FigureBasis(Self.past)])[.total] == .number(11))
  }

  @Test("After a reset, what only grows is counted from it on, and what rises and falls is true")
  func reset() throws {
    let told = try told("figures=reset:2s")
    #expect(told[.total] == .number(9) && told[.count(.completed)] == .number(4) && told[.count(.pending)] == .number(4))
    #expect(told[.average(.processing)] == .number(3.5))
    #expect(try self.told("figures=reset:3s").isEmpty, "its time has not come")
  }

  @Test("The processes' own figures add up to the whole, and each process's counts to its total")
  func perProcess() throws {
    for count in 2...7 {
      let parts = (0..<count).map { FigureBasis(Self.now).part($0, of: count) }
      for status in OrderStatus.allCases { #expect(parts.map { $0.tallies[status] }.reduce(0, +) == Self.now[status]) }
      #expect(parts.map(\.total).reduce(0, +) == Self.now.total)
      #expect(parts.allSatisfy { $0.total == $0.tallies.total })
    }
    let totals = Set(try (0..<100).map { try told("figures=per-process:3", reading: $0)[.total]?.number })
    #expect(totals.count == 3, "each of them answers at some time: \(totals)")
  }

  @Test("A lie about a part of the readings is told in about as many, the same ones for the same seed, and others for another fault")
  func share() throws {
    let lying = try (0..<1_000).map { try told("total=-1:30%", reading: $0)[.total] != nil }
    #expect((250..<350).contains(lying.count { $0 }))
    #expect(try (0..<1_000).map { try told("total=-1:30%", reading: $0)[.total] != nil } == lying)
    let second = try (0..<1_000).map { try told("failed=+1:30%", "total=-1:30%", reading: $0)[.total] != nil }
    #expect(second != lying)
  }

  @Test("Numbers that are none are told as such", arguments: [("null", ToldFigure.null), ("nan", .nan), ("word", .word), ("gone", .gone)])
  func absent(how: String, told absence: ToldFigure) throws {
    #expect(try told("total=\(how)") == [.total: absence])
    #expect(try told("figures=\(how)").values.allSatisfy { $0 == absence })
  }
}

@Suite("What the figures were")
struct FigureHistoryTests {
  @Test("What held at a time is found, and before the first note what held at the start")
  func past() {
    var history = FigureHistory(Tallies(), at: .zero, length: .microseconds(100))
    func tallies(_ count: Int64) -> Tallies {
      var tallies = Tallies()
      tallies[.pending] = count
      return tallies
    }
    for time in 1...10_000 as ClosedRange<Int64> { history.add(tallies(time / 2), at: .microseconds(time)) }
    for time in 9_900...10_000 as ClosedRange<Int64> {
      #expect(history.tallies(at: .microseconds(time))[.pending] == time / 2)
    }
    #expect(
      FigureHistory(tallies(3), at: .microseconds(50), length: .zero).tallies(at: .zero)[.pending] == 3)
  }
}
