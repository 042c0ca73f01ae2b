import Shared

extension AuditedRun {
  /// The run as it would be if some figures stood for something else than what was printed.
  /// - Parameters:
  ///   - fromTheStart: whether that holds of the reading from before the first order, too.
  ///   - meaning: the least and the most that a claim stands for, given the values that it could stand for as printed: orders, or seconds.
  ///     `nil` where it can stand for nothing, so that the supposition is wrong; so it is, too, where the least is more than the most, as of
  ///     a number below 0.
  /// - Returns: `nil` if a claim stands for nothing that can be.
  func supposing(
    _ figures: [Dialect.Figure], fromTheStart: Bool = false,
    _ meaning: (_ index: Int, _ figure: Dialect.Figure, _ printed: ClosedRange<Double>) -> (least: Double, most: Double)?
  ) -> AuditedRun? {
    var supposed = self
    for figure in figures {
      let precision = PrintedPrecision(scrapes.lazy.compactMap { $0.claims[figure.quantity] })
      for index in scrapes.indices where index > 0 || fromTheStart {
        guard let claim = scrapes[index].claims[figure.quantity] else { continue }
        let printed = figure.quantity.isDuration ? precision.range(of: claim, figure.printing) : claim.orders.doubles
        guard let (least, most) = printed.flatMap({ meaning(index, figure, $0) }), least <= most, most >= 0 else { return nil }
        let range = least...most
        if !figure.quantity.isDuration, range.lowerBound.rounded(.up) > range.upperBound.rounded(.down) { return nil }
        supposed.scrapes[index].claims[figure.quantity] = claim.standing(for: range)
      }
    }
    return supposed
  }

  /// The run as it would be if some figures had been told before the first order alone.
  func without(_ figures: [Dialect.Figure]) -> AuditedRun {
    var without = self
    for index in scrapes.indices.dropFirst() {
      for figure in figures { without.scrapes[index].claims.ignore(figure.quantity) }
    }
    // How many orders others sent is then not known from the total any more; a supposition must hold without them.
    if figures.contains(where: { $0.quantity == .total }), exclusivity == .inferred { without.exclusivity = .declared }
    return without
  }

  /// The run as it would be if the target told these figures alone.
  func with(only figures: [Dialect.Figure]) -> AuditedRun {
    var only = self
    only.others = []
    only.metrics?.figures = figures
    return only
  }
}

extension ClosedRange<Claim.Orders> {
  /// `nil` where a `Double` cannot hold them exactly.
  var doubles: ClosedRange<Double>? {
    Swift.max(lowerBound.magnitude, upperBound.magnitude) <= 1 << 52 ? lowerBound.double...upperBound.double : nil
  }
}
