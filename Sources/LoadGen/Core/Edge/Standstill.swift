/// When a loop counts as having stood still, so that what goes wrong meanwhile may be its own doing.
enum Standstill {
  /// A loop that is late by this much or more, in nanoseconds. What is less belongs to any program on any machine, and decides nothing.
  static let least: Int64 = 10_000_000
}
