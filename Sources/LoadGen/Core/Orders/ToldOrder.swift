import Shared

/// An order whose story is over, with all that is written of it where each order is (`CoreSettings.tellsOrders`).
struct ToldOrder: Sendable {
  var history: OrderHistory
  /// `nil` without a usable one.
  var id: OrderID?
  /// When its story was over.
  var at: Instant
  /// When the answer to its create was received; `never` where there was none.
  var answered = Instant.never
  /// How often it was polled, by itself or by a walk through the list that showed it: polls that were answered, or failed.
  var polls: UInt32 = 0
  /// The status code of the latest answer to its create; 0 where none is known.
  var code: UInt16 = 0
  /// The stage of the load in which it was due, counted from 1; 0 where there is none. The ledger knows it, not the core.
  var stage: UInt16 = 0
  var outcome: OrderOutcome
  /// Whether it is none of the plan's orders, but one that a request beside them has made, may have made, or was refused.
  var isBeside = false
}
