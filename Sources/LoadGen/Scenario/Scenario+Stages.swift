import Shared

/// The stages of a rate that changes, as parts of the run that are told apart.
extension Scenario {
  /// More of them are not told apart: each has histograms of its own.
  static let mostStages = 100

  /// Those that begin before the load ends; empty where the rate has none.
  var stages: [RateStages.Stage] {
    guard case .stages(let stages, _) = load else { return [] }
    guard let duration else { return stages.stages }
    var begins = Duration.zero
    return stages.stages.prefix { stage in
      defer { begins += stage.length }
      return begins < duration
    }
  }

  /// More stages than can be told apart, and rules on one that is not there.
  func refuseStages(_ settings: SettingLayers) throws(ConfigurationError) {
    let count = stages.count
    guard count <= Self.mostStages else {
      throw ConfigurationError(
        "\(settings.origin(.rate)) has \(count) stages, and at most \(Self.mostStages) are measured one by one: take fewer and longer ones, or "
          + "give the due times by --schedule")
    }
    for threshold in thresholds {
      guard let stage = threshold.stage, stage > count else { continue }
      let there =
        switch count {
        case 0: "the load has no stages; a rate has, as in --rate '0/s..200/s over 1m, 200/s for 5m'"
        case 1: "the load has 1 stage"
        default: "the load has \(count) stages, counted from 1"
        }
      throw ConfigurationError("\(settings.origin(.threshold)): '\(threshold.expression)' is of stage \(stage), and \(there)")
    }
  }
}
