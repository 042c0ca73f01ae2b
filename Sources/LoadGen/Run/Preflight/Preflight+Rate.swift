extension Preflight {
  /// The most orders that one event loop was ever measured to send, per second: creates alone, on a core of its own, answered at once by a
  /// target on the same machine (`Benchmarks/results.md`).
  static let highestMeasuredRate = 63_967.0

  /// - Parameter rate: at which orders are due at most, per second; `nil` where none is given.
  /// - Returns: a warning where it is more than was ever measured.
  static func rateWarning(_ rate: Double?, eventLoops: Int) -> String? {
    guard let rate, rate > highestMeasuredRate * Double(eventLoops) else { return nil }
    let share = eventLoops == 1 ? "" : ", \(Figure.rate(rate / Double(eventLoops))) for each of \(eventLoops) event loops"
    return "a rate of \(Figure.rate(rate))\(share) is more than one event loop was ever measured to send, "
      + "\(Figure.rate(highestMeasuredRate)): what cannot be sent in time is late, and what is due beyond --max-outstanding is not sent"
  }
}
