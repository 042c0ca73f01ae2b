/// The simulated system's own clock, which may be fast or slow, and rounds its timestamps.
struct SimulatedClock: Sendable {
  /// The fraction by which it is fast; negative: slow.
  let rate: Double
  /// What timestamps are rounded down to, in nanoseconds.
  let granularity: Int64
  /// How much earlier than visible an order's end is stamped, in nanoseconds.
  let lead: Int64

  /// The time between two of its timestamps, in nanoseconds.
  func time(from: Instant, to: Instant) -> Int64 { stamp(to) - stamp(from) }

  /// The time until an order ended, by its timestamps, in nanoseconds.
  func time(from: Instant, toEnd end: Instant) -> Int64 { time(from: from, to: max(from, end + -lead)) }

  private func stamp(_ instant: Instant) -> Int64 {
    let read = rate == 0 ? instant.nanoseconds : instant.nanoseconds + Int64(rate * Double(instant.nanoseconds))
    return granularity <= 1 ? read : read / granularity * granularity
  }
}
