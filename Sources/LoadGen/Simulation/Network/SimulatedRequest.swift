import Shared

/// A request on its way to the simulated system, or its answer on the way back. Rare answers are stored elsewhere, to keep this small and
/// flat.
struct SimulatedRequest {
  enum Answer {
    case accepted(Ticket)
    case status(OrderStatus)
    /// Any other answer: see `SimulatedRequests.rare`.
    case other
  }

  var line: EventQueue.Line
  var call: Call
  let sent: Instant
  /// The order's index in the run.
  var index: UInt64
  /// The order that the request is about.
  var ticket: Ticket?
  /// The index of the caller among the run's accounts.
  var account: Int
  /// In a request for a page of a list: where the page before ended.
  var cursor: Int?
  /// Whether the create carries a key, because it is going to be sent twice.
  var isKeyed: Bool
  /// When the token that it carries was issued.
  var token: Instant?
  /// In a request for a new token: the refresh token.
  var refreshToken: Int?
  /// Whether it is never answered.
  var vanishes = false
  /// The life of the system in which it arrived.
  var life: UInt32 = 0
  var answer = Answer.other
  var keepsAlive = true
  /// When its answer arrived at a client that was busy; `never` if the client was free, or before.
  var came = Instant.never
  /// Whether the client has looked for the answer and heard it before its turn.
  var wasHeard = false

  init(_ call: Call, _ context: borrowing RequestContext, ticket: Ticket?, line: EventQueue.Line, at now: Instant) {
    self.line = line
    sent = now
    self.call = call
    index = context.index
    self.ticket = ticket
    account = context.account
    cursor = context.cursor.flatMap { Int($0) }
    isKeyed = context.isKeyed
    token = context.tokens.flatMap { Int64($0.access.drop { !$0.isNumber }) }.map(Instant.init)
    if call.what == .refresh { refreshToken = context.tokens?.refresh.flatMap { Int($0) } }
  }
}
