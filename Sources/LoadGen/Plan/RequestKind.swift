/// What one request is for. The raw value is the phase that an error is reported under.
package enum RequestKind: String, Sendable, CaseIterable {
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

  /// Those that a mix can ask for beside plain orders. Which orders meet with one is drawn by its place here: a new one comes last.
  static let sideRequests: [RequestKind] = [.cancel, .duplicate, .invalid, .list, .orderMetrics]

  /// As a mix has it: `order-metrics`.
  var mixName: String { rawValue.replacing("_", with: "-") }

  /// Whether it is written as a create is.
  var isCreate: Bool { self == .create || self == .duplicate || self == .invalid }

  /// Whether it is asked for when an order is due, and not of an order that was acknowledged.
  var standsAlone: Bool { self == .invalid || self == .list }

  /// Whether it gets the token that others need.
  var opensSession: Bool { self == .register || self == .login || self == .refresh }

  /// The kind whose latencies its own count among: pages of a list that is searched are polls, and whatever gets a token is a login.
  var series: RequestKind {
    switch self {
    case .listPoll: .poll
    case .register, .refresh: .login
    default: self
    }
  }
}
