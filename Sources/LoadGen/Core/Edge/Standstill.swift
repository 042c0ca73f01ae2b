/// When a loop counts as having stood still, so that what went wrong meanwhile may be its own fault.
enum Standstill {
  /// The least lateness of a loop that counts, in nanoseconds. Anything shorter happens to every program on every machine and decides
  /// nothing.
  static let least: Int64 = 10_000_000
}
