/// What the server says about itself at one instant in Prometheus text alone, beside the figures about orders.
struct ServerFigures: Sendable, Equatable {
  /// Since when orders have been counted: a store keeps its counts over restarts.
  var ordersBeganAt: Timestamp
  /// When the process started, and with it the counts of requests.
  var startedAt: Timestamp
  var requests: [RequestKind: RequestDurations] = [:]
  /// The same, as if milliseconds had been taken for seconds; empty where no lie needs it.
  var requestsInMilliseconds: [RequestKind: RequestDurations] = [:]
}
