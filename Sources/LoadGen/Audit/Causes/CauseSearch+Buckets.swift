import Shared

/// Defects of histograms.
extension CauseSearch {
  func bucketed() -> [Supposition] {
    let suspected = metrics.figures.filter { figure in
      if case .histogram = figure.quantity { isContradicted(figure.name) } else { false }
    }
    return suspected.compactMap(oneBucket) + suspected.map { shiftedBuckets([$0]) }
      + (suspected.count > 1 ? [shiftedBuckets(suspected)] : [])
  }

  /// Each bucket has the number of the one below it.
  private func shiftedBuckets(_ figures: [Dialect.Figure]) -> Supposition {
    var supposed = run
    for index in run.scrapes.indices {
      for figure in figures {
        guard let told = run.scrapes[index].claims.buckets[figure.quantity], let last = told.last else { continue }
        // The number of the last one below infinity stands nowhere.
        var right = zip(told.dropLast(2), told.dropFirst()).map { Claims.Bucket(limit: $0.limit, text: $0.text, count: $1.count) }
        right.append(last)
        supposed.scrapes[index].claims.set(figure.quantity, right)
      }
    }
    let names = figures.compactMap(\.series.first?.name).joined(separator: " and ")
    return Supposition(
      cause: Cause(
        kind: .bucketsShifted, figures: Self.names(figures), words: "each bucket of \(names) has the number of the one below it"),
      runs: [supposed], tested: Self.names(figures), broken: Set(figures.map { "\($0.name) by limit" }))
  }

  /// One bucket is always off by the same number, from the first reading on that shows it.
  private func oneBucket(_ figure: Dialect.Figure) -> Supposition? {
    let samples = samples(figure)
    guard let subject = samples.first(where: \.isOutside)?.subject else { return nil }
    let own = samples.filter { $0.subject?.hasSameBytes(as: subject) ?? false }
    guard let first = own.first(where: \.isOutside), samples.allSatisfy({ !$0.isOutside || $0.subject?.hasSameBytes(as: subject) ?? false })
    else { return nil }
    var (least, most) = (-Double.infinity, Double.infinity)
    for sample in own where sample.at >= first.at {
      least = max(least, sample.bounds.upper.map { sample.range.lowerBound - $0 } ?? -.infinity)
      most = min(most, sample.range.upperBound - sample.bounds.lower)
    }
    guard least.isFinite, most.isFinite, least <= most, least > 0 || most < 0 else { return nil }
    var supposed = run
    for index in run.scrapes.indices where run.scrapes[index].window.received >= first.at {
      guard let told = run.scrapes[index].claims.buckets[figure.quantity] else { continue }
      supposed.scrapes[index].claims.set(
        figure.quantity,
        told.map { bucket in
          guard subject.hasSameBytes(as: figure.subject(of: bucket)), let number = bucket.count.orders.doubles else { return bucket }
          let range = max(0, number.lowerBound - most)...max(0, number.upperBound - least)
          return Claims.Bucket(limit: bucket.limit, text: bucket.text, count: bucket.count.standing(for: range))
        })
    }
    let (fewest, greatest) = (min(abs(least), abs(most)), max(abs(least), abs(most)))
    let number = fewest == greatest ? "\(Int(fewest))" : "\(Int(fewest)) to \(Int(greatest))"
    let cause = Cause(kind: .offset, figures: [figure.name], words: "\(subject) is told \(number) too \(least > 0 ? "many" : "few")")
    return Supposition(cause: cause, runs: [supposed], tested: [figure.name], broken: ["\(figure.name) by limit"])
  }
}

extension AuditedRun {
  /// The run as it would be if the limits of histograms stood for so many times as much.
  func scaling(_ figures: [Dialect.Figure], by factor: Double) -> AuditedRun {
    var scaled = self
    for case .average(let span) in figures.filter(\.isOfHistogram).map(\.quantity) {
      for index in scrapes.indices {
        guard let told = scrapes[index].claims.buckets[.histogram(span)] else { continue }
        scaled.scrapes[index].claims.set(
          .histogram(span), told.map { Claims.Bucket(limit: $0.limit * factor, text: $0.text, count: $0.count) })
      }
    }
    return scaled
  }
}
