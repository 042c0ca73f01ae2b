package import Shared

/// Everything that a run does, resolved: what was said, and the default for all else, which is what a field begins with.
package struct Scenario: Sendable {
  package enum Load: Sendable, Hashable {
    /// So many users, each with one create in flight.
    case closed(users: Int)
    /// Arrivals at a rate, whether or not the target keeps up.
    case open(Rate, Arrivals)
    /// The same at a rate that changes, until its stages end.
    case stages(RateStages, Arrivals)
    /// Arrivals at recorded times.
    case recorded(RecordedTimes)
  }

  /// What a user of a closed load waits for before its next order.
  enum Wait: String, Sendable, CaseIterable { case answer, completion }

  /// What happens when the generator itself may have changed a verdict.
  enum OnInvalid: String, Sendable, CaseIterable { case fail, warn }

  package var name = ""
  /// As it was written: `{port}` is not replaced yet.
  package var targetText = ""
  package var dialect = Dialect.standard
  package var load = Load.closed(users: Scenario.defaultUsers)
  /// The file that a recorded load was read from.
  var schedule: String?
  /// How long a user of a closed load waits before its next order, once it need not wait for the last one any more.
  var thinkTime: ServiceTime?
  /// How many orders at most; `nil`: as many as fit into `duration`.
  var orders: Int?
  package var duration: Duration?
  var warmup = Duration.zero
  var poll = PollPolicy(adaptiveUpTo: Scenario.defaultOrderTimeout)
  /// Polls of the whole run at most; `nil`: as many as are due.
  var maxPolls: Rate?
  var orderTimeout = Scenario.defaultOrderTimeout
  package var requestTimeout = Duration.seconds(10)
  var follows = true
  /// Whether orders are sent to the end of the plan even where every one of them is refused in the same way.
  package var keepsGoing = false
  var waitFor = Wait.answer
  /// For creates; there are as many again for what is asked for beside them, where anything is.
  var connections = Scenario.defaultUsers
  /// Whether a connection carries one request after another; otherwise each one is opened for one.
  var keepsAlive = true
  /// `nil`: as many as it lasts for.
  var requestsPerConnection: Int?
  /// From the load's beginning until all connections may be open.
  var connectRamp = Duration.zero
  /// What is trusted of an https target, and what is shown to it.
  package var tls = TLSSettings()
  var maxOutstanding = 1_000_000
  var eventLoops = 1
  var seed: UInt64 = 0
  /// Tells this run from all others: what its ids and accounts are made of.
  var nonce: UInt64 = 0
  /// Who sends the orders, each in turn; empty where nobody has to say who he is.
  var accounts: [Credentials] = []
  /// Whether the accounts are made at the beginning of the run.
  var makesAccounts = false
  /// What else is asked for beside plain orders.
  var mix = Mix()
  var thresholds: [Threshold] = []
  var labels: [String: String] = [:]
  package var headers: [(name: String, value: String)] = []
  var exclusivity = Exclusivity.inferred
  var onInvalid = OnInvalid.fail
  package var serve: String?
  /// As it was written; `nil`: the dialect's own.
  package var readyURLText: String?
  package var readyTimeout = Duration.seconds(30)
  /// `nil`: a folder of its own below `reports`.
  package var reportDirectory: String?
  package var writesReport = true

  /// What holds where nothing is said; its seed and nonce are any run's.
  init() {}
}
