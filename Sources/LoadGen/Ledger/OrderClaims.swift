import Shared

/// What the target said of single orders, beside what was seen of them: all are counted, and those are kept that a report speaks of.
struct OrderClaims: Sendable {
  /// So many of each kind are kept.
  static let most = 20

  /// One claim. Durations in nanoseconds.
  struct Sample: Sendable {
    var at: Instant
    /// What the printed figure may stand for.
    var claim: ClosedRange<Double>
    var text: String
    var bounds: Bounds<Double>

    var isOutside: Bool {
      claim.upperBound < bounds.lower || bounds.upper.map { claim.lowerBound > $0 } ?? false
    }

    /// The smallest change of the claim that would certainly have been noticed; infinite where none would.
    var width: Double { (bounds.upper ?? .infinity) - bounds.lower + claim.upperBound - claim.lowerBound }
  }

  private(set) var count = 0
  private(set) var outsideCount = 0
  /// The first that could not have been.
  private(set) var outside: [Sample] = []
  /// The one that says most.
  private(set) var tightest: Sample?

  mutating func add(_ sample: Sample) {
    count += 1
    if sample.isOutside {
      outsideCount += 1
      keep(sample)
    }
    if sample.width < tightest?.width ?? .infinity { tightest = sample }
  }

  mutating func merge(_ other: OrderClaims) {
    count += other.count
    outsideCount += other.outsideCount
    for sample in other.outside { keep(sample) }
    if let sample = other.tightest, sample.width < tightest?.width ?? .infinity { tightest = sample }
  }

  private mutating func keep(_ sample: Sample) {
    let place = outside.firstIndex { ($0.at, $0.text) > (sample.at, sample.text) } ?? outside.count
    outside.insert(sample, at: place)
    if outside.count > Self.most { outside.removeLast() }
  }
}

extension Bounds<Int64> {
  /// As the target may have measured it: by a clock of its own, between stamps that are rounded.
  func widened(by assumptions: Dialect.Assumptions) -> Bounds<Double> {
    let grain = Double(assumptions.granularity.nanoseconds)
    return Bounds<Double>(
      lower: Swift.max(0, Double(lower) * (1 - assumptions.clockRate) - grain),
      upper: upper.map { Double($0) * (1 + assumptions.clockRate) + grain })
  }
}
