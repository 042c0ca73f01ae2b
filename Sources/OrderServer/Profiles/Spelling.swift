import HTTPTypes
import Shared

/// How one order API reads and writes: what is sent in, what goes out, and every way of saying no. `nil`: it has no such page.
struct Spelling: Sendable {
  /// What an order's page is made of.
  enum View: Sendable {
    case whole(@Sendable (Order) -> JSON)
    /// Less to look up, for what is asked for most.
    case statusAlone(@Sendable (OrderID, OrderStatus) -> JSON)
  }

  /// The id that a path names; `nil` where it names none, so that there can be no such order.
  var id: @Sendable (String) -> OrderID? = { OrderRules.check(id: $0) == nil ? OrderID($0) : nil }
  /// Reads the body of `POST /orders`; throws `DraftError`. Where callers have accounts, `userID` is set to the caller's afterwards.
  var draft: @Sendable (_ body: [UInt8]) throws -> OrderDraft
  /// The answer to an order that was accepted.
  var created: @Sendable (Order) -> Answer
  /// `GET /orders/{id}`
  var order: View?
  /// `GET /orders/{id}/status`
  var status: View?
  /// `POST /orders/{id}/cancel`, when it is cancelled.
  var cancelled: (@Sendable (Order) -> JSON)?
  /// `GET /orders`
  var page: (@Sendable (OrderPage) -> JSON)?
  /// `GET /metrics`
  var metrics: (@Sendable (Figures) -> JSON)?
  /// `GET /metrics/{id}`
  var orderMetrics: (@Sendable (Order) -> JSON)?
  /// Whether `Idempotency-Key` counts.
  var hasIdempotencyKeys = false
  /// Whether `/docs` and `/openapi.json` are served.
  var hasDocumentation = false
  /// An order to try out there.
  var example: JSON = ["user_id": "u-1", "item_ids": ["item-001"], "total_amount": .number(250.75)]
  /// Whatever cannot be done. The refusal's own headers are added to the answer.
  var refusal: @Sendable (Refusal) -> Answer
}
