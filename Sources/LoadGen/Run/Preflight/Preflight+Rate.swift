extension Preflight {
  /// The highest rate at which one event loop was ever measured to send orders, per second: creates alone, on a core of its own, to a
  /// target on the same machine that answers at once (`Benchmarks/results.md`).
  static let highestMeasuredRate = 63_967.0

  /// - Parameter rate: the highest rate at which orders are due, per second; `nil` where there is none.
  /// - Returns: a warning where the rate exceeds what was ever measured.
  static func rateWarning(_ rate: Double?, eventLoops: Int) -> String? {
    guard let rate, rate > highestMeasuredRate * Double(eventLoops) else { return nil }
    let share = eventLoops == 1 ? "" : ", \(Figure.rate(rate / Double(eventLoops))) for each of \(eventLoops) event loops"
    return "a rate of \(Figure.rate(rate))\(share) is more than one event loop was ever measured to send, "
      + "\(Figure.rate(highestMeasuredRate)): what cannot be sent in time is late, and what is due beyond --max-outstanding is not sent"
  }
}
