package import Shared

/// Everything that a run does, with all settings resolved. A field's initial value is the setting's default.
package struct Scenario: Sendable {
  /// What decides when orders are due.
  package enum Load: Sendable, Hashable {
    /// This many users, each with one create in flight.
    case closed(users: Int)
    /// Arrivals at a constant rate, whether or not the target keeps up.
    case open(Rate, Arrivals)
    /// Arrivals at a rate that changes, until its stages end.
    case stages(RateStages, Arrivals)
    /// Arrivals at recorded times.
    case recorded(RecordedTimes)
  }

  /// What a user of a closed load waits for before the next order: the create's answer, or the order's completion.
  enum Wait: String, Sendable, CaseIterable { case answer, completion }

  /// Whether a run fails when the generator itself may have changed a verdict, or only warns.
  enum OnInvalid: String, Sendable, CaseIterable { case fail, warn }

  package var name = ""
  /// As it was written, with `{port}` not yet replaced.
  package var targetText = ""
  package var dialect = Dialect.standard
  package var load = Load.closed(users: Scenario.defaultUsers)
  /// The file that a recorded load was read from.
  var schedule: String?
  /// How long a user of a closed load thinks between the end of its wait and its next order.
  var thinkTime: ServiceTime?
  /// The most orders that are sent; `nil`: as many as fit into `duration`.
  var orders: Int?
  /// How long orders are sent; `nil`: until `orders` are sent, or the load ends by itself.
  package var duration: Duration?
  /// The first part of the load, which is counted but not measured.
  package var warmup = Duration.zero
  var poll = PollPolicy(adaptiveUpTo: Scenario.defaultOrderTimeout)
  /// The most polls per second, for the whole run; `nil`: as many as are due.
  var maxPolls: Rate?
  /// From one reading of the API's figures to the next.
  var metricsEvery = Scenario.usualMetricsEvery
  /// The orders that are polled more often than others, for the audit; `nil`: none.
  var auditPrecision: AuditPrecision?
  /// How long after its acknowledgement an order that has not ended is given up.
  var orderTimeout = Scenario.defaultOrderTimeout
  /// After this time a request without a complete answer is given up.
  package var requestTimeout = Duration.seconds(10)
  /// Whether orders are polled until they end.
  var follows = true
  /// Whether orders are sent until the end of the plan even if every single one is refused in the same way.
  package var keepsGoing = false
  var waitFor = Wait.answer
  /// Connections for creates; there are as many again for all other requests, if there are any.
  var connections = Scenario.defaultUsers
  /// Whether a connection carries several requests, one after another; otherwise each request gets a new one.
  var keepsAlive = true
  /// The most requests per connection; `nil`: as many as it lasts for.
  var requestsPerConnection: Int?
  /// How long after the load's beginning all connections may be open, at the earliest.
  var connectRamp = Duration.zero
  /// How an https target is verified, and which certificate is shown to it.
  package var tls = TLSSettings()
  /// The most orders in hand at the same time; what is due beyond them is counted as not sent.
  var maxOutstanding = 1_000_000
  var eventLoops = 1
  package var seed: UInt64 = 0
  /// Distinguishes this run from all others: its ids and accounts are made from it.
  var nonce: UInt64 = 0
  /// The accounts that send orders, in turn; empty where the target does not ask who its callers are.
  var accounts: [Credentials] = []
  /// Whether the accounts are registered at the beginning of the run.
  var makesAccounts = false
  /// Which requests are sent beside plain orders and polls.
  var mix = Mix()
  var thresholds: [Threshold] = []
  /// How sure a run must be of a threshold on a percentile, as a fraction; `nil`: what was observed decides.
  var confidence: Double?
  var labels: [String: String] = [:]
  /// Sent with every request; their values may be secrets.
  package var headers: [(name: String, value: String)] = []
  /// Whether somebody else may send orders to the target.
  var exclusivity = Exclusivity.inferred
  var onInvalid = OnInvalid.fail
  /// The shell command that starts the target, with `{port}` not yet replaced; `nil`: the target is running already.
  package var serve: String?
  /// As it was written; `nil`: the dialect's ready path.
  package var readyURLText: String?
  /// How long a served program may take until it is ready.
  package var readyTimeout = Duration.seconds(30)
  /// `nil`: a new folder below `reports`.
  package var reportDirectory: String?
  package var writesReport = true
  /// Whether the report has each order and each reading, too.
  package var logsOrders = false
  /// Whether the report has a table of all orders.
  package var tabulatesOrders = false

  /// The defaults. The seed and the nonce are placeholders.
  init() {}
}
