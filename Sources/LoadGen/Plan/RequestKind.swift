/// The purpose of a request. The raw value is the phase under which errors are reported.
package enum RequestKind: String, Sendable, CaseIterable {
  case create, poll
  /// Confirms an order that was acknowledged.
  case confirm
  /// A page of the list, read to find the statuses of orders.
  case listPoll = "list_poll"
  /// The target's figures about itself: its metrics document, or a page of its list.
  case metrics
  /// Cancels an order.
  case cancel
  /// Sends a create that was answered once more.
  case duplicate
  /// A create that must be refused.
  case invalid
  /// The first page of the list, as a user would look at it.
  case list
  /// The target's figures about one order.
  case orderMetrics = "order_metrics"
  /// An order that has ended, whole, once more.
  case orderRead = "order_read"
  /// Creates an account.
  case register
  case login
  /// Renews a token by means of a refresh token.
  case refresh

  /// The kinds that a mix can add to plain orders. A kind's place in this list determines which orders it is drawn for, so new kinds go
  /// last.
  static let sideRequests: [RequestKind] = [.cancel, .duplicate, .invalid, .list, .orderMetrics, .orderRead]

  /// The name in a mix: `order-metrics`.
  var mixName: String { rawValue.replacing("_", with: "-") }

  /// Whether the request is written like a create.
  var isCreate: Bool { self == .create || self == .duplicate || self == .invalid }

  /// Whether it is sent when an order is due, instead of after that order was acknowledged.
  var standsAlone: Bool { self == .invalid || self == .list }

  /// Whether it obtains the token that other requests need.
  var opensSession: Bool { self == .register || self == .login || self == .refresh }

  /// The kind whose latencies include its own: list pages that are searched count as polls, and whatever obtains a token as a login.
  var series: RequestKind {
    switch self {
    case .listPoll: .poll
    case .register, .refresh: .login
    default: self
    }
  }
}
