package import Shared

extension SimulatedSystem {
  /// What is simulated. Settings without a flag of `loadgen simulate` are drawn by the self-test.
  package struct Settings: Sendable, Equatable {
    /// How many orders are processed at the same time; `nil`: all of them.
    package var workers: Int? = 8
    /// Decides what is random about the system and the network to it; `nil`: the run's own seed, which also decides what orders are sent, and
    /// when.
    package var seed: UInt64?
    package var serviceTime = ServiceTime.fixed(.milliseconds(100))
    /// All pending orders are taken up at every multiple of this time; `nil`: each as soon as a worker is free.
    package var batchEvery: Duration?
    /// The fraction of all orders whose processing fails, from 0 to 1.
    package var failureRate = 0.0
    /// The fraction of the other orders that somebody else cancels while they are processed, from 0 to 1.
    var cancellationRate = 0.0
    /// For one way, of a request or of an answer.
    package var networkDelay = ServiceTime.fixed(.microseconds(50))
    /// How long the system works on a request before it answers.
    package var answerTime = ServiceTime.fixed(.microseconds(100))
    /// How long it works on a poll, or on a page of a list that is searched; `nil`: as long as on all other requests.
    var pollAnswerTime: ServiceTime?
    /// How many requests it works on at the same time; `nil`: all of them.
    package var answerLimit: Int?
    package var faults = SimulatedFaults()
    /// When nothing is answered for a while; orders are processed meanwhile.
    package var stalls: [Pause] = []
    /// When it goes down, and every connection breaks; orders that were being processed start anew afterwards.
    package var restarts: [Pause] = []
    /// The fraction by which its clock is fast; negative: slow.
    package var clockRate = 0.0
    /// What its timestamps are rounded down to.
    var timestampGranularity = Duration.nanoseconds(1)
    /// How much earlier than visible an order's end is stamped.
    var stampLead = Duration.zero
    /// How many orders of an earlier run were created at the beginning of virtual time, and how long after that this run begins.
    var ordersBefore = 0
    var begins = Duration.zero
    /// The time between two orders of somebody else; `nil`: there are none.
    package var othersOrders: ServiceTime?
    /// How long a token is valid; `nil`: for ever.
    package var tokenLifetime: Duration?
    /// Whether a login's answer says how long its token is valid.
    var tellsTokenLifetime = true
    /// Whether a login's answer has a refresh token as well. Each can be used once.
    var givesRefreshTokens = false
    /// How many decimals averages are printed with, in the figure's unit; from 0 to 9.
    package var metricsDecimals = 6
    /// How averages are shortened to these decimals, and written.
    var spelling = SimulatedSpelling()
    /// How long the same figures are repeated before they are read anew.
    package var metricsAge = Duration.zero
    /// How many nodes repeat figures, each its own: a reading may show an earlier state than the one before it.
    var metricsNodes = 1
    /// Whether it says how old figures are (`Age`).
    var tellsMetricsAge = false
    /// Whether every node has figures to repeat that are from before the first order.
    var wasReadBefore = false
    /// Whether all figures of a document are from the same instant; otherwise each is from the request's arrival or from its answer, by
    /// chance.
    var takesSnapshots = true
    /// What it claims falsely from the load's beginning on; `nil`: nothing.
    var lie: Lie?
    /// The lies that it tells of its figures, and what is wrong with their answers, from the first order after the load's beginning on.
    package var lies: [Fault] = []
    /// The most orders on a page of a list.
    var pageSize = 100
    /// Whether orders that are processing are told and counted as pending, because the dialect has one word for both.
    var processingIsPending = false
    /// Every n-th order appears in no list; `nil`: all orders do.
    var hidesEvery: Int?
    /// For how long it asks, with every answer to a poll, not to be asked again (`Retry-After`); `nil`: it does not ask for that.
    package var retryAfter: Duration?
    /// Whether it asks for that also with an answer that says nothing about the order.
    var alwaysAsksForQuiet = false

    package init() {}
  }

  /// A time during which the system does not do what it should.
  package struct Pause: Sendable, Equatable {
    /// When it begins, since the beginning of virtual time.
    package var at: Duration
    package var lasts: Duration

    package init(at: Duration, lasts: Duration) {
      self.at = at
      self.lasts = lasts
    }
  }

  /// A figure of the metrics document, and by how much it is falsified.
  struct Lie: Sendable, Equatable {
    var quantity: Dialect.Quantity
    /// How much is added to the true figure, in units of the last printed place; may be negative. Averages must be written with all their
    /// decimals.
    var places: Int64
  }
}
