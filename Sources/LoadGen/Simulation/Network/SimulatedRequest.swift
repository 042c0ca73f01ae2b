import Shared

/// A request on its way to the simulated system, or its answer on the way back. What is rare of an answer stands elsewhere, so that this stays
/// small and flat.
struct SimulatedRequest {
  enum Answer {
    case accepted(Ticket)
    case status(OrderStatus)
    /// See `SimulatedRequests.rare`.
    case other
  }

  var line: EventQueue.Line
  var call: Call
  let sent: Instant
  /// The order's number in the run.
  var index: UInt64
  /// The order that it asks for.
  var ticket: Ticket?
  /// Whose it is, by place in the run's accounts.
  var account: Int
  /// Where the page before has ended, of a list.
  var cursor: Int?
  /// The create is going to be sent twice.
  var isKeyed: Bool
  /// When its token was issued.
  var token: Instant?
  /// Of a request for a new one: the refresh token.
  var refreshToken: Int?
  /// Its answer is never sent.
  var vanishes = false
  /// The life of the system in which it has come.
  var life: UInt32 = 0
  var answer = Answer.other
  var keepsAlive = true
  /// When its answer came to the client, which may be busy; `never` before.
  var came = Instant.never
  /// The client has looked for its answer, and taken it up before its turn.
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
