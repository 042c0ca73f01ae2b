import Shared

extension AuditCheck {
  /// One claim and its bounds: seconds, or a number of orders.
  struct Sample: Sendable {
    let at: Instant
    let claim: Claim
    /// The number that `value`, `range` and `bounds` are relative to: 0, unless numbers are so large that a `Double` cannot hold them
    /// exactly.
    let origin: Claim.Orders
    /// The claim itself.
    let value: Double
    /// The values that the claim may stand for.
    let range: ClosedRange<Double>
    /// Where the true value must lie, by what was observed.
    let bounds: Bounds<Double>
    /// Whether a claim above its upper bound may be due to somebody else's orders.
    let aboveIsUnexplained: Bool
    /// The id of the single order that it is about; `nil` if it is about more, or the id is not known.
    let order: String?
    /// What is claimed, where the check is of several claims; otherwise `nil`.
    var subject: String?
    /// How many durations it is the sum of. Of none it shows nothing but that it is 0.
    let durations: Int

    /// A claimed duration, in seconds.
    init(
      at: Instant, claim: Claim, range: ClosedRange<Double>, bounds: Bounds<Double>, order: String? = nil, durations: Int = 1,
      aboveIsUnexplained: Bool = false, subject: String? = nil
    ) {
      self.at = at
      self.claim = claim
      self.range = range
      self.bounds = bounds
      origin = 0
      value = claim.value
      self.aboveIsUnexplained = aboveIsUnexplained
      self.subject = subject
      self.order = order
      self.durations = durations
    }

    /// A claimed number of orders. It is compared exactly, however large it is.
    init(
      at: Instant, claim: Claim, orders: ClosedRange<Claim.Orders>? = nil, bounds: Bounds<Claim.Orders>, aboveIsUnexplained: Bool = false,
      subject: String? = nil
    ) {
      let orders = orders ?? claim.orders
      let isExact = [orders.lowerBound, orders.upperBound, bounds.lower, bounds.upper ?? 0].allSatisfy { $0.magnitude <= 1 << 53 }
      let origin = isExact ? 0 : bounds.lower
      self.at = at
      self.claim = claim
      self.origin = origin
      range = (orders.lowerBound - origin).double...(orders.upperBound - origin).double
      value = isExact ? claim.value : range.lowerBound
      self.bounds = Bounds(lower: (bounds.lower - origin).double, upper: bounds.upper.map { ($0 - origin).double })
      self.aboveIsUnexplained = aboveIsUnexplained
      order = nil
      self.subject = subject
      durations = 1
    }

    /// How far the claim lies outside its bounds; 0 if it is within.
    var outsideBy: Double {
      if range.upperBound < bounds.lower { return bounds.lower - value }
      if let upper = bounds.upper, range.lowerBound > upper { return value - upper }
      return 0
    }

    var isOutside: Bool { outsideBy > 0 }

    var isContradicted: Bool {
      isOutside && !(aboveIsUnexplained && value > bounds.lower)
    }

    /// The smallest change of the claim, in either direction, that would certainly have been noticed; `nil` if none would.
    var resolution: Double? {
      guard let upper = bounds.upper else { return nil }
      return max(0, upper - bounds.lower) + range.upperBound - range.lowerBound
    }

    /// The bounds as absolute numbers, as precisely as a `Double` can hold them.
    var absoluteBounds: Bounds<Double> {
      Bounds(lower: Double(origin) + bounds.lower, upper: bounds.upper.map { Double(origin) + $0 })
    }
  }
}
