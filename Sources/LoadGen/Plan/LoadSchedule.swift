/// The schedule of a scenario: open, recorded or closed.
///
/// Three optionals instead of an enum, so that each kind is changed in place and a closed load's users are never copied.
struct LoadSchedule: Schedule {
  private var open: OpenSchedule?
  private var recorded: RecordedSchedule?
  private var closed: ClosedSchedule?

  static func open(_ schedule: OpenSchedule) -> LoadSchedule { LoadSchedule(open: schedule) }
  static func recorded(_ schedule: RecordedSchedule) -> LoadSchedule { LoadSchedule(recorded: schedule) }
  static func closed(_ schedule: ClosedSchedule) -> LoadSchedule { LoadSchedule(closed: schedule) }

  var hasUsers: Bool { closed != nil }

  mutating func next() -> Arrival? { open?.next() ?? recorded?.next() ?? closed?.next() }

  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int) {
    open?.pass(by: time, most: most) ?? recorded?.pass(by: time, most: most) ?? (0, 0)
  }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { closed?.freed(user: user, at: at) }
}
