/// Durations in nanoseconds, in buckets no wider than 0.1 % of their value (HdrHistogram's layout at three significant digits).
///
/// Values from 0 to `highestValue` (about 39 hours) can be held; the caller counts greater ones as censored. Histograms merge without loss.
public struct LatencyHistogram: Sendable {
  /// The longest duration that can be held, in nanoseconds: 2⁴⁷ − 1.
  public static let highestValue: Int64 = (1 << 47) - 1

  /// Buckets per page. Latencies lie close together: memory is taken only for pages that hold something, and an empty histogram has none.
  private static let pageLength = 64

  /// The place of each page in `counts`, counted from 1; 0 for a page that holds nothing.
  private var pages: [UInt16] = []
  /// The counts of the pages that hold something, in the order in which they were first used.
  private var counts: [UInt64] = []
  public private(set) var count: UInt64 = 0
  /// The sum of all recorded values themselves, not of their buckets, in nanoseconds. A `Double`, because it outgrows 64 bits in long runs.
  public private(set) var sum = 0.0
  private var exactMin = Int64.max
  private var exactMax = Int64.min

  public init() {}

  public var isEmpty: Bool { count == 0 }
  /// The smallest recorded value itself, in nanoseconds; `nil` while empty.
  public var min: Int64? { isEmpty ? nil : exactMin }
  /// The greatest recorded value itself, in nanoseconds; `nil` while empty.
  public var max: Int64? { isEmpty ? nil : exactMax }

  /// - Parameters:
  ///   - nanoseconds: a negative value counts as 0.
  ///   - number: how many times; at least 1.
  /// - Returns: whether the value was within range; if not, nothing was recorded.
  @discardableResult
  public mutating func record(_ nanoseconds: Int64, count number: Int = 1) -> Bool {
    guard nanoseconds <= Self.highestValue else { return false }
    let value = Swift.max(0, nanoseconds)
    add(UInt64(number), at: HistogramBucket(holding: value).index)
    sum += Double(value) * Double(number)
    exactMin = Swift.min(exactMin, value)
    exactMax = Swift.max(exactMax, value)
    return true
  }

  public mutating func merge(_ other: LatencyHistogram) {
    guard let min = other.min, let max = other.max else { return }
    for (index, count) in other.buckets { add(count, at: index) }
    sum += other.sum
    exactMin = Swift.min(exactMin, min)
    exactMax = Swift.max(exactMax, max)
  }

  /// The bucket of the `rank`-th smallest value, counted from 1; `nil` where fewer values are held. Takes time linear in the number of
  /// buckets.
  public func bucket(ofRank rank: UInt64) -> HistogramBucket? {
    guard rank >= 1, rank <= count else { return nil }
    var seen: UInt64 = 0
    for (page, place) in pages.enumerated() where place != 0 {
      let begin = (Int(place) - 1) * Self.pageLength
      for offset in 0..<Self.pageLength {
        seen += counts[begin + offset]
        if seen >= rank { return HistogramBucket(index: page * Self.pageLength + offset) }
      }
    }
    return nil
  }

  /// The buckets that are not empty, by rising value: the index of each and how many values it holds.
  public var buckets: [(index: Int, count: UInt64)] {
    var buckets: [(index: Int, count: UInt64)] = []
    for (page, place) in pages.enumerated() where place != 0 {
      let begin = (Int(place) - 1) * Self.pageLength
      for offset in 0..<Self.pageLength where counts[begin + offset] != 0 {
        buckets.append((page * Self.pageLength + offset, counts[begin + offset]))
      }
    }
    return buckets
  }

  /// A histogram with the given contents, as read back from disk. Without buckets, the other arguments are ignored.
  /// - Returns: `nil` where an index is out of range, a count is zero, all counts together are more than fit, or `min` and `max` do not fit
  ///   the buckets.
  public init?(buckets: [(index: Int, count: UInt64)], sum: Double, min: Int64?, max: Int64?) {
    self.init()
    for (index, count) in buckets {
      guard count > 0, (0...HistogramBucket.highestIndex).contains(index), !self.count.addingReportingOverflow(count).overflow
      else { return nil }
      add(count, at: index)
    }
    guard !buckets.isEmpty else { return }
    guard let min, let max, let first = buckets.map(\.index).min(), let last = buckets.map(\.index).max(),
      (0...Self.highestValue).contains(min), (0...Self.highestValue).contains(max),
      HistogramBucket(holding: min).index == first, HistogramBucket(holding: max).index == last
    else { return nil }
    self.sum = sum
    exactMin = min
    exactMax = max
  }

  private mutating func add(_ number: UInt64, at index: Int) {
    let page = index / Self.pageLength
    if page >= pages.count || pages[page] == 0 { addPage(page) }
    counts[(Int(pages[page]) - 1) * Self.pageLength + index % Self.pageLength] += number
    count += number
  }

  @inline(never)
  private mutating func addPage(_ page: Int) {
    if page >= pages.count { pages.append(contentsOf: repeatElement(0, count: page + 1 - pages.count)) }
    counts.append(contentsOf: repeatElement(0, count: Self.pageLength))
    pages[page] = UInt16(counts.count / Self.pageLength)
  }
}
