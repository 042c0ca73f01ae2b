import Shared
import Testing

@testable import LoadGen

@Suite("Charts")
struct ChartTests {
  @Test("A scale keeps the order of values, and its marks are round and inside", arguments: 0..<60 as Range<UInt64>)
  func scales(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    let low = random.uniform(.orderContent, 0) * 1_000 - 300
    let high = low + Double(random.bits(.orderContent, 1) >> (14 + seed % 40)) / 1e6
    let scale = Scale(low...high, from: 200, to: 10)
    #expect(scale(scale.domain.lowerBound) == 200 && abs(scale(scale.domain.upperBound) - 10) < 1e-6)
    let middle = (scale.domain.lowerBound + scale.domain.upperBound) / 2
    #expect(scale(middle) < 200 && scale(middle) > 10)
    #expect(scale(low - 1e9) == 200 && abs(scale(high + 1e9) - 10) < 1e-6)
    let ticks = scale.ticks(5)
    #expect(ticks.count <= 8)
    #expect(ticks == ticks.sorted() && Set(ticks).count == ticks.count)
    let slack = (scale.domain.upperBound - scale.domain.lowerBound) * 1e-6
    #expect(ticks.allSatisfy { $0 >= low - slack && $0 <= scale.domain.upperBound + slack })
  }

  @Test("Every domain that has a length has marks", arguments: [0.001, 0.7, 3, 12, 59, 61, 180, 900, 4_000, 50_000, 1e6, 1e9])
  func marks(length: Double) {
    let scale = Scale(0...length, from: 0, to: 100)
    #expect((2...11).contains(scale.ticks(5).count))
    #expect((2...13).contains(scale.timeTicks(6).count))
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
  }

  @Test("A path breaks where there is no value")
  func gaps() {
    let p = Path.Point(x: 1, y: 2)
    #expect(Path.line([p, p, nil, p]).d == "M1 2L1 2M1 2h0")
    #expect(Path.line([nil]).isEmpty)
    #expect(Path.pixels(-1.25) == "-1.3" && Path.pixels(.nan) == "0" && Path.pixels(3) == "3")
  }
}
