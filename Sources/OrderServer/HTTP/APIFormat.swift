import HTTPTypes
import Shared

/// The format of one order API: what clients send, what they are answered, and how each error is told. Where a member is `nil`, the API has no
/// such page.
struct APIFormat: Sendable {
  /// What an order's page is made of.
  enum View: Sendable {
    case whole(Page<Order>)
    /// Less to look up, for what is asked for most.
    case statusAlone(Page<(OrderID, OrderStatus)>)
  }

  /// The id that a path names; `nil` where it names none, so that there can be no such order.
  var id: @Sendable (String) -> OrderID? = { OrderRules.check(id: $0) == nil ? OrderID($0) : nil }
  /// What a path's id looks like that there may be an order for.
  var idSchema = Schema.orderID
  /// Reads the body of `POST /orders`. Where callers have accounts, `userID` is set to the caller's afterwards.
  var draft: OrderForm
  /// The answer to an order that was accepted.
  var created: Page<Order>
  /// Where that answer has the order's id.
  var idField = "order_id"
  /// Whether it says in `Location` where the order's page is.
  var hasLocation = false
  /// `GET /orders/{id}`
  var order: View?
  /// `GET /orders/{id}/status`
  var status: View?
  /// `POST /orders/{id}/cancel`, when it is cancelled.
  var cancelled: Page<Order>?
  /// `GET /orders`
  var page: Page<OrderPage>?
  /// `GET /metrics`
  var metrics: Page<Figures>?
  /// `GET /metrics/{id}`
  var orderMetrics: Page<Order>?
  /// Whether `Idempotency-Key` counts.
  var hasIdempotencyKeys = false
  /// How an error is told. The error's own headers are added to the reply.
  var error: @Sendable (APIError) -> APIReply
  /// What the body of such a reply looks like.
  var errorSchema: @Sendable (APIError) -> Schema

  /// The headers of the answer to a new order.
  func headers(of id: OrderID) -> HTTPFields { hasLocation ? [.location: "/orders/\(id)"] : [:] }

  /// All that is sent to a client whose request is not done.
  func reply(to error: APIError) -> APIReply {
    var reply = self.error(error)
    reply.headers.append(contentsOf: error.headers)
    return reply
  }
}
