import Shared

/// What the target stated about single orders, next to what was observed of them. All statements are counted, but only those that a report
/// shows are kept.
struct OrderClaims: Sendable {
  /// How many statements outside of their bounds are kept.
  static let most = 20

  /// One statement. Durations are in nanoseconds.
  struct Sample: Sendable {
    var at: Instant
    /// The durations that the printed figure may stand for.
    var claim: ClosedRange<Double>
    /// The figure as printed.
    var text: String
    /// The order's id; `nil` if it is not known.
    var id: OrderID?
    /// The durations that the observations allow.
    var bounds: Bounds<Double>

    var isOutside: Bool {
      claim.upperBound < bounds.lower || bounds.upper.map { claim.lowerBound > $0 } ?? false
    }

    /// The smallest change of the claim that would certainly have been noticed; infinite if none would.
    var width: Double { (bounds.upper ?? .infinity) - bounds.lower + claim.upperBound - claim.lowerBound }
  }

  private(set) var count = 0
  private(set) var outsideCount = 0
  /// The first ones that cannot be true, sorted by time, at most `most`.
  private(set) var outside: [Sample] = []
  /// The sample with the smallest `width`: the one that tells most.
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
  /// The bounds for a duration that the target measured by its own clock, between stamps that it rounded: widened by `clockRate` and
  /// `granularity`, and at the lower end by `stampLead`.
  func widened(by assumptions: Dialect.Assumptions) -> Bounds<Double> {
    let grain = Double(assumptions.granularity.nanoseconds)
    return Bounds<Double>(
      lower: Swift.max(0, Double(lower) * (1 - assumptions.clockRate) - grain - Double(assumptions.stampLead.nanoseconds)),
      upper: upper.map { Double($0) * (1 + assumptions.clockRate) + grain })
  }
}
