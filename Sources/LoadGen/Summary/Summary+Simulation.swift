extension Summary {
  /// What only a simulation knows: what really happened.
  package struct Simulation: Codable, Sendable, Equatable {
    /// How long the completed orders took from creation to completion, without those of the warm-up.
    package var completion: LatencyFigures
    /// The mean time that orders waited before they were taken up, over all orders, in seconds.
    package var meanWait: Double
    /// The fraction of their time that the workers worked, from 0 to 1; `nil` where there is a worker for each order.
    @Explicit package var utilisation: Double?
    /// Orders about which something untrue was said, or less than the answers showed; the creation or end of such an order is, for
    /// instance, outside of the interval derived for it. Any such order is a fault of loadgen.
    package var outside: Int
    /// The number of events in all: of requests, processing, timers and everything else.
    var events: Int

    enum CodingKeys: String, CodingKey {
      case completion
      case meanWait = "mean_wait"
      case utilisation, outside, events
    }
  }
}
