import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Files for other tools")
struct ExportTests {
  @Test("The time series has one row to a block, with as many numbers as the header has names")
  func timeseries() throws {
    let summary = SampleRun(rejectedOneIn: 50, ambiguousOneIn: 70, stuckOneIn: 80).summary()
    let rows = TimeseriesCSV.render(summary).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.count == summary.blocks.items.count + 1)
    #expect(rows[0].map(String.init) == TimeseriesCSV.columns)
    for row in rows.dropFirst() {
      #expect(row.count == rows[0].count)
      #expect(row.allSatisfy { $0.isEmpty || Double($0) != nil })
    }
    func sum(_ column: String) throws -> Int {
      let index = try #require(TimeseriesCSV.columns.firstIndex(of: column))
      return rows.dropFirst().compactMap { Int($0[index]) }.reduce(0, +)
    }
    #expect(try sum("accepted_orders") == summary.orders.accepted)
    #expect(try sum("completed_latest_orders") == summary.orders.completed)
  }

  private struct Line {
    let value: Double
    let percentile: Double
    let count: UInt64
  }

  private func spectrum(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").dropFirst().filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: " ")
      return Line(
        value: try #require(Double(fields[0])), percentile: try #require(Double(fields[1])), count: try #require(UInt64(fields[2])))
    }
  }

  @Test("A spectrum rises, and each of its values is the one that its percentile has", arguments: 0..<30 as Range<UInt64>)
  func spectra(seed: UInt64) throws {
    var random = RandomSummary(seed: seed)
    var histogram = random.histogram()
    histogram.record(1_234_567)
    let censored = seed % 3 == 0 ? seed : 0
    let total = histogram.count + censored
    let lines = try spectrum(HDRPercentiles.render(histogram, censored: censored))
    #expect(!lines.isEmpty)
    for (line, next) in zip(lines, lines.dropFirst()) {
      #expect(line.value <= next.value && line.percentile < next.percentile && line.count <= next.count)
    }
    for line in lines {
      #expect(Double(line.count) >= line.percentile * Double(total) - 1e-6)
      let rank = UInt64(max(1, (line.percentile * Double(total) - 1e-6).rounded(.up)))
      let bucket = try #require(histogram.bucket(ofRank: rank))
      #expect(abs(Double(min(bucket.highest, histogram.max ?? 0)) / 1e6 - line.value) <= 0.000_501)
    }
    #expect((lines.last?.percentile == 1) == (censored == 0))
    #expect(lines.last?.count ?? 0 <= histogram.count)
  }

  @Test("Counts beyond 32 bits and an empty histogram are written too")
  func extremes() throws {
    let count: UInt64 = 6_000_000_000_000
    let index = HistogramBucket(holding: 2_000_000).index
    let many = try #require(LatencyHistogram(buckets: [(index, count)], sum: Double(count) * 2e6, min: 2_000_000, max: 2_000_000))
    let text = HDRPercentiles.render(many)
    #expect(text.contains("6000000000000"))
    #expect(try spectrum(text).allSatisfy { $0.value == 2 && $0.count == count })
    #expect(try spectrum(HDRPercentiles.render(LatencyHistogram())).isEmpty)
    #expect(try spectrum(HDRPercentiles.render(LatencyHistogram(), censored: 3)).isEmpty)
  }

  @Test("With anything censored there is neither mean nor maximum")
  func censoredFooter() {
    var histogram = LatencyHistogram()
    for value in 1...100 { histogram.record(Int64(value) * 1_000_000) }
    #expect(HDRPercentiles.render(histogram).contains("#[Max     =      100.000, Total count    =          100]"))
    #expect(HDRPercentiles.render(histogram, censored: 2).contains("#[Max     =          inf, Total count    =          102]"))
  }
}
