/// The simulated system's own clock, which may be fast or slow, and the stamps that it gives.
struct SimulatedClock: Sendable {
  /// By which part it runs fast; negative: slow.
  let rate: Double
  /// What a stamp is rounded down to, in nanoseconds.
  let granularity: Int64

  /// How long it took from one of its stamps to another, in nanoseconds.
  func time(from: Instant, to: Instant) -> Int64 { stamp(to) - stamp(from) }

  private func stamp(_ instant: Instant) -> Int64 {
    let read = rate == 0 ? instant.nanoseconds : instant.nanoseconds + Int64(rate * Double(instant.nanoseconds))
    return granularity <= 1 ? read : read / granularity * granularity
  }
}
