import Shared

/// The durations of a run's completed orders, for averages that are not over all of them: over the last ones, over all but the slowest, or
/// the median in the place of the mean. `docs/measurement.md`, "Causes".
struct CompletedDurations {
  /// One order that completed, or may have: within what its duration lies, and within what its end.
  private struct Order {
    let least, most: Int64
    let endedAfter, endedBy: Instant
  }

  private let orders: [Order]
  /// By when each had surely ended and after when it may have, in rising order.
  private let latestEnds: [Instant]
  private let earliestEnds: [Instant]

  /// - Returns: `nil` where an order may have completed of which no end was seen, so that nothing is known of its duration.
  init?(_ evidence: Evidence, _ span: Dialect.Quantity.Span, _ assumptions: Dialect.Assumptions) {
    var orders: [Order] = []
    for settled in evidence.orders where settled.outcome.mayExist {
      guard settled.outcome == .completed else {
        guard settled.outcome.hasEnded else { return nil }
        continue
      }
      let history = settled.history
      let bounds = span == .completion ? history.completion : history.lastProcessing(assumptions)
      guard let upper = bounds.upper else { return nil }
      let slack = assumptions.granularity.nanoseconds + Int64(Double(upper) * assumptions.clockRate)
      orders.append(
        Order(
          least: max(0, bounds.lower - slack - assumptions.stampLead.nanoseconds), most: upper + slack,
          endedAfter: settled.lastUnfinishedSent, endedBy: settled.endedReceived))
    }
    self.orders = orders
    latestEnds = orders.map(\.endedBy).sorted()
    earliestEnds = orders.map(\.endedAfter).sorted()
  }

  var count: Int { orders.count }

  /// The least and the greatest durations that so many completed orders may have had, each in rising order, in nanoseconds.
  /// - Parameter completed: how many had completed, as the target says; `nil` where it cannot be so many.
  func sorted(_ window: ScrapeWindow, completed: Int) -> (least: [Int64], most: [Int64])? {
    var (least, most): ([Int64], [Int64]) = ([], [])
    var (perhapsLeast, perhapsMost): ([Int64], [Int64]) = ([], [])
    for order in orders where order.endedAfter < window.received {
      if order.endedBy <= window.sent {
        least.append(order.least)
        most.append(order.most)
      } else {
        perhapsLeast.append(order.least)
        perhapsMost.append(order.most)
      }
    }
    let taken = completed - least.count
    guard completed > 0, 0...perhapsLeast.count ~= taken else { return nil }
    least += perhapsLeast.sorted().prefix(taken)
    most += perhapsMost.sorted().suffix(taken)
    return (least.sorted(), most.sorted())
  }

  /// The bounds of the mean over those that ended in the last so long, in nanoseconds; any mean where there may be none. Whoever drops old
  /// ones now and then has up to a tenth of the time more.
  func mean(last length: Duration, _ window: ScrapeWindow) -> Bounds<Double>? {
    let length = length.nanoseconds
    return mean { order in
      guard order.endedAfter < window.received, order.endedBy > window.sent + -(length + length / 10) else { return .no }
      return order.endedAfter >= window.received + -length && order.endedBy <= window.sent ? .surely : .perhaps
    }
  }

  /// The bounds of the mean over the last so many, in nanoseconds; `nil` where there may have been fewer.
  func mean(last number: Int, _ window: ScrapeWindow) -> Bounds<Double>? {
    let yetToEnd = earliestEnds.count - earliestEnds.partitioningIndex { $0 >= window.received }
    let perhapsEnded = latestEnds.count - latestEnds.partitioningIndex { $0 > window.sent }
    guard latestEnds.count - perhapsEnded >= number else { return nil }
    return mean(taken: number) { order in
      guard order.endedAfter < window.received else { return .no }
      let perhapsAfter = latestEnds.count - latestEnds.partitioningIndex { $0 > order.endedAfter } - yetToEnd - 1
      let surelyAfter = earliestEnds.count - earliestEnds.partitioningIndex { $0 >= order.endedBy } - perhapsEnded
      if surelyAfter >= number { return .no }
      return order.endedBy <= window.sent && perhapsAfter < number ? .surely : .perhaps
    }
  }

  /// The shortest and the longest of those that may have completed, in nanoseconds; `nil` where none may have.
  func extremes(_ window: ScrapeWindow) -> Bounds<Double>? {
    let completed = orders.lazy.filter { $0.endedAfter < window.received }
    guard let least = completed.map(\.least).min(), let most = completed.map(\.most).max() else { return nil }
    return Bounds(lower: Double(least), upper: Double(most))
  }

  private enum Belongs { case no, perhaps, surely }

  private func mean(taken: Int? = nil, _ belongs: (Order) -> Belongs) -> Bounds<Double>? {
    var sure = (count: 0, lower: Int128(0), upper: Int128(0))
    var (maybeLower, maybeUpper) = (Spread(), Spread())
    for order in orders {
      switch belongs(order) {
      case .no: break
      case .surely: sure = (sure.count + 1, sure.lower + Int128(order.least), sure.upper + Int128(order.most))
      case .perhaps:
        maybeLower.add(order.least)
        maybeUpper.add(order.most)
      }
    }
    guard sure.count > 0 || taken != nil else { return Bounds(lower: 0, upper: nil) }
    return MeanBounds(
      before: (0, 0...0), sure: sure, maybeLower: maybeLower, maybeUpper: maybeUpper, open: (0, 0), unknown: 0,
      taken: taken.map { $0 - sure.count }
    ).bounds
  }
}
