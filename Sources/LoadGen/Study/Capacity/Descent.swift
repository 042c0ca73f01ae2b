import LoadRun

/// How a target comes down from an overload to a rate that it holds: whether it holds there, too (hysteresis), and how long it takes to recover.
package struct Descent: Sendable, Equatable {
  /// How long the overload is measured, in seconds; it began with the warm-up.
  static let overload = 15.0
  /// How long the rate that is held is kept up afterwards, in seconds.
  static let seconds = 45.0
  /// How many times as much as a broken rate an overload is.
  static let excess = 1.5
  /// How sure the goals are to be once the target has recovered.
  private static let confidence = 0.99

  /// Orders per second, first and then.
  package let from: Double
  package let to: Double
  /// How long it took, in seconds, until no more orders were outstanding than while the rate was held before, to a block; `nil` where that
  /// had not come when the trial ended.
  package let recovery: Double?
  /// Whether the goals hold from then on: undecided where it is too little time to tell, or there is none.
  package let word: RateBook.Word
  /// Orders that were completed per second during the overload, at least; `nil` where they did not pile up.
  let completed: Double?

  /// - Parameter to: the rate that is held.
  init(_ summary: Summary, from: Double, to: RateBook, goals: [CapacityGoal]) {
    let began = summary.run.warmEnds
    let ended = began + Self.overload
    let overload = SteadyBlocks(summary, from: began, to: ended)
    completed = BacklogTrend(overload).grows ? overload.mean(\.completedLatest) : nil
    let recovered = SteadyBlocks(summary, from: ended).firstEnd(outstanding: to.mostOutstanding)
    self.from = from
    self.to = to.rate
    recovery = recovered.map { $0 - ended }
    let words = goals.compactMap { goal in
      recovered.flatMap {
        PercentileEvidence(goal.rule, summary, from: $0)?.judge(confidence: 1 - (1 - Self.confidence) / Double(goals.count)).word
      }
    }
    word = words.contains(.fails) ? .upper : words.isEmpty || words.contains(.undecided) ? .undecided : .lower
  }
}
