import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Charts")
struct ChartTests {
  @Test("A scale keeps the order of values, and puts those outside on its edge", arguments: 0..<60 as Range<UInt64>)
  func scales(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    let low = random.uniform(.orderContent, 0) * 1_000 - 300
    let high = low + Double(random.bits(.orderContent, 1) >> (14 + seed % 40)) / 1e6
    let scale = Scale(low...high, from: 200, to: 10)
    #expect(scale(scale.domain.lowerBound) == 200 && abs(scale(scale.domain.upperBound) - 10) < 1e-6)
    let middle = (scale.domain.lowerBound + scale.domain.upperBound) / 2
    #expect(scale(middle) < 200 && scale(middle) > 10)
    #expect(scale(low - 1e9) == 200 && abs(scale(high + 1e9) - 10) < 1e-6)
  }

  @Test("A curve of percentiles rises, ends at 100 %, and leaves the chart where the censored begin", arguments: 0..<20 as Range<UInt64>)
  func curves(seed: UInt64) throws {
    var random = RandomSummary(seed: seed)
    var histogram = random.histogram()
    histogram.record(5_000_000)
    let censored = seed % 3
    let curve = PercentileCurve(upper: histogram, censored: censored)
    #expect(curve.steps.map(\.seconds) == curve.steps.map(\.seconds).sorted())
    #expect(curve.steps.map(\.share) == curve.steps.map(\.share).sorted())
    let known = Double(histogram.count) / Double(histogram.count + censored)
    #expect(try abs(#require(curve.steps.last).share - known) < 1e-12)
    #expect(curve.greatest == histogram.max.map(Percentiles.seconds))
    let nines = NinesAxis(count: curve.count)
    let points = curve.points(nines.position, Scale(0...(curve.greatest ?? 1), from: Chart.bottom, to: Chart.top))
    #expect(points.map(\.x) == points.map(\.x).sorted())
    #expect(points.map(\.y) == points.map(\.y).sorted(by: >))
    #expect(points.last?.y == Chart.top)
    #expect(curve.unboundedFrom.map { abs($0 - known) < 1e-12 } == (censored > 0 ? true : nil))
  }

  @Test("What has no upper end is drawn as open, and never as a line along the chart's top")
  func unbounded() throws {
    let summary = SampleRun(ambiguousOneIn: 20, stuckOneIn: 30).summary()
    let chart = PercentileCharts.render(summary).text
    #expect(chart.matches(of: /<\/svg>no upper end</).count == 2)
    #expect(chart.matches(of: /<path class="open (?:blue|teal)" d="M[^"]+V10"/).count == 2)
    let top = Path.pixels(Chart.top)
    for path in chart.matches(of: /<path class="line [^"]*" d="([^"]*)"/) {
      let heights = path.1.split { "ML".contains($0) }.compactMap { $0.split(separator: " ").last.map(String.init) }
      #expect(!zip(heights, heights.dropFirst()).contains { $0 == top && $1 == top }, "\(path.1)")
    }
    var check = summary.audit.checks[0]
    for index in check.series.indices where index > 3 { check.series[index].upper = nil }
    let claim = ClaimCharts.render(check, number: 1).text
    #expect(claim.contains("class=\"open band\"") && claim.contains("or more"))
    for path in claim.matches(of: /<path class="line band" d="([^"]*)"/) { #expect(!path.1.contains(" \(top)L")) }
  }

  @Test("A run in which nothing ever ended shows how long it waited at least, without an upper end")
  func neverEnded() {
    var summary = SampleRun().summary()
    for name in ["accept", "accept_service"] {
      summary.histograms[name + ".censored"] = summary.histograms[name]
      summary.histograms[name] = nil
    }
    let chart = PercentileCharts.render(summary).text
    #expect(chart.contains("Time to be accepted") && chart.contains("waited at least") && chart.contains("class=\"open blue\""))
  }

  @Test("Rates of a run's cut blocks are those of the time that the run was in them")
  func cutRates() {
    var summary = SampleRun(rate: 20).summary()
    // The load began 0.3 s after the run did, and the run 0.4 s after its first block.
    summary.run.startedAt = "2026-09-21T14:13:20.400Z"
    summary.run.loadBegan = 0.3
    summary.run.duration = 2.4
    summary.blocks.items = [(0, 6), (1, 20), (2, 20), (3, 2)].map { offset, count in
      var block = Summary.Block(t: SampleRun.epoch + offset)
      block.scheduled = count
      return block
    }
    #expect(BlockTimes(summary).perSecond(\.scheduled).map { ($0 * 1e3).rounded() / 1e3 } == [20, 20, 20, 20])
    #expect(abs(BlockTimes(summary).span.upperBound - 2.7) < 1e-6)
  }

  @Test("A long run is drawn in no more blocks than an eye tells apart, and none of what happened is left out")
  func drawn() throws {
    var summary = SampleRun().summary()
    let items = summary.blocks.items
    summary.run.duration = 700
    summary.blocks.items = (0..<700).map { offset in
      var block = items[offset % 10]
      block.t = SampleRun.epoch + offset
      return block
    }
    let (fine, drawn) = (BlockTimes(summary), BlockTimes(summary, most: BlockTimes.drawn))
    #expect(fine.blocks.count == 700 && drawn.blocks.count == 140 && drawn.seconds == 5 && drawn.span == fine.span)
    func sum(_ times: BlockTimes, _ figure: KeyPath<Summary.Block, Int>) -> Int {
      times.blocks.reduce(0) { $0 + $1.block[keyPath: figure] }
    }
    for figure in [\Summary.Block.scheduled, \.accepted, \.completedLatest, \.polls] { #expect(sum(drawn, figure) == sum(fine, figure)) }
    let accepts: UInt64 = fine.blocks[15..<20].reduce(0) { $0 + $1.block.accept.total }
    #expect(drawn.blocks[3].block.accept.total == accepts)
  }

  @Test("Blocks of a simulated run begin at the epoch, whenever it was made")
  func simulated() {
    var summary = SampleRun(rate: 20).summary()
    for index in summary.blocks.items.indices { summary.blocks.items[index].t -= SampleRun.epoch }
    summary.simulation = Summary.Simulation(
      completion: Summary.LatencyFigures(count: 0, censored: 0, values: .empty), meanWait: 0, utilisation: nil, outside: 0, events: 0)
    let times = BlockTimes(summary)
    #expect(times.blocks[0].end == 1 && times.blocks[5].end == 6 && times.blocks[0].length == 1)
  }

  @Test("Blocks that were left out are empty ones, and cut blocks are as long as the run was in them")
  func blocks() throws {
    var summary = SampleRun(rate: 20).summary()
    summary.run.startedAt = "2026-09-21T14:13:20.750Z"
    summary.blocks.items.remove(at: 4)
    let times = BlockTimes(summary)
    let count = try #require(summary.blocks.items.last).t - SampleRun.epoch + 1
    #expect(times.blocks.map(\.block.t) == (0..<count).map { SampleRun.epoch + $0 })
    #expect(times.blocks[4].block == Summary.Block(t: SampleRun.epoch + 4))
    #expect(times.blocks[0].length == 0.25 && times.blocks[1].length == 1)
  }

  @Test("A dot lies in the band exactly where the claim can be true")
  func claims() {
    func reading(_ claimed: Double?, _ lower: Double?, _ upper: Double?) -> Bool {
      Summary.Reading(t: 0, claimed: claimed, lower: lower, upper: upper).isOutside
    }
    #expect(!reading(5, 5, 5) && !reading(5, nil, nil) && !reading(nil, 5, 6) && !reading(9, 5, nil))
    #expect(reading(4, 5, nil) && reading(7, 5, 6) && reading(7, nil, 6))
    let check = SampleRun(lie: 3).summary().audit.checks[0]
    let chart = ClaimCharts.render(check, number: 1)
    #expect(chart.text.matches(of: /dot outside" d="M\d/).count == 2 * check.outside + 2)
    #expect(check.outside > 0)
  }

  @Test("A path breaks where there is no value")
  func gaps() {
    let p = Path.Point(x: 1, y: 2)
    #expect(Path.line([p, p, nil, p]).d == "M1 2L1 2M1 2h0")
    #expect(Path.line([nil]).isEmpty)
    #expect(Path.pixels(-1.25) == "-1.3" && Path.pixels(.nan) == "0" && Path.pixels(3) == "3")
  }
}
