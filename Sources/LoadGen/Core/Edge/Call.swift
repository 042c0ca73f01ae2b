import Shared

/// A slot in the table of orders, and which of its successive occupants is meant: a late reply for a slot in use by another order is
/// recognised.
struct Handle: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// Stands in calls that belong to no order.
  static let none = Handle(slot: .max, generation: .max)
}

/// One request on one connection. Unique among the requests in flight.
struct Call: Hashable, Sendable {
  var order: Handle
  var what: RequestKind
  var connection: Int
}

/// What a request is about: everything in which it differs from others of its kind.
struct RequestContext: Sendable {
  /// The order's number in the run.
  var index: UInt64 = 0
  /// `nil` before the acknowledgement. A client's own id is then derived from the order's number.
  var id: OrderID?
  /// Whether the create carries an idempotency key, because it will be sent twice.
  var isKeyed = false
  /// The account that the request is sent for, as a place in the run's list of accounts.
  var account = 0
  /// The account's tokens; `nil` if it has not logged in.
  var tokens: Tokens?
  /// Where the page of a list begins; `nil` for the first page.
  var cursor: String?
}

/// Whether any byte of a request that broke off may have reached the target.
enum Sent: Sendable {
  /// Not one byte was handed to the kernel.
  case nothing
  /// At least one byte was handed to the kernel, so the target may have acted on the request.
  case perhaps
}
