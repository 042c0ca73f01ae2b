import Shared

/// The stages of a summary, made from a ledger.
extension Summary.Stage {
  /// Empty where the load never began.
  static func list(_ ledger: Ledger, _ stages: [RateStages.Stage]) -> [Summary.Stage] {
    guard let began = ledger.load.began else { return [] }
    return zip(stages, ledger.stages.books).enumerated().map { place, pair in
      let (stage, book) = pair
      let measured = Summary.Measured(book)
      return Summary.Stage(
        stage: place + 1, rate: stage.description, begins: Double(ledger.stages.span(place, since: began).begin - began) / 1e9,
        window: ledger.stageSeconds(place), orders: Summary.Orders(book.counts), rates: ledger.stageRates(place), latency: measured.latency,
        intervals: measured.intervals, histograms: measured.histograms)
    }
  }
}

extension Ledger {
  /// The part of a stage that lies in the load window, in seconds.
  fileprivate func stageSeconds(_ place: Int) -> Double {
    guard let began = load.began else { return 0 }
    let span = stages.span(place, since: began)
    return load.seconds(from: span.begin, to: span.end)
  }

  fileprivate func stageRates(_ place: Int) -> Summary.StageRates {
    let (book, window) = (stages.books[place], stageSeconds(place))
    func rate(_ count: Int) -> Double? { window > 0 ? Double(count) / window : nil }
    return Summary.StageRates(
      offered: rate(book.due), accepted: rate(book.tally.accepted), completed: rate(book.tally.completed), polls: rate(book.tally.polls),
      requests: rate(book.tally.requests))
  }
}

extension ThresholdFigures {
  /// - Parameter stage: counted from 1; must exist.
  init(_ ledger: Ledger, stage: Int) { self.init(ledger, stage, Summary.Measured(ledger.stages.books[stage - 1])) }

  /// The same, with our own lag subtracted.
  init(withoutLag ledger: Ledger, stage: Int) { self.init(ledger, stage, Summary.Measured(withoutLag: ledger.stages.books[stage - 1])) }

  private init(_ ledger: Ledger, _ stage: Int, _ measured: Summary.Measured) {
    let rates = ledger.stageRates(stage - 1)
    self.init(
      orders: Summary.Orders(ledger.stages.books[stage - 1].counts), measured: measured,
      rates: Summary.Rates(
        offered: rates.offered, accepted: rates.accepted, completed: rates.completed, polls: rates.polls, requests: rates.requests,
        completedWholeRun: nil, pollsWholeRun: nil),
      polls: PollCalls(), readings: 0)
  }
}
