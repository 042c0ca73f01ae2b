import Shared

/// What a simulated run tells in full, where that is asked for: each order's story, every request, every connection. Memory grows with all
/// of them.
struct SimulatedTranscript: Sendable {
  /// What was told of an order in the end, and how it was.
  struct Story: Sendable {
    var order: OrderHistory
    var id: OrderID?
    var outcome: OrderOutcome
    var at: Instant
    /// As it stood when its story was over; `nil` where nobody was told its id.
    var truth: SimulatedOrders.Order?
  }

  struct Send: Sendable {
    var at: Instant
    var loop: Int
    var connection: Int
    var what: RequestKind
    /// The order's number in the run; 0 where the request is for none.
    var index: UInt64
  }

  struct Connect: Sendable {
    var at: Instant
    var loop: Int
    var connection: Int
  }

  /// Something that a ledger was told.
  struct Call: Sendable {
    /// The number of the order that it is about; `nil` where it is about none.
    var order: UInt64?
    /// Whether every loop's ledger is told of it.
    var isForAll = false
    var tell: @Sendable (inout Ledger) -> Void
  }

  var stories: [Story] = []
  /// In the order of time.
  var sends: [Send] = []
  var connects: [Connect] = []
  /// What the ledgers were told, those of each loop in the order of time.
  var calls: [Call] = []

  mutating func tell(of order: UInt64? = nil, _ tell: @escaping @Sendable (inout Ledger) -> Void) {
    calls.append(Call(order: order, tell: tell))
  }

  mutating func tellAll(_ tell: @escaping @Sendable (inout Ledger) -> Void) { calls.append(Call(isForAll: true, tell: tell)) }
}
