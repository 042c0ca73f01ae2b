import Shared

/// A place in the table of orders, and which of its successive tenants is meant: a late reply to a reused slot is dropped and counted.
struct Handle: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// Stands in calls that belong to no order.
  static let none = Handle(slot: .max, generation: .max)
}

/// What one request is for. The raw value is the phase that an error is reported under.
enum Exchange: String, Sendable, CaseIterable {
  case create, poll
  /// A page of the list in which the orders' statuses are searched.
  case sweep
  /// The target's figures about itself: its metrics, or a page of its list.
  case metrics
  /// An order is cancelled.
  case cancel
  /// A create that was answered is sent again.
  case duplicate
  /// A create that must be refused.
  case invalid
  /// The first page of the list, as a user looks at it.
  case list
  /// What the target says about one order.
  case orderMetrics = "order_metrics"
  /// An account is made.
  case register
  case login
  /// A token is renewed by means of another.
  case refresh

  /// Whether it gets the token that others need.
  var opensSession: Bool { self == .register || self == .login || self == .refresh }
}

/// One request on one connection.
struct Call: Hashable, Sendable {
  var order: Handle
  var what: Exchange
  var connection: Int
}

/// What a request is about: all that differs from one of its kind to the next.
struct Subject: Sendable {
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
