import Shared

/// Checks of several counts at once.
extension ClaimBounds {
  /// Compares the sum of pending and processing with the orders that must and may be unfinished. `nil` where the target does not say both of
  /// one instant.
  func unfinishedCheck(_ metrics: Dialect.Metrics) -> AuditCheck? {
    let both = metrics.counted.filter { !$0.statuses.contains(where: \.hasEnded) }
    // Otherwise what ended is among them, or missing.
    guard both.count == 2, countedAs.map({ $0.status.hasEnded == $0.other.hasEnded }) ?? true else { return nil }
    return sumCheck(of: both, isWhole: false, AuditCheck(name: AuditCheck.unfinished, meaning: "orders that have not ended", unit: .orders))
  }

  /// Compares the sum of all counts with the orders that must and may stand at one of their statuses. `nil` where the target does not say two
  /// of one instant, and where the total says as much.
  /// - Parameter statuses: those that the target has.
  func countedCheck(_ metrics: Dialect.Metrics, of statuses: Set<OrderStatus>) -> AuditCheck? {
    let counted = metrics.counted
    let (hasTotal, isWhole) = (metrics.figures.contains { $0.quantity == .total }, statuses.isSubset(of: counted.statuses))
    guard counted.count > 1, counted.statuses.contains(where: \.hasEnded), !hasTotal || !isWhole else { return nil }
    let words = self.counted(counted.statuses).words
    let check = AuditCheck(name: AuditCheck.counted, meaning: "orders that stand at \(words)", unit: .orders)
    return sumCheck(of: counted, isWhole: isWhole, check)
  }

  /// Compares the sum of several counts with the orders that must and may stand at any of their statuses: whatever an order does between
  /// these, it is counted once.
  /// - Parameter isWhole: whether every order stands at one of them.
  private func sumCheck(of counted: [Dialect.Quantity], isWhole: Bool, _ empty: AuditCheck) -> AuditCheck? {
    guard assumptions.snapshot else { return nil }
    var check = empty
    check.condition = condition
    var statuses = self.counted(counted.statuses)
    if let countedAs, statuses.contains(countedAs.other) { statuses.insert(countedAs.status) }
    let ours = Self.standing(at: statuses, byStatus, unfinished: unfinished, of: total)
    let restarted = restarts.ofAny(counted)
    for index in scrapes.indices where index > 0 || !hasBaseline {
      let claims = scrapes[index].claims
      guard counted.allSatisfy({ claims[$0] != nil }), !restarted[index] else { continue }
      let sum = counted.reduce(ClosedRange.none) { $0 + (claims[$1]?.orders ?? .none) }
      guard let claim = Claim(sum: sum.lowerBound) else { continue }
      let before = base(at: index).flatMap { base in
        counted.reduce(ClosedRange?.some(.none)) { sum, quantity in
          let count = isWhole ? base.count(quantity) : self.before(quantity, at: index)
          return count.flatMap { count in sum.map { $0 + count } }
        }
      }
      check.add(
        AuditCheck.Sample(
          at: scrapes[index].window.received, claim: claim, orders: sum,
          bounds: Bounds(
            lower: lower(before, ours[index], at: index), upper: upper(before, ours[index], at: index, gainsNone: isWhole))))
    }
    return check
  }

  /// The counts by status in one snapshot must cover all orders, each at most once, and exactly once if every status has a count. `nil` if the
  /// target states no total or no counts.
  /// - Parameter statuses: those that the target has.
  func sumCheck(_ metrics: Dialect.Metrics, of statuses: Set<OrderStatus>) -> AuditCheck? {
    let counted = metrics.counted
    guard let total = metrics.figures.first(where: { $0.quantity == .total }), !counted.isEmpty else { return nil }
    let isWhole = statuses.isSubset(of: counted.statuses)
    var check = AuditCheck(
      name: AuditCheck.sumOfCounts, meaning: "the counts by status add up to \(isWhole ? "" : "no more than ")\(total.name)",
      unit: .orders)
    check.condition = "\(total.name) is the truth"
    let restarted = restarts.ofAny(counted + [.total])
    for (index, scrape) in scrapes.enumerated() where !restarted[index] {
      guard let claimed = scrape.claims[.total], counted.allSatisfy({ scrape.claims[$0] != nil }) else { continue }
      let sum = counted.reduce(.none) { $0 + (scrape.claims[$1]?.orders ?? .none) }
      guard let claim = Claim(sum: sum.lowerBound) else { continue }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, orders: sum,
          bounds: Bounds(lower: isWhole ? claimed.orders.lowerBound : 0, upper: claimed.orders.upperBound)))
    }
    return check
  }
}

extension AuditCheck {
  /// The names of the checks of several counts at once.
  static let unfinished = "pending + processing"
  static let counted = "counted orders"
  static let sumOfCounts = "sum of counts"
  static let sums: Set = [unfinished, counted, sumOfCounts]
}

extension Dialect.Metrics {
  /// The figures that count orders at statuses, without those that count orders of another one again.
  fileprivate var counted: [Dialect.Quantity] {
    let quantities = figures.map(\.quantity)
    let single = OrderStatus.allCases.map(Dialect.Quantity.count).filter(quantities.contains)
    let several = quantities.filter { if case .counts = $0 { true } else { false } }
    return several.reduce(into: single) { counted, quantity in
      if counted.statuses.isDisjoint(with: quantity.statuses) { counted.append(quantity) }
    }
  }
}

extension [Dialect.Quantity] {
  /// The statuses whose orders any of them counts.
  fileprivate var statuses: Set<OrderStatus> { reduce(into: []) { $0.formUnion($1.statuses) } }
}
