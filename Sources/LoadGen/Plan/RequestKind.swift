/// What one request is for. The raw value is the phase that an error is reported under.
enum RequestKind: String, Sendable, CaseIterable {
  case create, poll
  /// A page of the list in which the orders' statuses are searched.
  case listPoll = "list_poll"
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
