/// Due times from a recording: nanoseconds since the load began, sorted, not necessarily unique.
package struct RecordedTimes: Sendable, Hashable {
  let due: [Int64]

  /// - Parameter times: in any order.
  init(_ times: [Int64]) {
    due = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 } ? times : times.sorted()
  }

  /// How many orders are due before `time`.
  package func count(before time: Int64) -> Int {
    var low = 0
    var high = due.count
    while low < high {
      let middle = low + (high - low) / 2
      if due[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Arrivals at recorded times, regardless of whether the target keeps up.
struct RecordedSchedule: Schedule {
  private let times: RecordedTimes
  private let count: Int
  private let step: Int
  private var index: Int

  init(_ times: RecordedTimes, end: LoadEnd, share: LoopShare) {
    self.times = times
    let inTime = end.time.map(times.count(before:)) ?? times.due.count
    count = end.orders.map { $0 < UInt64(inTime) ? Int($0) : inTime } ?? inTime
    step = share.count
    index = share.index
  }

  mutating func next() -> Arrival? {
    guard index < count else { return nil }
    defer { index += step }
    return Arrival(index: UInt64(index), due: times.due[index])
  }

  mutating func pass(by time: Int64, most: Int) -> (count: Int, drawn: Int) {
    let end = min(count, time == .max ? count : times.count(before: time + 1))
    guard end > index else { return (0, 0) }
    let passed = (end - index + step - 1) / step
    index += passed * step
    return (passed, 0)
  }

  var hasUsers: Bool { false }

  mutating func freed(user: UInt32, at: Int64) -> Arrival? { nil }
}
