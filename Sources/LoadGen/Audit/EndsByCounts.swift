import Shared

/// How long orders took on average, known from nothing but how many had ended at each reading: for a run whose orders are not followed.
///
/// The k-th order to end did so after the last reading with fewer than k had been sent, and before the first one with k was received. Which
/// order that was need not be known: the sum of all ends, less the sum of all creates, is the sum of all durations.
struct EndsByCounts: Sendable, Equatable {
  /// How many orders it is about: all that were accepted, those of the warm-up too.
  let orders: Int
  /// From created to ended, in seconds; `nil` where it cannot be told.
  let mean: ClosedRange<Double>?
  /// Why it cannot be told, as a clause; `nil` where it can.
  let obstacle: String?

  /// - Parameters:
  ///   - bounds: what the target said and what is known of its orders.
  ///   - windows: of the same readings, `sent` as early as their figures may be from.
  ///   - creates: all accepted orders of the run.
  /// - Returns: `nil` where there is no order, or where the target never says how many have ended.
  init?(_ bounds: ClaimBounds, at windows: [ScrapeWindow], _ creates: CreateTimes) {
    let ended = bounds.scrapes.last { !$0.claims.endedOnce.isEmpty }?.claims.endedOnce ?? []
    guard creates.count > 0, !ended.isEmpty else { return nil }
    orders = creates.count
    do throws(Obstacle) {
      mean = try Self.mean(bounds, at: windows, creates, ended: ended)
      obstacle = nil
    } catch {
      mean = nil
      obstacle = error.clause
    }
  }

  private struct Obstacle: Error { let clause: String }

  /// - Parameter ended: the figures that together count all orders that have ended, each once.
  private static func mean(
    _ bounds: ClaimBounds, at windows: [ScrapeWindow], _ creates: CreateTimes, ended: [Dialect.Quantity]
  ) throws(Obstacle) -> ClosedRange<Double> {
    let before = bounds.base.flatMap { base in
      ended.reduce(ClosedRange?.some(.none)) { sum, quantity in base.count(quantity).flatMap { count in sum.map { $0 + count } } }
    }
    guard let base = bounds.base, let unfinished = base.unfinished, let before, before.lowerBound == before.upperBound else {
      throw Obstacle(clause: "what there was before the first order is not known")
    }
    guard bounds.assumptions.final else { throw Obstacle(clause: "orders may change after their end (final: false)") }
    guard bounds.others.last == 0 else { throw Obstacle(clause: "others may have sent orders, too") }
    guard let last = bounds.total.last, last.lower == creates.count, last.upper == creates.count else {
      throw Obstacle(clause: "it is not known how many orders there are: not all creates were answered, or other requests made orders")
    }
    var ends: [(earliest: Instant, latest: Instant)] = []
    let awaited = creates.count + unfinished
    var earliest = windows[base.index].sent
    for index in bounds.scrapes.indices.dropFirst(base.index + 1) {
      let claims = ended.compactMap { bounds.scrapes[index].claims[$0]?.orders.lowerBound }
      guard claims.count == ended.count else { continue }
      let count = ClaimBounds.number(claims.reduce(0, +) - before.lowerBound)
      guard count <= awaited else { throw Obstacle(clause: "more orders ended than there were") }
      while ends.count < count { ends.append((earliest, windows[index].received)) }
      earliest = windows[index].sent
    }
    guard ends.count == awaited else {
      throw Obstacle(clause: "\(ends.count) of \(awaited) orders had ended at the last reading")
    }
    // Those from before may be any of them: ours ended no earlier than the first ends, and no later than the last.
    let lower = ends.prefix(creates.count).reduce(Int128(0)) { $0 + Int128($1.earliest - Instant(0)) } - creates.received
    let upper = ends.suffix(creates.count).reduce(Int128(0)) { $0 + Int128($1.latest - Instant(0)) } - creates.sent
    let scale = 1e9 * Double(creates.count)
    let least = max(0, Double(lower) / scale)
    return least...max(least, Double(upper) / scale)
  }
}
