import Shared

/// What the target had that is not ours, as far as it has said so itself.
///
/// That is what it said before the first order. Where figures may be older than the answer that brings them, what was sent just before the run
/// may be missing there and appear only later; then it is what the first answer says whose figures are surely not from before the run, less
/// what of our own orders it must and may hold (docs/measurement.md, "Claims of the server").
struct ClaimBase {
  /// The place of the answer that it was taken from. Answers up to this one say nothing about how many orders there are beyond it.
  let index: Int
  /// All orders; `nil` if the target did not say.
  let total: ClosedRange<Claim.Orders>?
  /// The orders of each status; `nil` if the target did not say.
  private let counts: ByStatus<ClosedRange<Claim.Orders>?>
  /// The greatest number of orders that had not ended, and so may end later; `nil` if unknown. Where orders may change after their end, all of
  /// them may.
  ///
  /// What is not said to have ended may not have ended. The numbers of pending and of processing orders say more only where they are of one
  /// instant: otherwise an order may have passed from one to the other between the two, and been counted in neither.
  let unfinished: Int?
  private let claims: Claims
  /// What of our own orders the answer must and may hold.
  private let known: Ours
  /// Whether all figures of an answer are of one instant, so that a mean is that of the number of orders beside it.
  private let isSnapshot: Bool
  /// Whether some of the completed orders may be ours.
  private let mayHoldOurs: Bool

  /// Numbers of our own orders, in all and by status.
  struct Ours {
    var total = Bounds<Int>(lower: 0, upper: 0)
    var byStatus = ByStatus(Bounds<Int>(lower: 0, upper: 0))
  }

  /// - Parameters:
  ///   - scrapes: all that brought figures; the first was received before the first order.
  ///   - ours: our own orders at a scrape.
  /// - Returns: `nil` if no scrape is late enough.
  init?(_ scrapes: [Scrape], _ assumptions: Dialect.Assumptions, processingIsPending: Bool, ours: (Int) -> Ours) {
    guard let first = scrapes.first else { return nil }
    let maxAge = assumptions.maxAge.nanoseconds
    var known = Ours()
    if maxAge == 0, first.window.age == 0 {
      index = 0
    } else {
      guard let index = scrapes.firstIndex(where: { $0.window.sent + -maxAge >= first.window.received }) else { return nil }
      self.index = index
      known = ours(index)
    }
    claims = scrapes[index].claims
    isSnapshot = assumptions.snapshot
    mayHoldOurs = known.byStatus[.completed].upper != 0
    total = claims[.total].map { Self.remainder($0.orders, known.total) }
    var counts = ByStatus<ClosedRange<Claim.Orders>?>(nil)
    for status in OrderStatus.allCases {
      counts[status] = claims[.count(status)].map { Self.remainder($0.orders, known.byStatus[status]) }
    }
    self.counts = counts
    self.known = known
    let told = claims
    let byTotal = total.map { total in
      told.endedOnce.reduce(total.upperBound) { rest, quantity in
        rest - (told[quantity].map { Self.remainder($0.orders, Self.sum(known, of: quantity)).lowerBound } ?? 0)
      }
    }
    var byCounts: Claim.Orders?
    if assumptions.snapshot, let pending = counts[.pending] {
      byCounts = processingIsPending ? pending.upperBound : counts[.processing].map { (pending + $0).upperBound }
    } else if let open = claims[.counts([.pending, .processing])] {
      byCounts = open.orders.upperBound
    }
    let open = assumptions.final ? [byTotal, byCounts] : [total?.upperBound]
    unfinished = open.compactMap(\.self).min().map(ClaimBounds.number)
  }

  /// The orders that had ended in this way; `nil` if the target did not say.
  func count(_ status: OrderStatus) -> ClosedRange<Claim.Orders>? { counts[status] }

  /// The orders that had ended in the way, or one of the ways, that a figure counts; `nil` if the target did not say.
  func count(_ quantity: Dialect.Quantity) -> ClosedRange<Claim.Orders>? {
    if case .count(let status) = quantity { return counts[status] }
    return claims[quantity].map { Self.remainder($0.orders, Self.sum(known, of: quantity)) }
  }

  private static func sum(_ ours: Ours, of quantity: Dialect.Quantity) -> Bounds<Int> {
    quantity.statuses.reduce(Bounds(lower: 0, upper: 0)) { sum, status in
      let more = ours.byStatus[status]
      return Bounds(lower: sum.lower + more.lower, upper: sum.upper.flatMap { upper in more.upper.map { $0 + upper } })
    }
  }

  /// How many orders a bucket had; `nil` if the target did not say. A histogram that is there has no bucket while it has no order.
  func bucket(_ quantity: Dialect.Quantity, _ limit: Double) -> ClosedRange<Claim.Orders>? {
    guard let buckets = claims.buckets[quantity] else { return nil }
    guard let bucket = buckets.first(where: { $0.limit == limit }) else { return buckets.isEmpty ? ClosedRange.none : nil }
    return Self.remainder(bucket.count.orders, Bounds(lower: 0, upper: known.byStatus[.completed].upper))
  }

  /// How many orders had completed, and between which bounds their mean duration lay, in nanoseconds; `nil` if the target did not say, or if
  /// some of them may be ours, or had not completed when the mean was reckoned.
  func average(_ figure: Dialect.Figure, _ precision: PrintedPrecision) -> (count: Int, mean: ClosedRange<Double>)? {
    guard let completed = count(.completed), completed.lowerBound == completed.upperBound, completed.upperBound < 1 << 50 else {
      return nil
    }
    guard completed.upperBound > 0 else { return (0, 0...0) }
    guard isSnapshot, !mayHoldOurs, let claim = claims[figure.quantity] else { return nil }
    let range = precision.range(of: claim, figure.printing)
    return (Int(completed.upperBound), max(0, range.lowerBound) * 1e9...max(0, range.upperBound) * 1e9)
  }

  /// What remains without ours. No less than 0, also where the target contradicts itself.
  static func remainder(_ claimed: ClosedRange<Claim.Orders>, _ ours: Bounds<Int>) -> ClosedRange<Claim.Orders> {
    let upper = claimed.upperBound - Claim.Orders(ours.lower)
    guard ours.lower != 0 || ours.upper != 0 else { return max(0, claimed.lowerBound)...max(0, upper) }
    let lower = ours.upper.map { claimed.lowerBound - Claim.Orders($0) } ?? 0
    return max(0, lower)...max(0, upper, lower)
  }
}
