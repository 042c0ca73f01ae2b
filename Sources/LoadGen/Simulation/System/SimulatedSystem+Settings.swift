package import Shared

extension SimulatedSystem {
  /// What is simulated. What has no flag of `loadgen simulate`, the self-test draws.
  package struct Settings: Sendable, Equatable {
    /// How many orders are processed at the same time; `nil`: all of them.
    package var workers: Int? = 8
    package var serviceTime = ServiceTime.fixed(.milliseconds(100))
    /// All pending orders are taken up at every multiple of this; `nil`: each as soon as a worker is free.
    package var batchEvery: Duration?
    /// The part of all orders whose processing goes wrong, from 0 to 1.
    package var failureRate = 0.0
    /// The part of the others that are cancelled by somebody else while they are processed, from 0 to 1.
    var cancellationRate = 0.0
    /// One way, of a request or an answer.
    package var networkDelay = ServiceTime.fixed(.microseconds(50))
    /// How long the system works on a request before it answers.
    package var answerTime = ServiceTime.fixed(.microseconds(100))
    /// How long it works on a poll, or on a page of a list that is searched; `nil`: as long as on all else.
    var pollAnswerTime: ServiceTime?
    /// How many requests it works on at the same time; `nil`: all of them.
    package var answerLimit: Int?
    package var faults = SimulatedFaults()
    /// Nothing is answered meanwhile; orders are processed.
    package var stalls: [Pause] = []
    /// Down, every connection broken; afterwards what was at work is begun anew.
    package var restarts: [Pause] = []
    /// By which part its clock runs fast; negative: slow.
    package var clockRate = 0.0
    /// What its timestamps are rounded down to.
    var timestampGranularity = Duration.nanoseconds(1)
    /// Orders of an earlier run, which were taken in at the beginning of virtual time, and how long after that this run begins.
    var ordersBefore = 0
    var begins = Duration.zero
    /// From one order of somebody else's to the next; `nil`: there are none.
    package var othersOrders: ServiceTime?
    /// How long a token is good for; `nil`: for ever.
    package var tokenLifetime: Duration?
    /// Whether a login says how long its token is good for.
    var tellsTokenLifetime = true
    /// Whether a login brings a refresh token, too. Each is good once.
    var givesRefreshTokens = false
    /// To how many decimals it prints averages, in the unit of the figure; from 0 to 9.
    package var metricsDecimals = 6
    /// How it makes averages fit them, and writes them.
    var spelling = SimulatedSpelling()
    /// For how long its figures are told again before they are read anew.
    package var metricsAge = Duration.zero
    /// How many nodes keep figures to be told again, each its own: a scrape may be of an earlier time than the one before it.
    var metricsNodes = 1
    /// Whether all figures of a document are of one instant; otherwise each is of the request's arrival or of its answer.
    var takesSnapshots = true
    /// What it says of itself that is not so, from the load's beginning on.
    var lie: Lie?
    /// How many orders a page of a list has, at most.
    var pageSize = 100
    /// Each so many-th order is in no list; `nil`: all are.
    var hidesEvery: Int?
    /// How long it asks to be left alone with every answer to a poll (`Retry-After`).
    package var retryAfter: Duration?
    /// Whether it asks for that with an answer that says nothing, too.
    var alwaysAsksForQuiet = false

    package init() {}
  }

  /// A time in which the system does not do what it should.
  package struct Pause: Sendable, Equatable {
    /// From the beginning of virtual time.
    package var at: Duration
    package var lasts: Duration
  }

  /// A figure of the metrics document that is told as the truth and so much more.
  struct Lie: Sendable, Equatable {
    var quantity: Dialect.Quantity
    /// In units of the last printed place; less, where negative. Of an average that is written with all its decimals.
    var places: Int64
  }
}
