import Shared

/// When a job begins that takes up all orders that are pending then: at every multiple of its interval, one job at a time.
///
/// A tick that comes while a job is still at work is left out, as schedulers do.
struct BatchTimetable: Sendable {
  private let interval: Duration
  private let start: Timestamp
  /// When the next job begins; `nil` while one is at work.
  private(set) var nextTick: Timestamp?
  /// The number of the latest order that belongs to the job at work; `nil` where none is.
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

  /// - Parameter last: the number of the latest order there is; `nil` where there is none, and then there is no job.
  mutating func begin(upTo last: Int64?, at now: Timestamp) {
    self.last = last
    nextTick = last == nil ? tick(after: now) : nil
  }

  /// The job is done, where one was at work.
  mutating func end(at now: Timestamp) {
    guard last != nil else { return }
    last = nil
    nextTick = tick(after: now)
  }

  private func tick(after now: Timestamp) -> Timestamp {
    now.advanced(by: .nanoseconds(BatchTicks.wait(after: now.duration(since: start).nanoseconds, every: interval.nanoseconds)))
  }
}
