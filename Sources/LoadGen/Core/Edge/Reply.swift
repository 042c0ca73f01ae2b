import Shared

/// What an answer meant, in the words of the dialect: a type for each family of requests. What is rare and large stands apart (`indirect`), so
/// that the usual answers stay small.
enum Reply: Sendable {
  /// To a create, and to one that is sent again or that must be refused.
  case create(CreateReply)
  case poll(PollReply)
  indirect case cancel(CancelReply)
  /// What a metrics document says: the figures that are there as numbers, of which there is one at least; or why it says nothing.
  indirect case metrics(Result<Claims, Failure>)
  /// One page of a list, whatever it is read for; or why it is none.
  indirect case page(Result<ListPage, Failure>)
  /// How long the target says that one order took; or why it does not say so.
  indirect case orderMetrics(Result<ClaimedDuration, Failure>)
  /// To what makes an account, or gets its token.
  indirect case session(SessionReply)
  /// To anything that needs a token: this one is not, or no longer, good for it. Nothing was done.
  indirect case unauthorised(Failure)
}

enum CreateReply: Sendable {
  /// The order was acknowledged; without an id it cannot be followed.
  case accepted(OrderID?)
  /// It was refused for good: a complete 4xx but 408, or what the dialect calls a refusal.
  indirect case refused(Failure)
  /// The answer leaves open whether there is an order.
  indirect case uncertain(Failure)
}

enum PollReply: Sendable {
  /// `retryAfter`: how long the target asked to be left alone, in nanoseconds.
  case status(OrderStatus, retryAfter: Int64? = nil)
  /// A status word that the dialect does not know.
  indirect case unknownWord(Failure)
  /// The target knows no such order.
  indirect case unknownOrder(Failure)
  /// The answer says nothing about the order.
  indirect case useless(Failure)
}

enum CancelReply: Sendable {
  case cancelled
  /// The order is no longer pending.
  case notCancelled
  /// The answer does not say which.
  case useless(Failure)
}

/// How long the target says that one order took.
struct ClaimedDuration: Sendable {
  /// What its figure may stand for, in nanoseconds.
  var range: ClosedRange<Double>
  /// As it was printed.
  var text: String
}

enum SessionReply: Sendable {
  /// The account is there.
  case registered
  case tokens(Tokens)
  /// The account is not let in.
  case refused(Failure)
  /// The answer does not say whether it is.
  case useless(Failure)
}

extension Reply {
  /// What it says of a failure, where it is one.
  var failure: Failure? {
    switch self {
    case .create(.refused(let failure)), .create(.uncertain(let failure)), .poll(.unknownWord(let failure)),
      .poll(.unknownOrder(let failure)),
      .poll(.useless(let failure)), .cancel(.useless(let failure)), .metrics(.failure(let failure)), .page(.failure(let failure)),
      .orderMetrics(.failure(let failure)), .session(.refused(let failure)), .session(.useless(let failure)), .unauthorised(let failure):
      failure
    case .create(.accepted), .poll(.status), .cancel, .metrics, .page, .orderMetrics, .session: nil
    }
  }

  /// Changes what it says of a failure, where it is one.
  mutating func changeFailure(_ change: (Failure) -> Failure) {
    switch self {
    case .create(.refused(let failure)): self = .create(.refused(change(failure)))
    case .create(.uncertain(let failure)): self = .create(.uncertain(change(failure)))
    case .poll(.unknownWord(let failure)): self = .poll(.unknownWord(change(failure)))
    case .poll(.unknownOrder(let failure)): self = .poll(.unknownOrder(change(failure)))
    case .poll(.useless(let failure)): self = .poll(.useless(change(failure)))
    case .cancel(.useless(let failure)): self = .cancel(.useless(change(failure)))
    case .metrics(.failure(let failure)): self = .metrics(.failure(change(failure)))
    case .page(.failure(let failure)): self = .page(.failure(change(failure)))
    case .orderMetrics(.failure(let failure)): self = .orderMetrics(.failure(change(failure)))
    case .session(.refused(let failure)): self = .session(.refused(change(failure)))
    case .session(.useless(let failure)): self = .session(.useless(change(failure)))
    case .unauthorised(let failure): self = .unauthorised(change(failure))
    case .create(.accepted), .poll(.status), .cancel, .metrics, .page, .orderMetrics, .session: return
    }
  }

  /// Whether the answer says nothing about what was asked.
  var isUseless: Bool {
    switch self {
    case .poll(.useless), .cancel(.useless), .metrics(.failure), .page(.failure), .orderMetrics(.failure), .session(.useless): true
    case .create, .poll, .cancel, .metrics, .page, .orderMetrics, .session, .unauthorised: false
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
