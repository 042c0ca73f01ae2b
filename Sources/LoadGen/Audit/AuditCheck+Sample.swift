import Shared

extension AuditCheck {
  /// One claim beside its bounds, in the claim's own unit.
  struct Sample: Sendable {
    let at: Instant
    let claim: Claim
    /// What `value`, `range` and `bounds` are counted from: 0, but where whole numbers are beyond what a `Double` holds exactly.
    let origin: Claim.Orders
    /// The claim.
    let value: Double
    /// What the claim may stand for.
    let range: ClosedRange<Double>
    let bounds: Bounds<Double>
    /// A claim above its upper bound may be somebody else's doing.
    let aboveIsUnexplained: Bool

    /// A duration, in seconds.
    init(at: Instant, claim: Claim, range: ClosedRange<Double>, bounds: Bounds<Double>) {
      self.at = at
      self.claim = claim
      self.range = range
      self.bounds = bounds
      origin = 0
      value = claim.value
      aboveIsUnexplained = false
    }

    /// A number of orders, which is compared exactly, however large.
    init(
      at: Instant, claim: Claim, orders: ClosedRange<Claim.Orders>? = nil, bounds: Bounds<Claim.Orders>, aboveIsUnexplained: Bool = false
    ) {
      let orders = orders ?? claim.orders
      let isExact = [orders.lowerBound, orders.upperBound, bounds.lower, bounds.upper ?? 0].allSatisfy { $0.magnitude <= 1 << 53 }
      let origin = isExact ? 0 : bounds.lower
      self.at = at
      self.claim = claim
      self.origin = origin
      range = Double(orders.lowerBound - origin)...Double(orders.upperBound - origin)
      value = isExact ? claim.value : range.lowerBound
      self.bounds = Bounds(lower: Double(bounds.lower - origin), upper: bounds.upper.map { Double($0 - origin) })
      self.aboveIsUnexplained = aboveIsUnexplained
    }

    /// How far it lies outside; 0 within.
    var outsideBy: Double {
      if range.upperBound < bounds.lower { return bounds.lower - value }
      if let upper = bounds.upper, range.lowerBound > upper { return value - upper }
      return 0
    }

    var isOutside: Bool { outsideBy > 0 }

    var isContradicted: Bool {
      isOutside && !(aboveIsUnexplained && value > bounds.lower)
    }

    /// The least change of the claim, to whichever side, that would certainly have been noticed; `nil`: none would.
    var resolution: Double? {
      guard let upper = bounds.upper else { return nil }
      return max(0, upper - bounds.lower) + range.upperBound - range.lowerBound
    }

    /// The bounds as they are, to the precision of a `Double`.
    var absoluteBounds: Bounds<Double> {
      Bounds(lower: Double(origin) + bounds.lower, upper: bounds.upper.map { Double(origin) + $0 })
    }
  }
}
