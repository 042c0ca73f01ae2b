import Shared

extension Scenario {
  /// The highest rate at which orders are due, per second; of recorded times, the most within any one second; `nil` for a closed load, in
  /// which users wait.
  var peakRate: Double? {
    switch load {
    case .closed: nil
    case .open(let rate, _): rate.perSecond
    case .stages(let stages, _): stages.range.upperBound
    case .recorded(let times): Double(times.most(within: 1_000_000_000))
    }
  }
}

extension RecordedTimes {
  /// How many are due within the busiest stretch of this many nanoseconds.
  func most(within length: Int64) -> Int {
    var most = 0
    var begin = 0
    for (place, time) in due.enumerated() {
      while time - due[begin] >= length { begin += 1 }
      most = max(most, place - begin + 1)
    }
    return most
  }
}
