import HTTPTypes
import Shared

/// The format of one order API: what clients send, what they are answered, and how errors look. Where a page is `nil`, the API does not
/// have it.
struct APIFormat: Sendable {
  /// What an order's page shows.
  enum View: Sendable {
    case whole(Page<Order>)
    /// Needs less to be read from the store, for the page that is asked for most.
    case statusAlone(Page<(OrderID, OrderStatus)>)
  }

  /// Reads the id in a path; `nil` where the text is no id, so that there can be no such order.
  var id: @Sendable (String) -> OrderID? = { OrderRules.check(id: $0) == nil ? OrderID($0) : nil }
  /// What an id in a path must look like for an order of that id to exist.
  var idSchema = Schema.orderID
  /// Reads the body of `POST /orders`. Where callers have accounts, `userID` is set to the caller's afterwards.
  var draft: OrderForm
  /// The answer to an order that was accepted.
  var created: Page<Order>
  /// The member of that answer that holds the order's id.
  var idField = "order_id"
  /// Whether that answer names the order's page in `Location`.
  var hasLocation = false
  /// `GET /orders/{id}`
  var order: View?
  /// `GET /orders/{id}/status`
  var status: View?
  /// `POST /orders/{id}/cancel`, after the order was cancelled.
  var cancelled: Page<Order>?
  /// `GET /orders`
  var page: Page<OrderPage>?
  /// `GET /metrics`
  var metrics: Page<Figures>?
  /// `GET /metrics/{id}`
  var orderMetrics: Page<Order>?
  /// Whether `Idempotency-Key` is honoured.
  var hasIdempotencyKeys = false
  /// The reply to an error. The error's own headers are added to it afterwards.
  var error: @Sendable (APIError) -> APIReply
  /// What the body of such a reply looks like.
  var errorSchema: @Sendable (APIError) -> Schema

  /// The headers of the answer to a new order.
  func headers(of id: OrderID) -> HTTPFields { hasLocation ? [.location: "/orders/\(id)"] : [:] }

  /// The whole reply to an error, with the error's own headers.
  func reply(to error: APIError) -> APIReply {
    var reply = self.error(error)
    reply.headers.append(contentsOf: error.headers)
    return reply
  }
}
