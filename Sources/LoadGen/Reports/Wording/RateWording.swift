import LoadRun
import Shared

extension Summary {
  /// The rate that the scenario asks for, as in `200/s`, `0/s to 1,000/s in 3 stages` or `as recorded`; `nil` for a closed load.
  var targetWording: String? {
    guard let text = scenario["rate"] else { return scenario["schedule"] == nil ? nil : "as recorded" }
    if let rate = try? Rate(text: text) { return Figure.rate(rate.perSecond) }
    guard let stages = try? RateStages(text: text) else { return nil }
    let range = stages.range
    let rates = Set([range.lowerBound, range.upperBound]).sorted().map { Figure.rate($0) }.joined(separator: " to ")
    return "\(rates) in \(stages.stages.count) stage\(stages.stages.count == 1 ? "" : "s")"
  }

  /// What kind of load it was, as in `200/s poisson`, `recorded schedule`, `closed load`, `closed load, thinking exponential:1s`.
  var loadWording: String {
    if let target = targetWording {
      return scenario["rate"] == nil ? "recorded schedule" : "\(target) \(Legible.line(scenario["arrivals"] ?? "", limit: 20))"
    }
    return "closed load" + (scenario["think-time"].map { ", thinking \(Legible.line($0, limit: 40))" } ?? "")
  }

  /// The target rate, and what became of it over the load window, in the order in which an order passes through.
  var rateWording: [(name: String, value: String)] {
    var parts: [(name: String, value: String)] = []
    if let target = targetWording { parts.append(("target", target)) }
    parts += [
      ("offered", Figure.rate(rates.offered)), ("accepted", Figure.rate(rates.accepted)), ("completed", Figure.rate(rates.completed)),
    ]
    return parts
  }

  /// How many requests that took, over the load window as well.
  var costWording: [(name: String, value: String)] {
    [("polls", Figure.rate(rates.polls)), ("all requests", Figure.rate(rates.requests))]
  }

  /// What became of it over the whole run, including the drain.
  var wholeRunWording: [(name: String, value: String)] {
    [("completed", Figure.rate(rates.completedWholeRun)), ("polls", Figure.rate(rates.pollsWholeRun))]
  }

  /// Which times the rates are counted over, as in `load window, 10.0s`.
  var windowNames: (load: String, wholeRun: String) {
    ("load window, \(Figure.seconds(run.loadWindow))", "whole run, \(Figure.seconds(run.duration))")
  }
}

extension Summary.Generator {
  /// As in `1.42s of CPU, 34% busy, 36.6MiB of memory at most, 2 event loops`.
  var costWording: String {
    [
      cpuSeconds.map { "\(Figure.seconds($0)) of CPU" }, busyShare.map { "\(Figure.number(($0 * 100).rounded()))% busy" },
      peakMemoryBytes.map { "\(ByteCount($0)) of memory at most" },
      eventLoops == 1 ? "1 event loop" : "\(eventLoops) event loops",
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
