import Shared

/// What an answer meant, in the words of the dialect. What is rare and large stands apart (`indirect`), so that the usual answers stay small.
enum Reply: Sendable {
  /// The order was acknowledged; without an id it cannot be followed.
  case accepted(OrderID?)
  /// What was asked for was refused for good: a complete 4xx but 408, or what the dialect calls a refusal.
  indirect case refused(Failure)
  /// The token is not, or no longer, good for it: nothing was done.
  indirect case unauthorised(Failure)
  /// An answer to a create that leaves open whether there is an order.
  indirect case uncertain(Failure)
  /// `retryAfter`: how long the target asked to be left alone, in nanoseconds.
  case status(OrderStatus, retryAfter: Int64? = nil)
  /// A status word that the dialect does not know.
  indirect case unknownWord(Failure)
  /// A poll's answer that the target knows no such order.
  indirect case unknownOrder(Failure)
  /// An answer that says nothing about what was asked.
  indirect case useless(Failure)
  /// A metrics document with figures; the driver keeps them.
  case metrics
  /// One page of a list.
  indirect case page(ListPage)
  /// The order is cancelled.
  case cancelled
  /// The order is not cancelled: it is no longer pending.
  case notCancelled
  /// How long the target says that one order took, in nanoseconds: what its figure may stand for.
  indirect case duration(ClosedRange<Double>, text: String)
  /// The account is there.
  case registered
  indirect case tokens(Tokens)
}

extension Reply {
  /// Changes what it says of a failure, where it is one.
  mutating func changeFailure(_ change: (Failure) -> Failure) {
    switch self {
    case .refused(let failure): self = .refused(change(failure))
    case .unauthorised(let failure): self = .unauthorised(change(failure))
    case .uncertain(let failure): self = .uncertain(change(failure))
    case .unknownWord(let failure): self = .unknownWord(change(failure))
    case .unknownOrder(let failure): self = .unknownOrder(change(failure))
    case .useless(let failure): self = .useless(change(failure))
    case .accepted, .status, .metrics, .page, .cancelled, .notCancelled, .duration, .registered, .tokens: return
    }
  }
}

/// One page of a list of orders.
struct ListPage: Sendable {
  var orders: [Entry] = []
  /// Where the next page begins; `nil` on the last.
  var next: String?

  struct Entry: Sendable, Equatable {
    var id: OrderID
    /// `nil` where the word is none of the dialect's.
    var status: OrderStatus?
  }
}

/// What an account is known by, once it has logged in. Secrets: never in a log or a report.
struct Tokens: Sendable, Hashable {
  var access: String
  /// What the next are had with; `nil` where one logs in again.
  var refresh: String?
  /// How long the access token lasts, in nanoseconds; `nil` where nobody says.
  var lifetime: Int64?
}
