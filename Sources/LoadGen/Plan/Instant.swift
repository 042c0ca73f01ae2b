/// Monotonic nanoseconds since the run began.
package struct Instant: Comparable, Hashable, Sendable {
  var nanoseconds: Int64

  init(_ nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Later than anything that happens. Stands for the upper end of what has not been seen to happen.
  static let never = Instant(.max)

  package static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The nanoseconds from `earlier` to `later`; negative if they are the other way round.
  static func - (later: Instant, earlier: Instant) -> Int64 { later.nanoseconds &- earlier.nanoseconds }

  /// The instant this many nanoseconds later (earlier if negative), `never` on overflow.
  static func + (instant: Instant, nanoseconds: Int64) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(nanoseconds)
    return overflow ? .never : Instant(sum)
  }

  /// Seconds since the run began, as reports write them.
  package var seconds: Double { Double(nanoseconds) / 1e9 }
}
