import LoadRun
package import Shared

/// What a rate must keep to be called held: a threshold of the user's.
package struct CapacityGoal: Sendable, Hashable {
  /// As it was written, without blanks.
  package let expression: String
  let rule: Threshold

  /// In the figure's own unit.
  var limit: Double { rule.limit }

  /// What is said to bind where orders pile up.
  package static let backlog = "backlog"

  /// - Throws: `ConfigurationError` where it is no threshold, or none that more load can break.
  package init(text: String) throws(ConfigurationError) {
    do { rule = try Threshold(text: text) } catch { throw ConfigurationError("--slo: \(error)") }
    guard rule.stage == nil else {
      throw ConfigurationError("--slo '\(rule.expression)' is of a stage, and each trial has one rate: leave '@\(rule.stage ?? 0)' out")
    }
    expression = rule.expression
  }
}
