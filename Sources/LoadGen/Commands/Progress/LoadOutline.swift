import LoadReports
import LoadRun
import Shared

/// What a load asks for, as far as its progress can be told of it.
struct LoadOutline: Sendable {
  private let load: Scenario.Load
  /// How many orders there will be, where that is known.
  let orders: Int?
  /// How long orders are sent, in seconds, where that is known.
  let length: Double?

  init(_ scenario: Scenario) {
    load = scenario.load
    orders = scenario.expectedOrders
    length = scenario.arrivalSpan ?? scenario.duration?.seconds
  }

  /// The arrival rate that is asked for between two times since the load began, in seconds: the mean of it; `nil` in a closed load, and once
  /// the load is over.
  func target(from begin: Double, to end: Double) -> Double? {
    let end = min(end, length ?? end)
    guard end > begin, let before = expected(by: begin), let after = expected(by: end) else { return nil }
    return (after - before) / (end - begin)
  }

  private func expected(by seconds: Double) -> Double? {
    let nanoseconds = Int64(min(9e18, max(0, seconds * 1e9)))
    return switch load {
    case .closed: nil
    case .open(let rate, _): rate.perSecond * max(0, seconds)
    case .stages(let stages, _): stages.expected(by: .nanoseconds(nanoseconds))
    case .recorded(let times): Double(times.count(before: nanoseconds))
    }
  }

  /// Whether no more orders will be due.
  func isOver(at seconds: Double, sent: Int) -> Bool { length.map { seconds >= $0 } ?? false || orders.map { sent >= $0 } ?? false }

  /// How long orders will still be sent, in seconds; `nil` where that cannot be told.
  /// - Parameter rate: at which they are sent now, per second.
  func timeLeft(at seconds: Double, sent: Int, rate: Double?) -> Double? {
    let byLength = length.map { max(0, $0 - seconds) }
    // Where the rate is known, so is the length; a closed load's depends on the target.
    guard case .closed = load, let orders, let rate, rate > 0 else { return byLength }
    return min(byLength ?? .infinity, Double(max(0, orders - sent)) / rate)
  }
}
