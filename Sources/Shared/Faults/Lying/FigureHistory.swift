/// What the tallies were, and when, as far back as a fault looks. Times are since any instant that is the same for all. A pure value.
public struct FigureHistory: Sendable {
  /// How far back is looked at most.
  private let length: Duration
  /// By rising time; each holds until the next.
  private var samples: [(time: Duration, tallies: Tallies)]

  /// - Parameter tallies: what holds from the beginning on, and before it.
  public init(_ tallies: Tallies, at time: Duration, length: Duration) {
    self.length = length
    samples = [(time, tallies)]
  }

  public mutating func add(_ tallies: Tallies, at time: Duration) {
    guard samples.last?.tallies != tallies else { return }
    samples.append((time, tallies))
    // The last sample before what is looked at holds at its beginning.
    let begin = time - length
    if let kept = samples.lastIndex(where: { $0.time <= begin }), kept > 1_000 || kept > samples.count / 2 { samples.removeFirst(kept) }
  }

  /// What held at that time.
  public func tallies(at time: Duration) -> Tallies {
    (samples.last { $0.time <= time } ?? samples[0]).tallies
  }
}
