import Shared

/// Defects of averages.
extension CauseSearch {
  /// The right average, told wrongly.
  func told() -> [Supposition] { unit() + wholeSeconds() }

  /// The average of something else. Little tells these apart from others that need a number to fit.
  func averaged() -> [Supposition] {
    otherSpan() + unfinishedAsZero() + (suspectedCounts.isEmpty ? swapped(metrics.figures.filter(\.quantity.isAverage)) : [])
  }

  private static let units: [(words: String, length: Duration)] = [
    ("nanoseconds", .nanoseconds(1)), ("microseconds", .microseconds(1)), ("milliseconds", .milliseconds(1)), ("seconds", .seconds(1)),
    ("minutes", .seconds(60)), ("hours", .seconds(3_600)),
  ]

  private func unit() -> [Supposition] {
    suspectedAverages.flatMap { figures in
      let holding = Self.units.flatMap { words, length -> [Supposition] in
        guard figures.allSatisfy({ $0.unit != length }), figures.contains(where: saysMuch) else { return [] }
        return starts(figures).compactMap { fromTheStart in
          let supposed = run.supposing(figures, fromTheStart: fromTheStart) { _, figure, printed in
            let factor = length.seconds / figure.unit.seconds
            return (printed.lowerBound * factor, printed.upperBound * factor)
          }
          return supposed.map {
            Supposition(
              cause: Cause(kind: .unit, figures: Self.names(figures), words: "\(Self.list(figures)) \(figures.isOrAre) told in \(words)"),
              runs: [$0.scaling(figures, by: length.seconds / (figures.first?.unit.seconds ?? 1))], tested: Self.names(figures))
          }
        }.filter(holds)
      }
      // What may be told in one unit as well as in another says nothing in either.
      let units = Set(holding.map { Array($0.cause.words.utf8) })
      return holding.map {
        var held = $0
        held.isTelling = units.count == 1
        return held
      }
    }
  }

  /// Whether a reading of a figure has more than rounding in it: in another unit, nothing may stand for much.
  private func saysMuch(_ figure: Dialect.Figure) -> Bool {
    samples(figure).contains { $0.range.lowerBound > 0 && $0.range.upperBound < 2 * $0.range.lowerBound }
  }

  private func wholeSeconds() -> [Supposition] {
    suspectedAverages.compactMap { figures in
      let supposed = run.supposing(figures) { index, figure, printed in
        guard let value = run.scrapes[index].claims[figure.quantity]?.value, value == value.rounded() else { return nil }
        return (max(0, value - 1), value + 1)
      }
      return supposed.map {
        Supposition(
          cause: Cause(
            kind: .wholeSeconds, figures: Self.names(figures), words: "\(Self.list(figures)) \(figures.isOrAre) told in whole seconds"),
          runs: [$0], tested: Self.names(figures))
      }
    }
  }

  /// The average of processing is one of completion, or the other way round.
  private func otherSpan() -> [Supposition] {
    suspectedAverages.filter { $0.count == 1 }.flatMap(\.self).compactMap { figure in
      guard case .average(let span) = figure.quantity, let completed = self.figure(.count(.completed)) else { return nil }
      let other: Dialect.Quantity.Span = span == .processing ? .completion : .processing
      guard areAlike(figure, self.figure(.average(other))) else { return nil }
      var relabelled = run
      var renamed = figure
      renamed.quantity = .average(other)
      for index in run.scrapes.indices { relabelled.scrapes[index].claims[.average(other)] = run.scrapes[index].claims[figure.quantity] }
      return Supposition(
        cause: Cause(
          kind: .otherSpan, figures: Self.names([figure]), words: "\(figure.name) is of \(other.words), and not of \(span.words)"),
        runs: [relabelled.with(only: [renamed, completed]), run.without([figure])], tested: Self.names([figure]))
    }
  }

  /// Whether two averages may be the same one in every answer that has both of one instant.
  private func areAlike(_ figure: Dialect.Figure, _ other: Dialect.Figure?) -> Bool {
    guard let other, run.assumptions.snapshot else { return true }
    let precisions = [figure, other].map { figure in PrintedPrecision(run.scrapes.lazy.compactMap { $0.claims[figure.quantity] }) }
    return readings.allSatisfy { index in
      let claims = run.scrapes[index].claims
      guard let one = claims[figure.quantity], let another = claims[other.quantity] else { return true }
      return precisions[0].range(of: one, figure.printing).overlaps(precisions[1].range(of: another, other.printing))
    }
  }

  private func unfinishedAsZero() -> [Supposition] {
    suspectedAverages.compactMap { figures in
      let supposed = run.supposing(figures) { index, _, printed in
        let claims = run.scrapes[index].claims
        guard let completed = claims[.count(.completed)]?.value, let pending = claims[.count(.pending)]?.value,
          let processing = claims[.count(.processing)]?.value
        else { return nil }
        guard completed > 0 else { return (printed.lowerBound, printed.upperBound) }
        let factor = (completed + pending + processing) / completed
        return (printed.lowerBound * factor, printed.upperBound * factor)
      }
      return supposed.map {
        Supposition(
          cause: Cause(
            kind: .unfinishedAsZero, figures: Self.names(figures),
            words: "\(Self.list(figures)) \(figures.isOrAre) over all orders, and those that have not ended count as 0"),
          runs: [$0], tested: Self.names(figures))
      }
    }
  }

  // MARK: With a number that has to be chosen

  /// Averages that are a share of what they should be, or a multiple.
  func scaledAverages() -> [Supposition] { suspectedAverages.compactMap(scaled) }

  /// Ends that are stamped before they can be seen.
  func lead() -> [Supposition] {
    guard let lead = Audit.explainingLead(checks) else { return [] }
    var supposed = run
    supposed.assumptions.stampLead = .nanoseconds(Int64((lead * 1e9).rounded(.up)))
    let names = Self.names(suspects)
    return [
      Supposition(
        cause: Cause(
          kind: .stampedEarly, figures: names,
          words: "ends are stamped \(supposed.assumptions.stampLead.rounded) before they can be seen, or more"),
        // Each check says so itself, with what to declare.
        runs: [supposed], tested: names, isTelling: false)
    ]
  }
}

extension Duration {
  /// To the millisecond, as `2.041s`.
  var rounded: String { "\((seconds * 1_000).rounded() / 1_000) s" }
}
