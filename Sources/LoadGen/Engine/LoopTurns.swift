/// The turns of a loop: how much later than its arrival something may have been stamped that the loop comes to only now.
struct LoopTurns {
  /// How often the loop wakes up for no other reason than to see how late it is, in nanoseconds. A loop that was kept from running for
  /// longer than this knows of it, but for as much.
  private static let beat = Standstill.least

  private var began = Instant(0)
  private var ended = Instant(0)
  /// How much later than it could have the turn began, in nanoseconds.
  private var late: Int64 = 0
  /// How long the last turn took, in nanoseconds: what came in it waited for its end.
  private var last: Int64 = 0
  /// When the loop is to wake up at the latest; `never` before it beats.
  private(set) var beatDue = Instant.never

  mutating func startBeating(_ now: Instant) { beatDue = now + Self.beat }

  /// - Parameter due: when the loop was to wake up, whether or not anything came. One that is late was kept from everything else for as long;
  ///   what was due before the last turn's end was late for that turn's sake.
  mutating func begin(_ now: Instant, due: Instant) {
    began = now
    late = max(0, now - max(due, ended))
    if beatDue <= now { beatDue = now + Self.beat }
  }

  mutating func end(_ now: Instant) {
    last = now - began
    ended = now
  }

  /// For how long, at most, what this turn comes to has waited, in nanoseconds, where that is long enough to be told; else `nil`.
  var standstill: Int64? { late + last >= Standstill.least ? late + last : nil }

  /// By how much, at most, the receipt of what was read last may have been stamped too late, in nanoseconds.
  func lag(at instant: Instant) -> Int64 { instant - began + late + last }
}
