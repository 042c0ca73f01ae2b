import Shared

extension ClaimBounds {
  /// Compares each claimed mean duration with what a sample of the orders says, at readings by which all of them had surely completed, and
  /// no others. `nil` where there is no sample.
  /// - Parameter average: the figure's check by all orders, whose bounds hold as well.
  func sampleCheck(_ figure: Dialect.Figure, _ span: Dialect.Quantity.Span, _ average: AuditCheck) -> AuditCheck? {
    guard let sample else { return nil }
    var check = AuditCheck(
      name: "\(figure.name)\(AuditCheck.bySample)",
      meaning: "mean \(span.rawValue) time of the completed orders, by the \(sample.sampled) of \(sample.completed) that were polled often",
      unit: .seconds)
    check.isOfSample = true
    check.vacuity = "at no reading had every order surely completed, and nobody else's"
    let rests = span == .completion ? sample.completion : sample.processing
    guard assumptions.final, assumptions.readYourWrites, let mean = sample.mean(rests) else { return check }
    guard base?.unfinished == 0, base?.count(.completed) == 0...0 else {
      check.vacuity = "there were orders before the run, or may have been, which are a part of the mean and no part of the sample"
      return check
    }
    let (slack, lead) = (assumptions.granularity.seconds, assumptions.stampLead.seconds)
    let precision = precision(of: figure)
    forEachScrape(figure) { index, scrape, claim in
      let completed = byStatus[.completed][index]
      guard isAfterBase(index), others[index] == 0, completed.lower == sample.completed, completed.upper == sample.completed,
        let known = average.samples.first(where: { $0.at == scrape.window.received })?.bounds
      else { return }
      let lower = max(known.lower, mean.lower / 1e9 * (1 - assumptions.clockRate) - slack - lead)
      let upper = [known.upper, mean.upper.map { $0 / 1e9 * (1 + assumptions.clockRate) + slack }].compactMap(\.self).min()
      guard lower > known.lower || upper != known.upper else {
        check.vacuity = "the \(sample.sampled) orders of the sample tell no more than the polls of all \(sample.completed) do"
        return
      }
      check.add(
        AuditCheck.Sample(
          at: scrape.window.received, claim: claim, range: precision.range(of: claim, figure.printing),
          bounds: Bounds(lower: lower, upper: upper)))
    }
    return check
  }
}
