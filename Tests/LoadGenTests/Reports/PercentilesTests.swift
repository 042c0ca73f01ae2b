import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Percentiles")
struct PercentilesTests {
  private let quantiles: [Quantile] = [.p50, .p90, .p95, .p99, .p999]

  private func values(seed: UInt64, count: UInt64, part: UInt64 = 0) -> [Int64] {
    let random = SeededRandom(seed: seed)
    return (0..<count).map { Int64(random.bits(.orderContent, $0, part: part) >> (17 + random.bits(.pollJitter, $0, part: part) % 46)) }
  }

  private func histogram(_ values: [Int64]) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  @Test(
    "An upper percentile is no less than the sorted value of its rank, by at most 0.1 %, and unbounded among the censored",
    arguments: 0..<25)
  func upperEnds(seed: UInt64) {
    let values = values(seed: seed, count: seed * 7 % 130)
    let censored = seed * 3 % 40
    let sorted = values.sorted()
    for quantile in quantiles {
      let found = Percentiles.upper(quantile, of: histogram(values), censored: censored)
      let rank = Int(quantile.rank(of: UInt64(values.count) + censored))
      guard rank >= 1, rank <= values.count else {
        #expect(found == nil)
        continue
      }
      let truth = Double(sorted[rank - 1]) / 1e9
      #expect(found.map { $0 >= truth && $0 <= truth * 1.001 && $0 <= Double(sorted[sorted.count - 1]) / 1e9 } == true)
    }
  }

  @Test("A lower percentile is no more than the sorted value of its rank, with the censored at what they had waited", arguments: 0..<25)
  func lowerEnds(seed: UInt64) {
    let lower = values(seed: seed, count: 1 + seed * 7 % 130)
    let waits = values(seed: seed, count: seed * 3 % 40, part: 1)
    let upper = lower.map { $0 + 1_000 }
    let sorted = (lower + waits).sorted()
    let figures = Summary.IntervalFigures(lower: histogram(lower), upper: histogram(upper), censored: histogram(waits))
    #expect(figures.count == sorted.count && figures.censored == waits.count)
    #expect(figures.lower.min == Double(sorted[0]) / 1e9)
    #expect(figures.lower.max == Double(sorted[sorted.count - 1]) / 1e9)
    var known = histogram(lower)
    known.merge(histogram(waits))
    for quantile in quantiles {
      let truth = Double(sorted[Int(quantile.rank(of: UInt64(sorted.count))) - 1]) / 1e9
      let found = Percentiles.lower(quantile, of: known)
      #expect(found.map { $0 <= truth && $0 >= truth * 0.999 && $0 >= Double(sorted[0]) / 1e9 } == true)
    }
    #expect((figures.upper.mean == nil) == !waits.isEmpty)
    #expect((figures.upper.max == nil) == !waits.isEmpty)
  }

  @Test("The mean is that of the values, exactly, until one is censored")
  func means() throws {
    let values = values(seed: 5, count: 100)
    let mean = values.map(Double.init).reduce(0, +) / 100 / 1e9
    let whole = try #require(Summary.LatencyFigures(observed: histogram(values)).values.mean)
    #expect(abs(whole - mean) <= mean * 1e-12)
    let cut = Summary.LatencyFigures(observed: histogram(values), censored: histogram([7]))
    #expect(cut.count == 101 && cut.censored == 1)
    #expect(cut.values.mean == nil && cut.values.max == nil)
    #expect(cut.values.min == values.min().map { Double($0) / 1e9 })
    #expect(Summary.LatencyFigures(observed: LatencyHistogram()).values == .empty)
  }

  @Test(
    "A rank is the smallest number that is no less than q·n", arguments: [1, 2, 9, 10, 99, 100, 101, 999, 1_000, 1_001, 12_345] as [UInt64])
  func ranks(count: UInt64) {
    for thousandths in stride(from: 1, through: 1_000, by: 1) as StrideThrough<UInt64> {
      let text = "\(thousandths / 10).\(thousandths % 10)"
      let rank = Quantile(percent: text)?.rank(of: count)
      #expect(rank == (count * thousandths + 999) / 1_000)
    }
  }

  @Test(
    "A percentage outside of (0, 100], or that is no number, is no quantile",
    arguments: ["", "0", "0.0", "100.1", "-1", "9e1", "99.", ".5", "99,9", "1000", "99.12345678"])
  func refusesQuantiles(text: String) {
    #expect(Quantile(percent: text) == nil)
  }

  @Test("A percentage is held exactly")
  func readsQuantiles() {
    #expect(Quantile(percent: "99") == .p99)
    #expect(Quantile(percent: "99.9") == .p999)
    #expect(Quantile(percent: "100")?.rank(of: 10) == 10)
    #expect(Quantile(percent: "7")?.rank(of: 100) == 7)
  }
}
