import Shared

/// The bounds that each scrape's figures are compared with. The rules are in `docs/measurement.md`, "Claims of the server".
struct ClaimBounds {
  let scrapes: [Scrape]
  /// Whether the first scrape was made before the first order.
  let hasBaseline: Bool
  /// What was there beside our own orders; `nil` if that is unknown.
  let base: ClaimBase?
  let exclusivity: Exclusivity
  let assumptions: Dialect.Assumptions
  /// How many of our own orders must and may exist at each scrape, and how many of those have not ended.
  let total: [Bounds<Int>]
  let unfinished: [Bounds<Int>]
  let byStatus: ByStatus<[Bounds<Int>]>
  let completion: ScrapeTallies.Durations
  let processing: ScrapeTallies.Durations
  let neverSeenToEnd: [Int]
  let firstNeverSeenToEnd: Instant
  let sample: SampleTallies?
  /// Whether orders that are processing are counted as pending.
  private let processingIsPending: Bool
  let countedAs: (status: OrderStatus, other: OrderStatus)?
  /// How many orders others may have sent by each scrape; `nil`: any number.
  let others: [Int?]
  let restarts: Restarts
  let requests: RequestTallies?

  init(_ run: AuditedRun) {
    let (scrapes, tallies) = (run.scrapes, run.tallies)
    self.scrapes = scrapes
    let restarts = run.restarts
    self.restarts = restarts
    requests = tallies.requests
    hasBaseline = run.hasBaseline
    exclusivity = run.exclusivity
    assumptions = run.assumptions
    let count = scrapes.count
    let total = tallies.total.bounds(count: count)
    var byStatus = ByStatus<[Bounds<Int>]>([])
    for status in OrderStatus.allCases { byStatus[status] = tallies.byStatus[status].bounds(count: count) }
    self.total = total
    unfinished = tallies.unfinished.bounds(count: count)
    processingIsPending = run.processingIsPending
    if run.processingIsPending { byStatus[.pending] = unfinished }
    if let (status, other) = run.countedAs {
      byStatus[other] = Self.standing(at: [status, other], byStatus, unfinished: unfinished, of: total)
    }
    countedAs = run.countedAs
    sample = run.sample
    self.byStatus = byStatus
    completion = tallies.completion
    processing = tallies.processing
    neverSeenToEnd = tallies.neverSeenToEnd.values(count: count)
    firstNeverSeenToEnd = tallies.firstNeverSeenToEnd
    var base: ClaimBase?
    if hasBaseline {
      base = ClaimBase(scrapes, run.assumptions, processingIsPending: run.processingIsPending) { [byStatus] index in
        var ours = ClaimBase.Ours(total: total[index])
        for status in OrderStatus.allCases { ours.byStatus[status] = byStatus[status][index] }
        return ours
      }
    }
    self.base = base
    others = Self.others(scrapes, base, total, run.exclusivity, run.assumptions, restarts)
  }

  /// How many orders must and may stand at any of some statuses: as many as at all of these, and as all that stand at no other.
  static func standing(
    at statuses: Set<OrderStatus>, _ byStatus: ByStatus<[Bounds<Int>]>, unfinished: [Bounds<Int>], of total: [Bounds<Int>]
  ) -> [Bounds<Int>] {
    let others = Set(OrderStatus.allCases).subtracting(statuses)
    /// Where both are among them, it does not matter when an order passed from pending to processing.
    func sum(_ statuses: Set<OrderStatus>, _ index: Int) -> Bounds<Int> {
      let both: Set<OrderStatus> = [.pending, .processing]
      let alone = both.isSubset(of: statuses) ? statuses.subtracting(both) : statuses
      return (alone.map { byStatus[$0][index] } + (alone == statuses ? [] : [unfinished[index]])).sum
    }
    return total.indices.map { index in
      let (these, rest) = (sum(statuses, index), sum(others, index))
      return Bounds(
        lower: max(these.lower, rest.upper.map { total[index].lower - $0 } ?? 0),
        upper: [these.upper, total[index].upper.map { $0 - rest.lower }].compactMap(\.self).min())
    }
  }

  /// How many orders others may have sent by each scrape. If that is to be inferred, it is what the claimed total leaves room for beyond
  /// what was there and our own orders, at any later scrape that does not overlap it, whichever is least. Where all figures of an answer are
  /// of one instant, its own total counts, too.
  private static func others(
    _ scrapes: [Scrape], _ base: ClaimBase?, _ total: [Bounds<Int>], _ exclusivity: Exclusivity, _ assumptions: Dialect.Assumptions,
    _ restarts: Restarts
  ) -> [Int?] {
    switch exclusivity {
    case .declared: return scrapes.map { _ in 0 }
    case .denied: return scrapes.map { _ in nil }
    case .inferred:
      guard let base, let before = base.total else { return scrapes.map { _ in nil } }
      let restarted = restarts.of(.total)
      let rooms = scrapes.indices.map { index -> Int? in
        guard index >= base.index, restarted[index] == nil, let claim = scrapes[index].claims[.total] else { return nil }
        return number(claim.orders.upperBound - before.lowerBound - Claim.Orders(total[index].lower))
      }
      // Because of `max_age` a later scrape may have the older figures.
      let maxAge = assumptions.maxAge.nanoseconds
      var later = scrapes.count
      var room: Int?
      return scrapes.indices.reversed().map { index -> Int? in
        while later - 1 > index, scrapes[later - 1].window.sent + -maxAge >= scrapes[index].window.received {
          later -= 1
          room = [room, rooms[later]].compactMap(\.self).min()
        }
        return assumptions.snapshot ? [room, rooms[index]].compactMap(\.self).min() : room
      }.reversed()
    }
  }

  /// 0 if the number is negative, and limited so that no sum can overflow.
  static func number(_ orders: Claim.Orders) -> Int { Int(min(max(0, orders), 1 << 50)) }

  /// What was there before a scrape, for those that can be held against it.
  func base(at index: Int) -> ClaimBase? { base.flatMap { index > $0.index ? $0 : nil } }

  /// The least number of orders that there must be at a scrape: those that were there before, and ours.
  /// - Parameter isFixed: whether as many were there all the time. Otherwise, figures that may be older than those that tell what was there
  ///   need have ours alone.
  func lower(
    _ before: ClosedRange<Claim.Orders>?, _ ours: Bounds<Int>, at index: Int, isFixed: Bool = false
  ) -> Claim.Orders {
    max(0, (isFixed || isAfterBase(index) ? before?.lowerBound ?? 0 : 0) + Claim.Orders(ours.lower))
  }

  /// What a counter that began anew leaves out, of orders that ended, or came, before that: less than nothing was there before.
  /// - Parameter ours: our own orders at each reading.
  func before(_ restart: (last: Int, first: Int), _ ours: [Bounds<Int>]) -> ClosedRange<Claim.Orders> {
    let least = ours[restart.first].upper.map { -Claim.Orders($0) } ?? -Claim.Orders(1 << 50)
    return least...max(least, -Claim.Orders(ours[restart.last].lower))
  }

  /// How many orders must have completed by a reading of those that a figure tells of: since its counter began anew, where it did.
  func surelyCompleted(_ quantity: Dialect.Quantity) -> (Int) -> String? {
    let (completed, restarted) = (byStatus[.completed], restarts.of(quantity))
    return { index in
      let least = restarted[index].map { before($0, completed).lowerBound } ?? 0
      return Self.words(least + Claim.Orders(completed[index].lower), "had surely completed")
    }
  }

  /// What bounds rest on if there were orders before the run; `nil` if there were none.
  var condition: String? {
    guard let total = base?.total, total.upperBound > 0 else { return nil }
    let orders = total.upperBound == 1 ? "1 order" : "\(total.upperBound) orders"
    return "what it said of the \(orders) from before was right"
  }

  func isAfterBase(_ index: Int) -> Bool {
    guard let base, index > base.index else { return false }
    return scrapes[index].window.sent + -assumptions.maxAge.nanoseconds >= scrapes[base.index].window.received
  }

  // MARK: Checks

  /// Compares each claim of a figure with what could be true.
  func check(_ figure: Dialect.Figure) -> AuditCheck {
    switch figure.quantity {
    case .total: totalCheck(figure)
    case .count, .counts: countCheck(figure)
    case .average(let span): averageCheck(figure, span)
    case .estimate: estimateCheck(figure)
    case .histogram(let span): bucketCheck(figure, span)
    case .quantile(let span, let share): quantileCheck(figure, span, share)
    }
  }

  /// Compares each claimed total with what was there before and our own orders.
  func totalCheck(_ figure: Dialect.Figure) -> AuditCheck {
    var check = AuditCheck(name: figure.name, meaning: "all orders ever accepted", unit: .orders)
    check.condition = condition
    let restarted = restarts.of(figure.quantity)
    func base(_ index: Int) -> ClosedRange<Claim.Orders>? { restarted[index].map { before($0, total) } ?? self.base(at: index)?.total }
    forEachScrape(figure) { index, scrape, claim in
      let base = base(index)
      // Where it is unknown, there may have been any number of orders, and at least none.
      let upper = base.flatMap { exclusivity == .denied ? nil : $0.upperBound + Claim.Orders(total[index].upper ?? 0) }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          bounds: Bounds(lower: lower(base, total[index], at: index, isFixed: exclusivity == .declared), upper: upper),
          aboveIsUnexplained: exclusivity == .inferred))
    }
    check.unboundedBecause = unboundedBecause(self.base?.total, gains: false)
    forEachGap(figure, &check) { index in
      Self.words(lower(base(index), total[index], at: index, isFixed: exclusivity == .declared), "must have been counted")
    }
    return check
  }

  /// The statuses whose orders a figure may count, where it counts those of these.
  func counted(_ statuses: Set<OrderStatus>) -> Set<OrderStatus> {
    statuses.contains(.pending) && processingIsPending ? statuses.union([.processing]) : statuses
  }

  /// What our own orders must and may be, of those that stand at any of these statuses.
  private func ours(at statuses: Set<OrderStatus>) -> [Bounds<Int>] {
    if let status = statuses.first, statuses.count == 1 { return byStatus[status] }
    return Self.standing(at: counted(statuses), byStatus, unfinished: unfinished, of: total)
  }

  /// Compares each claimed count of one status, or of several, with the orders that must and may be in it.
  func countCheck(_ figure: Dialect.Figure) -> AuditCheck {
    let statuses = figure.quantity.statuses
    var check = AuditCheck(
      name: figure.name, meaning: "orders that stand at \(counted(statuses).words)", unit: .orders)
    check.condition = condition
    let (bounds, stays) = (ours(at: statuses), statuses.allSatisfy(\.hasEnded) && assumptions.final)
    let restarted = restarts.of(figure.quantity)
    func before(_ index: Int) -> ClosedRange<Claim.Orders>? {
      if stays, let restart = restarted[index] { self.before(restart, bounds) } else { self.before(figure.quantity, at: index) }
    }
    forEachScrape(figure) { index, scrape, claim in
      let before = before(index)
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim,
          bounds: Bounds(
            lower: lower(before, bounds[index], at: index), upper: upper(before, bounds[index], at: index, onlyGrows: stays))))
    }
    check.unboundedBecause = unboundedBecause(base.flatMap { $0.count(figure.quantity) }, gains: true)
    forEachGap(figure, &check) { index in
      Self.words(lower(before(index), bounds[index], at: index), "must have been counted")
    }
    return check
  }

  /// The greatest number of orders of a kind that there may be at a scrape: those of it that were there before, those from before that may
  /// have come to it, those of others, and ours. `nil`: any number.
  /// - Parameters:
  ///   - onlyGrows: whether no order ever leaves the kind. Otherwise, figures that may be older than those that tell what was there may
  ///     have some that had left it by then.
  ///   - gainsNone: whether it has all orders from before already.
  func upper(
    _ before: ClosedRange<Claim.Orders>?, _ ours: Bounds<Int>, at index: Int, onlyGrows: Bool = false, gainsNone: Bool = false
  ) -> Claim.Orders? {
    guard onlyGrows || gainsNone || isAfterBase(index) else { return nil }
    let unfinished = gainsNone ? 0 : base(at: index)?.unfinished
    guard let before, let ours = ours.upper, let unfinished, let others = others[index] else { return nil }
    return [ours, unfinished, others].reduce(before.upperBound) { $0 + Claim.Orders($1) }
  }

  /// How many of the orders from before the first one a count surely has at a reading: the ended ones, where these stay so. All that had not
  /// ended may have left it, and others may have come to it, which is not said here. `nil`: unknown.
  func before(_ quantity: Dialect.Quantity, at index: Int) -> ClosedRange<Claim.Orders>? {
    guard let base = base(at: index) else { return nil }
    let statuses = counted(quantity.statuses)
    guard assumptions.final, statuses.contains(where: \.hasEnded) else { return ClosedRange.none }
    guard let count = base.count(quantity) else { return nil }
    guard statuses.contains(where: { !$0.hasEnded }) else { return count }
    // Of both: how many of them had ended is known as far as it is known how many had not.
    guard let unfinished = base.unfinished else { return 0...count.upperBound }
    return max(0, count.lowerBound - Claim.Orders(unfinished))...count.upperBound
  }

  /// Why a count has no upper bound at any reading, and what would give it one; `nil` where it has one, or may have.
  /// - Parameters:
  ///   - before: what there was of it before the first order.
  ///   - gains: whether orders from before may come to it.
  func unboundedBecause(_ before: ClosedRange<Claim.Orders>?, gains: Bool) -> String? {
    guard let base, before != nil else { return "no reading before the first order had it, so that what was there before is not known" }
    guard exclusivity != .denied else { return "others send orders, too (--shared-target)" }
    guard others.contains(where: { $0 != nil }) else {
      return "how many orders others sent is not known: say --exclusive where nobody else does, or declare 'total' in metrics.figures"
    }
    guard gains, base.unfinished == nil else { return nil }
    return "how many orders from before may still come to it is not known: "
      + "declare 'total', or 'pending' and 'processing', in metrics.figures"
  }

  /// Figures that can only grow must not fall from one scrape to a later one that does not overlap it.
  func monotonicChecks(_ metrics: Dialect.Metrics) -> [AuditCheck] {
    metrics.figures.filter { $0.quantity == .total || $0.quantity == .count(.completed) || onlyGrows($0.quantity) }.map { figure in
      var check = AuditCheck(
        name: "\(figure.name) over time", meaning: "never less than the readings before", unit: .orders, leastLie: 1)
      // The greatest of the first n readings.
      var greatestOfFirst: [Claim.Orders?] = [nil]
      for scrape in scrapes {
        let claimed = scrape.claims[figure.quantity]?.orders.lowerBound
        greatestOfFirst.append([greatestOfFirst[greatestOfFirst.count - 1], claimed].compactMap(\.self).max())
      }
      let restarted = restarts.of(figure.quantity)
      check.explanation = restarts.provenFall(of: figure.quantity)
      for (index, scrape) in scrapes.enumerated() {
        guard let claim = scrape.claims[figure.quantity] else { continue }
        // A counter that began anew is less than it was.
        if restarted[index] != nil { continue }
        let oldest = scrape.window.sent + -assumptions.maxAge.nanoseconds
        let earlier = scrapes[..<index].lastIndex { $0.window.received <= oldest }.map { $0 + 1 } ?? 0
        guard let greatest = greatestOfFirst[earlier] else { continue }
        check.add(
          AuditCheck.Sample(
            at: scrape.window.received, claim: claim, bounds: Bounds(lower: greatest, upper: nil)))
      }
      return check
    }
  }

  /// Whether no order ever leaves the statuses that a figure counts.
  private func onlyGrows(_ quantity: Dialect.Quantity) -> Bool {
    assumptions.final && !quantity.statuses.isEmpty && quantity.statuses.allSatisfy(\.hasEnded)
  }

  /// Calls `body` for every reading of the figure, except for the baseline.
  func forEachScrape(_ figure: Dialect.Figure, _ body: (Int, Scrape, Claim) -> Void) {
    for (index, scrape) in scrapes.enumerated() {
      if index == 0, hasBaseline { continue }
      if let claim = scrape.claims[figure.quantity] { body(index, scrape, claim) }
    }
  }

  /// Looks at every reading in which the figure is gone, except for the baseline. What was never there cannot be gone: then the dialect may be
  /// wrong about it. And an answer that is no document, where a later one is, was somebody else's, such as a gateway's.
  /// - Parameter reason: why it must have been there at a scrape, completing `although …`; `nil` where it need not.
  func forEachGap(_ figure: Dialect.Figure, _ check: inout AuditCheck, _ reason: (Int) -> String?) {
    var wasThere = false
    let lastDocument = scrapes.lastIndex { !$0.claims.isUnreadable } ?? 0
    for (index, scrape) in scrapes.enumerated() where index > lastDocument || !scrape.claims.isUnreadable {
      let found = scrape.claims.unread(figure.quantity)
      if found == .several {
        check.vacuity = "\(check.name) is several numbers: select one of them by its labels in the dialect"
        continue
      }
      if found != .nothing, found != .noDocument { wasThere = true }
      guard let found, index > 0 || !hasBaseline else { continue }
      if wasThere, let reason = reason(index) {
        check.add(AuditCheck.Vanished(at: scrape.window.received, found: found, reason: reason))
      } else if found == .nothing || found == .null {
        check.vacuity =
          "\(check.name) was \(found.words): where that means 0, declare \(found == .nothing ? "missing" : "null"): 0 for it in the dialect"
      }
    }
  }

  /// - Returns: `nil` where there need be none.
  static func words(_ least: Claim.Orders, _ what: String) -> String? {
    least > 0 ? "\(least) order\(least == 1 ? "" : "s") \(what)" : nil
  }
}

extension ScrapeTallies.Count {
  fileprivate func bounds(count: Int) -> [Bounds<Int>] {
    zip(lower.values(count: count), upper.values(count: count)).map { Bounds(lower: $0, upper: $1) }
  }
}

extension [Bounds<Int>] {
  /// Between what their sum lies.
  fileprivate var sum: Bounds<Int> {
    reduce(Bounds(lower: 0, upper: 0)) { sum, next in
      Bounds(lower: sum.lower + next.lower, upper: next.upper.flatMap { upper in sum.upper.map { $0 + upper } })
    }
  }
}
