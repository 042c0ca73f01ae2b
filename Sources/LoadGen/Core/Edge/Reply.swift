import Shared

/// What an answer means, read by the dialect: one type per family of requests. Rare, large cases are `indirect` so that the usual answers
/// stay small.
enum Reply: Sendable {
  /// To a create, including one that is sent again and one that must be refused.
  case create(CreateReply)
  indirect case confirm(ConfirmReply)
  case poll(PollReply)
  indirect case cancel(CancelReply)
  /// What a metrics document says: its numeric figures, of which there is at least one; or why it says nothing.
  indirect case metrics(Result<Claims, Failure>)
  /// One page of a list, whatever it is read for; or why the answer is not one.
  indirect case page(Result<ListPage, Failure>)
  /// How long the target says that one order took; or why it does not say.
  indirect case orderMetrics(Result<ClaimedDuration, Failure>)
  /// What an order that has ended is now.
  indirect case orderRead(PollReply, OrderContent)
  /// To a request that creates an account or obtains its tokens.
  indirect case session(SessionReply)
  /// To any request that needs a token: the token is missing, invalid or no longer valid. The target did nothing.
  indirect case unauthorised(Failure)
}

/// What the answer to a create means.
enum CreateReply: Sendable {
  /// The order was acknowledged. Without an id it cannot be followed.
  case accepted(OrderID?)
  /// The order was refused for good: by a complete 4xx other than 408, or by what the dialect calls a refusal.
  indirect case refused(Failure)
  /// The answer leaves open whether the order exists.
  indirect case uncertain(Failure)
}

/// What the answer to the confirmation of an order means.
enum ConfirmReply: Sendable {
  case confirmed
  /// The order will not go on.
  case refused(Failure)
  /// The answer leaves open whether it goes on.
  case uncertain(Failure)
}

/// What the answer to a poll of one order means.
enum PollReply: Sendable {
  /// `retryAfter`: how long the target asked to be left alone, in nanoseconds.
  case status(OrderStatus, retryAfter: Int64? = nil)
  /// A status word that the dialect does not know.
  indirect case unknownWord(Failure)
  /// The target does not know the order.
  indirect case unknownOrder(Failure)
  /// The answer names another order than the one that was asked for.
  indirect case anotherOrder(Failure)
  /// The answer says nothing about the order.
  indirect case useless(Failure)
}

/// Whose content a whole order has.
enum OrderContent: Sendable {
  /// What was sent for it.
  case own
  /// What was sent for another order, and nothing of its own: which, in words.
  case anothers(Failure)
  /// It does not show.
  case untold
}

/// What the answer to a cancel means.
enum CancelReply: Sendable {
  case cancelled
  /// The order is no longer pending.
  case notCancelled
  /// The answer does not show which.
  case useless(Failure)
}

/// The target's statement of how long one order took.
struct ClaimedDuration: Sendable {
  /// The durations that the printed figure may stand for, in nanoseconds.
  var range: ClosedRange<Double>
  /// The figure as printed.
  var text: String
}

/// What the answer to a registration, a login or a renewal means.
enum SessionReply: Sendable {
  /// The account exists now.
  case registered
  case tokens(Tokens)
  /// The account is not allowed in.
  case refused(Failure)
  /// The answer does not show whether the account is allowed in.
  case useless(Failure)
}

extension Reply {
  /// The failure that it carries, if any.
  var failure: Failure? {
    switch self {
    case .create(.refused(let failure)), .create(.uncertain(let failure)), .confirm(.refused(let failure)),
      .confirm(.uncertain(let failure)), .cancel(.useless(let failure)), .metrics(.failure(let failure)), .page(.failure(let failure)),
      .orderMetrics(.failure(let failure)),
      .session(.refused(let failure)), .session(.useless(let failure)), .unauthorised(let failure):
      failure
    case .poll(let reply), .orderRead(let reply, _): reply.failure
    case .create(.accepted), .confirm(.confirmed), .cancel, .metrics, .page, .orderMetrics, .session: nil
    }
  }

  /// Replaces the failure that it carries, if any.
  mutating func changeFailure(_ change: (Failure) -> Failure) {
    switch self {
    case .create(.refused(let failure)): self = .create(.refused(change(failure)))
    case .create(.uncertain(let failure)): self = .create(.uncertain(change(failure)))
    case .confirm(.refused(let failure)): self = .confirm(.refused(change(failure)))
    case .confirm(.uncertain(let failure)): self = .confirm(.uncertain(change(failure)))
    case .poll(let reply): self = .poll(reply.changing(change))
    case .orderRead(let reply, .anothers(let failure)): self = .orderRead(reply.changing(change), .anothers(change(failure)))
    case .orderRead(let reply, let content): self = .orderRead(reply.changing(change), content)
    case .cancel(.useless(let failure)): self = .cancel(.useless(change(failure)))
    case .metrics(.failure(let failure)): self = .metrics(.failure(change(failure)))
    case .page(.failure(let failure)): self = .page(.failure(change(failure)))
    case .orderMetrics(.failure(let failure)): self = .orderMetrics(.failure(change(failure)))
    case .session(.refused(let failure)): self = .session(.refused(change(failure)))
    case .session(.useless(let failure)): self = .session(.useless(change(failure)))
    case .unauthorised(let failure): self = .unauthorised(change(failure))
    case .create(.accepted), .confirm(.confirmed), .cancel, .metrics, .page, .orderMetrics, .session: return
    }
  }

  /// Whether the answer says nothing about what was asked.
  var isUseless: Bool {
    switch self {
    case .poll(.useless), .orderRead(.useless, _), .cancel(.useless), .metrics(.failure), .page(.failure), .orderMetrics(.failure),
      .session(.useless):
      true
    case .create, .confirm, .poll, .orderRead, .cancel, .metrics, .page, .orderMetrics, .session, .unauthorised: false
    }
  }
}

extension PollReply {
  /// The failure that it carries, if any.
  fileprivate var failure: Failure? {
    switch self {
    case .status: nil
    case .unknownWord(let failure), .unknownOrder(let failure), .anotherOrder(let failure), .useless(let failure): failure
    }
  }

  /// The same with another failure, if it carries one.
  fileprivate func changing(_ change: (Failure) -> Failure) -> PollReply {
    switch self {
    case .status: self
    case .unknownWord(let failure): .unknownWord(change(failure))
    case .unknownOrder(let failure): .unknownOrder(change(failure))
    case .anotherOrder(let failure): .anotherOrder(change(failure))
    case .useless(let failure): .useless(change(failure))
    }
  }
}

/// One page of a list of orders.
struct ListPage: Sendable {
  var orders: [Entry] = []
  /// The cursor of the next page; `nil` on the last page.
  var next: String?
  /// How much older than the answer the page may be, in nanoseconds.
  var age: Int64 = 0

  /// One order of the list.
  struct Entry: Sendable, Equatable {
    var id: OrderID
    /// `nil` if the dialect does not know the status word.
    var status: OrderStatus?
  }
}

/// What an account identifies itself with once it has logged in. Secrets: they must never appear in a log or a report.
struct Tokens: Sendable, Hashable {
  var access: String
  /// Used to obtain the next tokens; `nil` if that takes a new login.
  var refresh: String?
  /// How long the access token lasts from its issue, in nanoseconds; `nil` if unknown.
  var lifetime: Int64?
}
