/// What figures are reckoned from: tallies, and a total that need not be their sum.
public struct FigureBasis: Sendable, Equatable {
  public var tallies: Tallies
  public var total: Int64

  public init(_ tallies: Tallies) {
    self.tallies = tallies
    total = tallies.total
  }

  /// Orders, or seconds; `nil` for an average over no order, for a histogram, which is no single number, and for a quantile, which tallies do not tell.
  public func value(_ quantity: Dialect.Quantity, meanServiceTime: Duration) -> Double? {
    switch quantity {
    case .total: Double(total)
    case .count(let status): Double(tallies[status])
    case .counts(let statuses): Double(statuses.reduce(0) { $0 + tallies[$1] })
    case .average(let span): tallies.average(span)
    case .estimate: Self.estimate(meanServiceTime.seconds, open: tallies.open)
    case .histogram, .quantile: nil
    }
  }

  /// Mean service time × open orders, in seconds. Multiplied as whole nanoseconds, so that whole seconds stay whole.
  /// - Parameter meanServiceTime: in seconds.
  public static func estimate(_ meanServiceTime: Double, open: Int64) -> Double {
    (meanServiceTime * 1e9).rounded() * Double(open) / 1e9
  }

  /// What one of several processes counts, if each order is counted by the next of them: all parts together are the whole.
  public func part(_ index: Int, of count: Int) -> FigureBasis {
    let (index, count) = (Int64(index), Int64(count))
    func part(_ whole: Int64) -> Int64 { whole / count + (index < whole % count ? 1 : 0) }
    var own = Tallies()
    for status in OrderStatus.allCases { own[status] = part(tallies[status]) }
    // Its mean is that of all: the sums are shared as the completed orders are.
    let completed = Double(tallies[.completed])
    let share = completed > 0 ? Double(own[.completed]) / completed : 0
    for span in Dialect.Quantity.Span.allCases {
      own[times: span].sum = Int64((Double(tallies[times: span].sum) * share).rounded())
      own[times: span].counts = tallies[times: span].counts.map(part)
    }
    return FigureBasis(own)
  }

  /// What has been counted since then, of what only ever grows. How many orders are pending or being processed is no such figure.
  public func since(_ then: Tallies) -> FigureBasis {
    var basis = self
    basis.total -= then.total
    for status in OrderStatus.allCases where status.hasEnded { basis.tallies[status] -= then[status] }
    for span in Dialect.Quantity.Span.allCases { basis.tallies[times: span] = tallies[times: span] - then[times: span] }
    return basis
  }

  /// The mean over the orders that were completed since then, in seconds; `nil` where there are none.
  public func average(_ span: Dialect.Quantity.Span, since then: Tallies) -> Double? {
    since(then).tallies.average(span)
  }

  /// The mean, in seconds, where each order that has not ended counts as one of no time; `nil` where there are no orders.
  public func averageWithOpen(_ span: Dialect.Quantity.Span) -> Double? {
    let completed = tallies[.completed]
    let all = completed + tallies.open
    guard all > 0 else { return nil }
    return (tallies.average(span) ?? 0) * Double(completed) / Double(all)
  }
}
