/// The simulated system's own clock, which may be fast or slow.
struct SimulatedClock: Sendable {
  /// By which part it runs fast; negative: slow.
  let rate: Double

  /// How long it took from one of its stamps to another, in nanoseconds.
  func time(from: Instant, to: Instant) -> Int64 { stamp(to) - stamp(from) }

  private func stamp(_ instant: Instant) -> Int64 {
    rate == 0 ? instant.nanoseconds : instant.nanoseconds + Int64(rate * Double(instant.nanoseconds))
  }
}
