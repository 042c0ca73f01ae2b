import NIOCore

/// The monotonic clock of a run: nanoseconds since it was made.
struct EngineClock: Sendable {
  private let zero: NIODeadline
  /// The epoch's nanoseconds at instant 0: for what is shown to people, never for a duration.
  let epochAtZero: Int64

  init(epochNow: Int64) {
    zero = .now()
    epochAtZero = epochNow
  }

  /// Reads the clock, now: never a value that was cached for a turn of the loop.
  func now() -> Instant { Instant((NIODeadline.now() - zero).nanoseconds) }

  func deadline(_ instant: Instant) -> NIODeadline {
    zero + .nanoseconds(min(instant.nanoseconds, .max / 4))
  }
}
