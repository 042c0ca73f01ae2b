import Shared

/// A place in the table of orders, and which of its successive tenants is meant: a late reply to a reused slot is dropped and counted.
struct Handle: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// Stands in calls that belong to no order.
  static let none = Handle(slot: .max, generation: .max)
}

/// One request on one connection.
struct Call: Hashable, Sendable {
  var order: Handle
  var what: RequestKind
  var connection: Int
}

/// What a request is about: all that differs from one of its kind to the next.
struct RequestContext: Sendable {
  /// The order's number in the run.
  var index: UInt64 = 0
  /// `nil` before the acknowledgement, and where the client's own id follows from the number.
  var id: OrderID?
  /// The create is going to be sent twice.
  var isKeyed = false
  /// Whose request it is, by place in the run's accounts.
  var account = 0
  /// The account's, where it has logged in.
  var tokens: Tokens?
  /// Of a further page of a list.
  var cursor: String?
}

/// Whether any byte of a broken request may have reached the target.
enum Sent: Sendable {
  /// Not one byte was handed to the kernel.
  case nothing
  case perhaps
}
