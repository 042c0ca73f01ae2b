/// The turns of a loop. They determine how much later than its arrival something may have been stamped because the loop got to it only now.
struct LoopTurns {
  /// How often the loop wakes up merely to see how late it is, in nanoseconds. So a loop that was kept from running for longer than this
  /// notices it, short of at most this much.
  private static let beat = Standstill.least

  private var began = Instant(0)
  private var ended = Instant(0)
  /// When the loop read its clock last.
  private var seen = Instant(0)
  /// How much later than possible the turn began, in nanoseconds.
  private var late: Int64 = 0
  /// How long the previous turn took, in nanoseconds: whatever arrived during it had to wait for its end.
  private var last: Int64 = 0
  /// When the loop must wake up at the latest; `never` before `startBeating`.
  private(set) var beatDue = Instant.never

  /// From now on the loop is to wake up at least once per `beat`.
  mutating func startBeating(_ now: Instant) { beatDue = now + Self.beat }

  /// - Parameter due: when the loop was to wake up even if nothing arrived. If it wakes up later, it was kept from everything else for that
  ///   long, too. Whatever became due before the previous turn ended is late because of that turn.
  mutating func begin(_ now: Instant, due: Instant) {
    began = now
    seen = now
    late = max(0, now - max(due, ended))
    if beatDue <= now { beatDue = now + Self.beat }
  }

  /// The clock is read during the turn.
  /// - Returns: how long the loop stood still since it was read last, in nanoseconds; `nil` if that is too short to count.
  mutating func read(_ now: Instant) -> Int64? {
    defer { seen = now }
    return now - seen >= Standstill.least ? now - seen : nil
  }

  /// The turn is over, and the loop goes back to waiting.
  mutating func end(_ now: Instant) {
    last = now - began
    ended = now
  }

  /// How long what this turn gets to has waited at most, in nanoseconds; `nil` if that is too short to be reported.
  var standstill: Int64? { late + last >= Standstill.least ? late + last : nil }

  /// How much too late the receipt of what was read last may have been stamped at most, in nanoseconds.
  func lag(at instant: Instant) -> Int64 { instant - began + late + last }
}
