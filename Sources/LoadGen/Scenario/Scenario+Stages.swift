import Shared

/// The stages of a rate that changes, which are measured separately.
extension Scenario {
  /// The most stages that a load may have, as each has histograms of its own.
  static let mostStages = 100

  /// The stages that begin before the load ends; empty where the rate has none.
  var stages: [RateStages.Stage] {
    guard case .stages(let stages, _) = load else { return [] }
    guard let duration else { return stages.stages }
    var begins = Duration.zero
    return stages.stages.prefix { stage in
      defer { begins += stage.length }
      return begins < duration
    }
  }

  /// Refuses more stages than can be measured separately, and rules on a stage that does not exist.
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
