import CPolling

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The monotonic clock of a run: nanoseconds since it was made.
package struct EngineClock: Sendable {
  private let zero: Int64
  /// The epoch's nanoseconds at instant 0: for what is shown to people, never for a duration.
  package let epochAtZero: Int64

  package init(epochNow: Int64) {
    zero = Self.monotonic()
    epochAtZero = epochNow
  }

  /// Reads the clock, now: never a value that was cached for a turn of the loop.
  func now() -> Instant { Instant(Self.monotonic() - zero) }

  private static func monotonic() -> Int64 { clock_nanoseconds(CLOCK_MONOTONIC) }
}
