import Shared

/// What the server says about itself at one instant.
struct Figures: Sendable, Equatable {
  var tallies: Tallies
  /// With `--time-scale` applied: what is waited in fact.
  var meanServiceTime: Duration

  /// Service time × (pending + processing), in seconds.
  var estimate: Double { Self.estimate(meanServiceTime.seconds, open: tallies.open) }

  /// Mean service time × open orders, in seconds. Multiplied as whole nanoseconds, so that whole seconds stay whole.
  /// - Parameter meanServiceTime: in seconds.
  static func estimate(_ meanServiceTime: Double, open: Int64) -> Double {
    (meanServiceTime * 1e9).rounded() * Double(open) / 1e9
  }
}
