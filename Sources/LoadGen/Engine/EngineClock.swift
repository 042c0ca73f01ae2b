import CPolling

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The monotonic clock of a run: nanoseconds since it was created.
package struct EngineClock: Sendable {
  private let zero: Int64
  /// Nanoseconds from the epoch to instant 0: only for times that are shown to people, never for a duration.
  package let epochAtZero: Int64

  /// - Parameter epochNow: the time of day, in nanoseconds since the epoch.
  package init(epochNow: Int64) {
    zero = Self.monotonic()
    epochAtZero = epochNow
  }

  /// Reads the clock itself, never a value that was cached for a turn of the loop.
  func now() -> Instant { Instant(Self.monotonic() - zero) }

  private static func monotonic() -> Int64 { clock_nanoseconds(CLOCK_MONOTONIC) }
}
