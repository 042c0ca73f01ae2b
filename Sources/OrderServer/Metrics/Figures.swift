import Shared

/// What the server says about itself at one instant.
struct Figures: Sendable, Equatable {
  var tallies: Tallies
  /// With `--time-scale` applied: what is waited in fact.
  var meanServiceTime: Duration

  /// Service time × (pending + processing), in seconds.
  var estimate: Double { FigureBasis.estimate(meanServiceTime.seconds, open: tallies.open) }
}
