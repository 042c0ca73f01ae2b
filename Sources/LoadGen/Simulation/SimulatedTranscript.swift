import Shared

/// Everything about a simulated run, if that is asked for: each order's story, every request, and every connection. Memory grows with them
/// all.
struct SimulatedTranscript: Sendable {
  /// What was finally recorded about an order, and what was true of it.
  struct Story: Sendable {
    var order: OrderHistory
    var id: OrderID?
    var outcome: OrderOutcome
    var at: Instant
    /// The order as it was in the simulated system when its story ended; `nil` where no id of it was known.
    var truth: SimulatedOrders.Order?
  }

  /// A request that was written to a connection.
  struct Send: Sendable {
    var at: Instant
    var loop: Int
    var connection: Int
    var what: RequestKind
    /// The order's index in the run; 0 where the request is about none.
    var index: UInt64
  }

  /// A connection that was opened, or was meant to be.
  struct Connect: Sendable {
    var at: Instant
    var loop: Int
    var connection: Int
  }

  /// A call to a ledger.
  struct Call: Sendable {
    /// The index of the order that it is about; `nil` where it is about none.
    var order: UInt64?
    /// Whether every loop's ledger gets the same call.
    var isForAll = false
    var tell: @Sendable (inout Ledger) -> Void
  }

  var stories: [Story] = []
  /// In the order of time.
  var sends: [Send] = []
  var connects: [Connect] = []
  /// The calls to the ledgers, those of each loop in the order of time.
  var calls: [Call] = []

  mutating func tell(of order: UInt64? = nil, _ tell: @escaping @Sendable (inout Ledger) -> Void) {
    calls.append(Call(order: order, tell: tell))
  }

  mutating func tellAll(_ tell: @escaping @Sendable (inout Ledger) -> Void) { calls.append(Call(isForAll: true, tell: tell)) }
}
