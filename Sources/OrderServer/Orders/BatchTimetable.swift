import Shared

/// When batch jobs begin: at every multiple of an interval, one job at a time. A job takes up all orders that are pending when it begins.
///
/// A tick that comes while a job is still at work is skipped, as job schedulers usually do.
struct BatchTimetable: Sendable {
  private let interval: Duration
  private let start: Timestamp
  /// When the next job begins; `nil` while one is at work.
  private(set) var nextTick: Timestamp?
  /// The highest order number that belongs to the job at work; `nil` where none is at work.
  private(set) var last: Int64?

  /// - Parameter interval: at least a microsecond. The first job begins one interval after the start.
  init(every interval: Duration, from start: Timestamp) {
    self.interval = interval
    self.start = start
    nextTick = start.advanced(by: interval)
  }

  func isDue(at now: Timestamp) -> Bool {
    nextTick.map { $0 <= now } ?? false
  }

  /// Begins a job, and schedules the next tick only where there is nothing to do.
  /// - Parameter last: the highest order number there is; `nil` where there is no order, and then no job begins.
  mutating func begin(upTo last: Int64?, at now: Timestamp) {
    self.last = last
    nextTick = last == nil ? tick(after: now) : nil
  }

  /// Ends the job at work and schedules the next tick; does nothing where no job is at work.
  mutating func end(at now: Timestamp) {
    guard last != nil else { return }
    last = nil
    nextTick = tick(after: now)
  }

  private func tick(after now: Timestamp) -> Timestamp {
    now.advanced(by: .nanoseconds(BatchTicks.wait(after: now.duration(since: start).nanoseconds, every: interval.nanoseconds)))
  }
}
