import LoadStatistics
package import Shared

/// What runs say of a threshold on a percentile: how many durations lie beyond its limit, in all and block by block. That of several runs under
/// one load adds up.
package struct PercentileEvidence: Sendable, Equatable {
  /// The share of durations that is to lie within the limit.
  private let quantile: Double
  /// How many durations there are, those that never came to their end included.
  package private(set) var count = 0
  /// How many of them lie beyond the limit at least, and at most.
  package private(set) var beyond = Bounds(lower: 0, upper: 0)
  /// The durations in each block, in the order of time; empty where blocks do not tell the duration.
  private var pieces: [Piece] = []

  private struct Piece: Sendable, Equatable {
    // By their lower and by their upper ends.
    var lower: [Summary.Pair]
    var upper: [Summary.Pair]
  }

  private let limit: BeyondLimit

  /// - Parameter settled: when measuring begins, in seconds since the run began, where that is later than the end of the warm-up.
  /// - Returns: `nil` where the rule is not about the slow end of a percentile below 100, or nothing was measured, or blocks do not tell
  ///   what was measured from then on.
  package init?(_ rule: Threshold, _ summary: Summary, from settled: Double = 0) {
    guard let quantile = rule.percentile, let limit = BeyondLimit(rule) else { return nil }
    self.quantile = quantile
    self.limit = limit
    if let blocks = BlockDurations(rule, summary, from: settled) {
      pieces = zip(blocks.lower, blocks.upper).map { Piece(lower: $0, upper: $1) }
    }
    let histograms = rule.stage.map { number in summary.stages.first { $0.stage == number }?.histograms ?? [:] } ?? summary.histograms
    func buckets(_ name: String) -> [(index: Int, count: UInt64)] { histograms[name]?.pairs.map { ($0.index, $0.count) } ?? [] }
    let ends = rule.metric.ends
    let censored = buckets(ends.censored)
    let unknown = censored.reduce(0) { $0 + Int(clamping: $1.count) }
    let (lower, upper): ([(index: Int, count: UInt64)], [(index: Int, count: UInt64)])
    if settled <= summary.run.warmEnds || pieces.isEmpty {
      (lower, upper) = (buckets(ends.lower), buckets(ends.upper))
    } else {
      lower = pieces.flatMap { $0.lower.map { ($0.index, $0.count) } }
      upper = pieces.flatMap { $0.upper.map { ($0.index, $0.count) } }
    }
    count = upper.reduce(unknown) { $0 + Int(clamping: $1.count) }
    guard count > 0 else { return nil }
    // When a duration began that never came to its end is not known: it counts wherever measuring begins.
    beyond = Bounds(lower: limit.surely(lower) + limit.surely(censored), upper: limit.possibly(upper) + unknown)
  }

  /// The share of the durations that lie beyond the limit: at least, and at most.
  package var share: Bounds<Double> {
    Bounds(lower: Double(beyond.lower) / Double(count), upper: Double(beyond.upper ?? count) / Double(count))
  }

  /// The share of the durations that may lie beyond the limit.
  package var mostBeyond: Double { 1 - quantile }

  /// Adds what another run under the same load says of the same rule.
  package mutating func add(_ other: PercentileEvidence) {
    count += other.count
    beyond = Bounds(lower: beyond.lower + other.beyond.lower, upper: (beyond.upper ?? 0) + (other.beyond.upper ?? 0))
    pieces += other.pieces
  }
}

extension PercentileEvidence {
  /// Independent values come in bursts by chance, too; where those beyond a high percentile count for less than half of as many independent
  /// ones, they come together.
  private static let mostWithoutBursts = 2.0

  /// - Parameter confidence: how sure it is to be, as a fraction.
  package func judge(confidence: Double) -> Summary.Certainty {
    let test = QuantileTest(quantile: quantile, confidence: confidence)
    let (least, most) = (beyond.lower, beyond.upper ?? count)
    let (lower, upper) = (dependence(pieces.map(\.lower)), dependence(pieces.map(\.upper)))
    let held = upper.flatMap(dependenceAtLimit)
    let holds = held.map { test.holds(count: Double(count) / $0, beyond: Double(most) / $0) } ?? false
    let fails = lower.map { test.fails(count: Double(count) / $0, beyond: Double(least) / $0) } ?? false
    let worth = [lower, held].compactMap(\.self).max()
    // With both ends on one side of the percentile's share, more orders decide it; else shorter polls would.
    let shares = [least, most].map { Double($0) / Double(count) }
    let isOpen = (shares[0] < 1 - quantile) != (shares[1] < 1 - quantile)
    let share = shares[0] < 1 - quantile ? shares[1] : shares[0]
    let needed = holds || fails || isOpen ? nil : worth.flatMap { worth in test.fewest(share: share).map { $0 * worth } }
    return Summary.Certainty(
      confidence: confidence, word: holds ? .holds : fails ? .fails : .undecided, count: count, beyondLower: least, beyondUpper: most,
      effective: lower == nil || held == nil ? nil : worth.map { Double(count) / $0 },
      needed: needed.flatMap { $0 < 1e15 ? Int($0.rounded(.up)) : nil })
  }

  /// How many durations are worth one independent one, where the rule's percentile were right at its limit.
  ///
  /// A run that happens to meet few busy spells has few durations beyond the limit, and few of them come together: of queues right at their
  /// limit one run in ten held it with 99 % by that alone. So it is told, too, by those slower than the percentile that leaves four times
  /// as many, which are more; and as spells make more durations late they make more of them late together: by what a duration is worth less
  /// than an independent one grows with the share, up to twice.
  private func dependenceAtLimit(_ found: Double) -> Double? {
    let share = share.upper ?? 1
    guard share > 0, pieces.count >= ExceedanceSeries.fewestBatches else { return found }
    let blocks = pieces.map(\.upper)
    let level = Self.sorted(blocks).bucket(Quantile(leaving: min(0.5, 4 * mostBeyond)))
    let slower = level.map { series(blocks, BeyondLimit(above: $0)) }
    var most = found
    // Where all take the same time, none is slower.
    if let slower, slower.share > 0 {
      guard let dependence = slower.dependence else { return nil }
      most = max(most, dependence)
    }
    return 1 + (most - 1) * min(2, max(1, mostBeyond / share))
  }

  private func series(_ blocks: [[Summary.Pair]], _ limit: BeyondLimit) -> ExceedanceSeries {
    ExceedanceSeries(
      counts: blocks.map { Int(clamping: $0.total) },
      beyond: blocks.map { block in limit.possibly(block.lazy.map { ($0.index, $0.count) }) })
  }

  /// How many durations are worth one independent one, for how many lie beyond the limit.
  private func dependence(_ blocks: [[Summary.Pair]]) -> Double? {
    guard blocks.count >= ExceedanceSeries.fewestBatches else { return nil }
    let beyond = series(blocks, limit)
    if beyond.share > 0, beyond.share < 1 { return beyond.dependence }
    if beyond.share == 1 { return 1 }
    // None lies beyond the limit, which says nothing of how many would together. It is told by the slowest of which there are enough; where all
    // take the same time, none is slow.
    guard let level = Self.slowest(blocks) else { return 1 }
    let slow = series(blocks, BeyondLimit(above: level))
    guard let found = slow.dependence else { return nil }
    // In bursts, as many may lie beyond it at once as there are: a stretch without any counts as a single value.
    return found <= Self.mostWithoutBursts ? 1 : slow.perBatch
  }

  /// The highest of the usual percentiles beyond which there are twenty durations at least.
  private static func slowest(_ blocks: [[Summary.Pair]]) -> HistogramBucket? {
    let all = sorted(blocks)
    return [Quantile.p999, .p99, .p95, .p90, .p50].lazy.compactMap(all.bucket).first { level in
      BeyondLimit(above: level).surely(all.lazy.map { ($0.index, $0.count) }) >= 20
    }
  }

  private static func sorted(_ blocks: [[Summary.Pair]]) -> [Summary.Pair] {
    var counts: [Int: UInt64] = [:]
    for pair in blocks.joined() { counts[pair.index, default: 0] &+= pair.count }
    return counts.sorted { $0.key < $1.key }.map { Summary.Pair(index: $0.key, count: $0.value) }
  }
}

extension Threshold {
  /// The share of durations that are to lie within the limit; `nil` for a rule on another figure, or on the greatest.
  var percentile: Double? {
    switch metric {
    case .latency(_, .percentile(let quantile)), .interval(_, .percentile(let quantile)):
      quantile.partsPerBillion < Quantile.whole ? Double(quantile.partsPerBillion) / Double(Quantile.whole) : nil
    default: nil
    }
  }
}

extension Threshold.Metric {
  /// The names of a duration's histograms: by its lower ends, by its upper ends, and of those that never came to their end.
  fileprivate var ends: (lower: String, upper: String, censored: String) {
    switch self {
    case .latency(let name, _): (HistogramName.observed(name), HistogramName.observed(name), HistogramName.censored(name))
    case .interval(let name, _): (HistogramName.lower(name), HistogramName.upper(name), HistogramName.censored(name))
    default: ("", "", "")
    }
  }
}
