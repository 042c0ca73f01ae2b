import Shared

/// Defects of numbers of orders.
extension CauseSearch {
  /// Those without a number that would have to be chosen.
  func counted() -> [Supposition] {
    countedTwice() + countedAs() + refusedCounted() + swapped(metrics.figures.filter { $0.quantity.status != nil })
  }

  /// Each two of some figures, that stand where the other one should.
  func swapped(_ figures: [Dialect.Figure]) -> [Supposition] {
    figures.indices.flatMap { place in
      figures[(place + 1)...].map { [figures[place], $0] }
    }.filter { pair in pair.contains { suspects.contains($0) } && pair.allSatisfy(isEverMore) }.flatMap { pair in
      starts(pair).map { fromTheStart in
        var supposed = run
        for index in run.scrapes.indices where index > 0 || fromTheStart {
          let claims = run.scrapes[index].claims
          supposed.scrapes[index].claims[pair[0].quantity] = claims[pair[1].quantity]
          supposed.scrapes[index].claims[pair[1].quantity] = claims[pair[0].quantity]
        }
        let cause = Cause(kind: .swapped, figures: Self.names(pair), words: "\(Self.list(pair)) are swapped")
        return Supposition(cause: cause, runs: [supposed], tested: Self.names(pair.filter { suspects.contains($0) }))
      }
    }
  }

  private func countedTwice() -> [Supposition] {
    let counts = metrics.figures.filter { !$0.quantity.isDuration }
    let scopes = suspectedCounts.map { [$0] } + [counts]
    return scopes.flatMap { figures in
      starts(figures).compactMap { fromTheStart in
        run.supposing(figures, fromTheStart: fromTheStart) { _, _, printed in (printed.lowerBound / 2, printed.upperBound / 2) }.map {
          let isAll = figures.count == counts.count && figures.count > 1
          return Supposition(
            cause: Cause(
              kind: .countedTwice, figures: isAll ? [] : Self.names(figures),
              words: isAll ? "every order is counted twice" : "each order is counted twice in \(Self.list(figures))"),
            runs: [$0], tested: Self.names(figures.filter { suspects.contains($0) }))
        }
      }
    }
  }

  /// Whether a figure is more than 0 in a reading. Of one that is not, all may as well be counted elsewhere.
  private func isEverMore(_ figure: Dialect.Figure) -> Bool {
    run.scrapes.contains { $0.claims[figure.quantity].map { $0.value > 0 } ?? false }
  }

  /// Of each two statuses: all orders at the one are counted under the other instead, or under both.
  private func countedAs() -> [Supposition] {
    let counts = metrics.figures.compactMap { figure in figure.quantity.status.map { (figure, $0) } }
    return counts.flatMap { figure, status in
      counts.flatMap { other, otherStatus -> [Supposition] in
        guard otherStatus != status, suspects.contains(where: { $0 == figure || $0 == other }) else { return [] }
        let cause = Cause(
          kind: .countedAs, figures: [figure, other].map(\.name),
          words: "orders that stand at \(status.rawValue) are counted as \(otherStatus.rawValue)")
        return [counted(figure, status, as: other, otherStatus, cause), countedTooAs(figure, other, cause)].compactMap(\.self)
      }
    }
  }

  private func counted(
    _ figure: Dialect.Figure, _ status: OrderStatus, as other: Dialect.Figure, _ otherStatus: OrderStatus, _ cause: Cause
  ) -> Supposition? {
    guard readings.allSatisfy({ run.scrapes[$0].claims[figure.quantity].map { $0.value == 0 } ?? true }) else { return nil }
    // They still add up.
    let sums = AuditCheck.sums.subtracting(!status.hasEnded && !otherStatus.hasEnded ? [] : [AuditCheck.unfinished])
    guard !sums.contains(where: isContradicted) else { return nil }
    var rest = run
    rest.metrics?.figures.removeAll { $0 == figure || $0 == other }
    var both = run.with(only: [other])
    both.countedAs = (status, otherStatus)
    if let one = run.scrapes[0].claims[figure.quantity], let two = run.scrapes[0].claims[other.quantity],
      let sum = Claim(sum: one.orders.lowerBound + two.orders.lowerBound)
    {
      both.scrapes[0].claims[other.quantity] = sum
    }
    return Supposition(
      cause: cause, runs: [both, rest], tested: [other.name],
      broken: checks(of: [figure, other]).subtracting([other.name]))
  }

  private func countedTooAs(_ figure: Dialect.Figure, _ other: Dialect.Figure, _ cause: Cause) -> Supposition? {
    let supposed = run.supposing([other]) { index, _, printed in
      guard let also = run.scrapes[index].claims[figure.quantity]?.orders.doubles else { return nil }
      return (printed.lowerBound - also.upperBound, printed.upperBound - also.lowerBound)
    }
    let words = "\(cause.words), too"
    return supposed.map {
      Supposition(
        cause: Cause(kind: .countedAs, figures: cause.figures, words: words), runs: [$0], tested: [other.name])
    }
  }

  private func refusedCounted() -> [Supposition] {
    let refused = evidence.orders.filter { $0.outcome == .rejected }
    guard !refused.isEmpty else { return [] }
    let sent = refused.map(\.createSent).sorted()
    let answered = refused.map(\.createReceived).sorted()
    let scopes = suspectedCounts.filter { $0.quantity.status?.hasEnded ?? true }
    return (scopes.map { [$0] } + (scopes.count > 1 ? [scopes] : [])).compactMap { figures in
      let supposed = run.supposing(figures) { index, _, printed in
        let window = run.scrapes[index].window
        let must = answered.partitioningIndex { $0 > window.sent }
        let may = sent.partitioningIndex { $0 >= window.received }
        return (printed.lowerBound - Double(may), printed.upperBound - Double(must))
      }
      return supposed.map {
        Supposition(
          cause: Cause(
            kind: .refusedCounted, figures: Self.names(figures), words: "creates that were refused are counted in \(Self.list(figures))"),
          runs: [$0], tested: Self.names(figures))
      }
    }
  }

  // MARK: With a number that has to be chosen

  /// Figures that are the same in every reading.
  func constant() -> [Supposition] {
    (suspects.map { [$0] } + suspectedAverages.filter { $0.count > 1 }).compactMap { figures in
      let answers = readings.map { run.scrapes[$0].claims }.filter { !$0.isEmpty }
      let texts = figures.map { figure in answers.compactMap { $0[figure.quantity]?.text } }
      let areConstant = texts.allSatisfy { all in
        all.count > 2 && all.count == answers.count && all.allSatisfy { $0.hasSameBytes(as: all[0]) }
      }
      guard areConstant else { return nil }
      let values = zip(figures, texts).compactMap { figure, texts in texts.first.map { "\(figure.name) is always \($0)" } }
      let wereSo = zip(figures, texts).allSatisfy { figure, texts in
        run.scrapes[0].claims[figure.quantity].map { $0.text.hasSameBytes(as: texts.first ?? "") } ?? true
      }
      return Supposition(
        cause: Cause(
          kind: .fixed, figures: Self.names(figures),
          words: "\(values.joined(separator: " and ")), whatever happens\(wereSo ? "" : ", but for the first reading")"),
        runs: [run.without(figures)], broken: checks(of: figures))
    }
  }

  /// Averages that are the same in five readings and more, to the last digit, although orders surely took different times: no average of
  /// them is, unless it was made a whole number.
  func surelyConstant() -> [Supposition] {
    let averages = Set(Self.names(metrics.figures.filter(\.quantity.isAverage)))
    guard readings.count >= 5, averages.isSuperset(of: Self.names(suspects)), evidence.tookDifferentTimes else { return [] }
    let isWhole = suspects.allSatisfy { figure in samples(figure).allSatisfy { $0.value == $0.value.rounded() } }
    return isWhole ? [] : constant()
  }

  /// Counts that are off by a number, or by a share of themselves.
  func numbers() -> [Supposition] {
    suspectedCounts.flatMap { figure in [offset(figure), scaled([figure])].compactMap(\.self) }
  }

  private func offset(_ figure: Dialect.Figure) -> Supposition? {
    var (least, most) = (-Double.infinity, Double.infinity)
    for sample in samples(figure) {
      let bounds = sample.absoluteBounds
      least = max(least, bounds.lower - sample.range.upperBound)
      // A number that would be less than 0 may be told as 0.
      if sample.range.lowerBound > 0 { most = min(most, (bounds.upper ?? .infinity) - sample.range.lowerBound) }
    }
    guard least <= most, least > -1e9, least < 1e9, samples(figure).contains(where: { $0.range.lowerBound > 0 }) else { return nil }
    // Of the numbers that its own check allows, the nearest to none at all. Others, such as that of the sum, may allow fewer.
    let nearest = min(max(0, least), most)
    let tried = (0..<4).flatMap { [nearest + Double($0), nearest - Double($0)] }.filter { least <= $0 && $0 <= most && $0 != 0 }
    let held = tried.lazy.compactMap { missing -> Supposition? in
      let supposed = run.supposing([figure]) { _, _, printed in
        (missing > 0 && printed.lowerBound == 0 ? 0 : printed.lowerBound + missing, printed.upperBound + missing)
      }
      let words = "\(figure.name) is always \(Int(abs(missing))) too \(missing > 0 ? "low" : "high")"
      return supposed.map {
        Supposition(cause: Cause(kind: .offset, figures: Self.names([figure]), words: words), runs: [$0])
      }
    }
    return held.first(where: holds)
  }

  /// Figures that are a share of what they should be, or a multiple.
  func scaled(_ figures: [Dialect.Figure]) -> Supposition? {
    var (least, most) = (0.0, Double.infinity)
    for sample in figures.flatMap(samples) {
      let bounds = sample.absoluteBounds
      // A number of orders was rounded to the nearest after it was multiplied.
      let rounding = figures.allSatisfy(\.quantity.isDuration) ? 0.0 : 0.5
      if let upper = bounds.upper, upper > 0 { least = max(least, (sample.range.lowerBound - rounding) / upper) }
      if bounds.lower > 0 { most = min(most, (sample.range.upperBound + rounding) / bounds.lower) }
    }
    // What is always 0 is a share of everything.
    guard figures.flatMap(samples).contains(where: { $0.range.lowerBound > 0 }) else { return nil }
    guard least < most, most.isFinite || least > 0, !(least...most).contains(1) else { return nil }
    let supposed = run.supposing(figures) { _, figure, printed in
      let rounding = figure.quantity.isDuration ? 0.0 : 0.5
      return (max(0, printed.lowerBound - rounding) / most, least > 0 ? (printed.upperBound + rounding) / least : 1e30)
    }
    let (low, high) = (Self.percent(least), most.isFinite ? Self.percent(most) : "more")
    let words =
      "\(Self.list(figures)) \(figures.isOrAre) \(low == high ? low : "\(low) to \(high)") of what \(figures.count > 1 ? "they" : "it") should be"
    return supposed.map {
      Supposition(
        cause: Cause(kind: .scaled, figures: Self.names(figures), words: words), runs: [$0], tested: Self.names(figures),
        isTelling: most <= 1.5 * least)
    }
  }

  private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10)%" }

  /// Whether a defect may be in the reading from before the first order, too. Where that has nothing but zeros it makes no difference.
  func starts(_ figures: [Dialect.Figure]) -> [Bool] {
    figures.contains { run.scrapes[0].claims[$0.quantity].map { $0.value != 0 } ?? false } ? [false, true] : [false]
  }
}

extension Dialect.Quantity {
  /// The status whose orders it is the number of.
  var status: OrderStatus? { if case .count(let status) = self { status } else { nil } }
}
