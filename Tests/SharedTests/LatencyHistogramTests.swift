import Shared
import Testing

@Suite("LatencyHistogram")
struct LatencyHistogramTests {
  private func values(seed: UInt64, count: UInt64) -> [Int64] {
    let random = SeededRandom(seed: seed)
    return (0..<count).map { index in
      Int64(random.bits(.orderContent, index) >> (17 + random.bits(.orderContent, index, part: 1) % 46))
    }
  }

  @Test("Every value lies in its own bucket, which is no wider than 0.1 % of it")
  func bucketsHoldTheirValues() {
    for value in values(seed: 1, count: 20_000) + [0, 1, 2047, 2048, 4095, 4096, LatencyHistogram.highestValue] {
      let bucket = HistogramBucket(holding: value)
      #expect(bucket.lowest <= value && value <= bucket.highest)
      #expect(HistogramBucket(holding: bucket.lowest) == bucket)
      #expect(HistogramBucket(holding: bucket.highest) == bucket)
      #expect(Double(bucket.highest - bucket.lowest) <= Double(value) / 1_000)
    }
  }

  @Test("The bucket of a rank holds the value of that rank")
  func ranks() throws {
    for seed in 0..<20 as Range<UInt64> {
      let values = values(seed: seed, count: 500)
      var histogram = LatencyHistogram()
      for value in values { histogram.record(value) }
      for (offset, value) in values.sorted().enumerated() {
        #expect(histogram.bucket(ofRank: UInt64(offset + 1)) == HistogramBucket(holding: value))
      }
      #expect(histogram.bucket(ofRank: 0) == nil)
      #expect(histogram.bucket(ofRank: 501) == nil)
      #expect(histogram.min == values.min())
      #expect(histogram.max == values.max())
    }
  }

  @Test("Two merged histograms are the histogram of all values, and one written down is read back")
  func mergesAndReadsBack() throws {
    let values = values(seed: 9, count: 2_000)
    var whole = LatencyHistogram()
    var left = LatencyHistogram()
    var right = LatencyHistogram()
    for (index, value) in values.enumerated() {
      whole.record(value)
      if index.isMultiple(of: 3) { left.record(value) } else { right.record(value) }
    }
    left.merge(right)
    #expect(left.buckets.map(\.index) == whole.buckets.map(\.index))
    #expect(left.buckets.map(\.count) == whole.buckets.map(\.count))
    #expect(left.min == whole.min && left.max == whole.max)
    #expect(abs(left.sum - whole.sum) <= whole.sum * 1e-12)
    let read = try #require(
      LatencyHistogram(buckets: whole.buckets, sum: whole.sum, min: whole.min, max: whole.max))
    #expect(read.buckets.map(\.count) == whole.buckets.map(\.count))
    #expect(LatencyHistogram(buckets: whole.buckets, sum: 0, min: 0, max: 1) == nil)
    // More than can be counted.
    #expect(LatencyHistogram(buckets: [(1, .max), (2, 1)], sum: 0, min: 1, max: 2) == nil)
  }

  @Test("A value above the range is refused, not dropped in silence")
  func refusesWhatIsOutOfRange() {
    var histogram = LatencyHistogram()
    let fits = histogram.record(LatencyHistogram.highestValue)
    let tooLong = histogram.record(LatencyHistogram.highestValue + 1)
    #expect(fits && !tooLong)
    #expect(histogram.count == 1)
  }
}
