import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("When a threshold was broken")
struct FigureTraceTests {
  private func threshold(_ expression: String) -> Summary.Threshold {
    Summary.Threshold(expression: expression, implicit: false, unit: nil, lower: 1, upper: 1, verdict: .fail, firstAt: nil, note: "")
  }

  private func trace(_ expression: String, _ summary: Summary) throws -> FigureTrace {
    try #require(FigureTrace(threshold(expression), summary, BlockTimes(summary)))
  }

  /// Ten blocks of a second with ten orders each, all accepted within 4 ms; what comes after the load is cut away.
  private func steady(_ change: (inout [Summary.Block]) -> Void) -> Summary {
    var summary = SampleRun(rate: 10).summary()
    var histogram = Summary.Pair(index: 0, count: 10)
    histogram.index = SampleRun.bucket(0.004)
    summary.run.duration = 10
    summary.run.loadWindow = 10
    summary.blocks.items = (0..<10).map { offset in
      var block = Summary.Block(t: SampleRun.epoch + offset)
      (block.scheduled, block.submitted, block.accepted, block.completedLatest) = (10, 10, 10, 10)
      (block.accept, block.completionLower, block.completionUpper) = ([histogram], [histogram], [histogram])
      return block
    }
    change(&summary.blocks.items)
    return summary
  }

  @Test(
    "It is dated by the first stretch of the run that breaks it by itself, whatever it is set on",
    arguments: [
      "accept.p(99)<50ms", "accept.max<=50ms", "errors.rate<1%", "errors==0", "ambiguous<1", "accepted.rate>5/s", "completion.p(95)<50ms",
    ])
  func dated(expression: String) throws {
    let slow = Summary.Pair(index: SampleRun.bucket(0.2), count: 10)
    let summary = steady { blocks in
      for index in [4, 7] {
        (blocks[index].accept, blocks[index].completionLower, blocks[index].completionUpper) = ([slow], [slow], [slow])
        (blocks[index].accepted, blocks[index].ambiguous) = (5, 5)
      }
    }
    let found = try trace(expression, summary)
    #expect(found.broken == [4, 7] && found.firstAt == 4)
    #expect(found.wording == "broken in 2 of 10 blocks of 1s")
    var dated = summary
    dated.thresholds = [threshold(expression), threshold("lost==0")]
    dated.dateThresholds()
    #expect(dated.thresholds.map(\.firstAt) == [4, nil])
  }

  @Test("A stretch in which no order that was due was accepted breaks every limit of its latency, where none was refused")
  func none() throws {
    var summary = steady { blocks in for index in 6..<10 { (blocks[index].accept, blocks[index].accepted) = ([], 0) } }
    #expect(try trace("accept.p(50)<1h", summary).broken == [6, 7, 8, 9])
    summary.orders.rejected = 1
    #expect(try trace("accept.p(50)<1h", summary).broken.isEmpty)
  }

  @Test("Orders that timed out are dated by when they were due, where nothing else kept orders from being completed")
  func timedOut() throws {
    var summary = steady { blocks in for index in 5..<10 { (blocks[index].completionLower, blocks[index].completionUpper) = ([], []) } }
    (summary.orders.timedOut, summary.orders.unfinished) = (50, 50)
    #expect(try trace("timed_out==0", summary).broken == [5, 6, 7, 8, 9])
    summary.orders.cancelled = 1
    #expect(FigureTrace(threshold("timed_out==0"), summary, BlockTimes(summary)) == nil)
  }

  @Test("The warm-up breaks nothing, nor does the drain break a rate")
  func phases() throws {
    var summary = steady { blocks in
      blocks[0].ambiguous = 9
      for index in 8..<10 { blocks[index].accepted = 0 }
    }
    summary.run.warmup = 2
    summary.run.loadWindow = 6
    #expect(try trace("errors.rate<1%", summary).broken.isEmpty)
    #expect(try trace("accepted.rate>5/s", summary).broken.isEmpty)
  }

  @Test("Where ends are known, only what is surely over the limit breaks it")
  func ends() throws {
    let summary = steady { blocks in blocks[3].completionUpper = [Summary.Pair(index: SampleRun.bucket(0.2), count: 10)] }
    #expect(try trace("completion.p(95)<50ms", summary).broken.isEmpty)
  }

  @Test(
    "Of a figure that blocks do not tell, and of a rule that is none, nothing is said",
    arguments: ["lost==0", "accept.mean<1s", "<script>", ""])
  func untold(expression: String) {
    let summary = steady { _ in }
    #expect(FigureTrace(threshold(expression), summary, BlockTimes(summary)) == nil)
  }
}
