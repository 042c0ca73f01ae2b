import Foundation
import Shared

/// Why a system cannot keep up with its load, and how its backlog grows: orders are treated as a fluid that flows in at the load's rate and
/// out at the workers'.
package struct Instability: CustomStringConvertible {
  package let description: String

  /// - Returns: `nil` where the workers can keep up at all times, or the load does not say when orders arrive.
  package init?(_ scenario: Scenario, _ system: SimulatedSystem.Settings) {
    guard let workers = system.workers else { return nil }
    let service = system.serviceTime.mean
    let whose = workers == 1 ? "its worker" : "its \(workers) workers"
    func asked(_ rate: Double) -> String {
      "with a mean service time of \(service.text) ask for \(String(format: "%.2f", rate * service.seconds / Double(workers))) times the time of \(whose)"
    }
    func isTooMuch(_ rate: Double) -> Bool { system.utilisation(at: rate).map { $0 >= 1 } ?? false }
    switch scenario.load {
    case .open(let rate, _) where isTooMuch(rate.perSecond):
      let grows = rate.perSecond - Double(workers) / service.seconds
      let end = scenario.arrivalSpan.map { ", to about \(Int((grows * $0).rounded())) by the end of the load" } ?? ""
      description =
        "the system is unstable: \(rate) \(asked(rate.perSecond)), so its backlog grows by \(String(format: "%.3g", grows)) orders a second\(end)"
    case .stages(let stages, _) where isTooMuch(stages.range.upperBound):
      let span = min(scenario.duration ?? stages.length, stages.length)
      let backlog = Self.backlog(stages, leaving: Double(workers) / service.seconds, over: span)
      description =
        "the system is unstable for a part of the load: up to \(String(format: "%g", stages.range.upperBound))/s \(asked(stages.range.upperBound)), "
        + "so its backlog grows to about \(Int(backlog.most.rounded())) orders after \(Figure.seconds(backlog.at)), and is about "
        + "\(Int(backlog.last.rounded())) at the end of the load"
    case .open, .stages, .closed, .recorded: return nil
    }
  }

  /// The greatest backlog in orders, the time at which it is reached in seconds, and the backlog at the end.
  private static func backlog(_ stages: RateStages, leaving: Double, over span: Duration) -> (most: Double, at: Double, last: Double) {
    let steps = 10_000
    let step = span.seconds / Double(steps)
    var (most, at, backlog, arrived) = (0.0, 0.0, 0.0, 0.0)
    for number in 1...steps {
      let expected = stages.expected(by: span * number / steps)
      backlog = max(0, backlog + expected - arrived - leaving * step)
      arrived = expected
      if backlog > most { (most, at) = (backlog, step * Double(number)) }
    }
    return (most, at, backlog)
  }
}
