extension Summary {
  /// What only a simulation knows: how it really was.
  package struct Simulation: Codable, Sendable, Equatable {
    /// How long the completed orders took from creation to completion, the warm-up apart.
    package var completion: LatencyFigures
    /// How long orders waited until they were taken up: the mean over all of them, in seconds.
    package var meanWait: Double
    /// The part of their time in which the workers worked, from 0 to 1; `null` where there is one for each order.
    @Explicit package var utilisation: Double?
    /// Orders of which something was said that is not true: whose creation or end lies outside of the interval that was derived for it. A fault
    /// of ours, where there is one.
    package var outside: Int
    /// What happened in all, requests and processing and timers.
    var events: Int

    enum CodingKeys: String, CodingKey {
      case completion
      case meanWait = "mean_wait"
      case utilisation, outside, events
    }
  }
}
