import Shared

/// What a loop's core needs to know of the scenario. Durations are in nanoseconds.
struct CoreSettings: Sendable {
  /// How many connections this loop's creates share. Everything else gets as many again, if there is anything else.
  var connections: Int
  /// Whether this loop reads the metrics, on a connection of its own.
  var scrapesMetrics: Bool
  var metricsEvery = Self.usualMetricsEvery
  /// The figures that are counted from the list of orders, page by page; `nil` if a metrics document states them.
  var listedFigures: [Dialect.Figure]?
  var poll: PollPolicy
  /// Which orders are polled more often than that says.
  var auditPrecision: AuditPrecision?
  /// The least time from one poll of this loop to the next; 0: no limit.
  var pollInterval: Int64 = 0
  /// After how many answers a connection is closed; `nil`: never.
  var requestsPerConnection: UInt32?
  /// From the load's beginning until all connections may be open; 0: all of them at once.
  var connectRamp: Int64 = 0
  /// How long an order may take to end, from its acknowledgement, before it is given up; also how long it may wait to be sent, from when it
  /// was due.
  var orderTimeout: Int64
  /// The time from a request's sending to its complete answer; also the time that opening a connection may take.
  var requestTimeout: Int64
  /// Whether orders are polled until they have ended.
  var follows: Bool
  /// Whether nothing but the figures shows that orders end, so that the run waits until they do.
  var awaitsEnds = false
  /// Whether each order is confirmed once it is acknowledged.
  var confirms = false
  /// Whether an acknowledged order has an id.
  var namesOrders = true
  /// Whether the statuses of orders are read from the list, instead of polling each order.
  var searchesList = false
  /// What leads to further pages of the list; `nil` if it has one page.
  var pages: Dialect.List.Pages.Way?
  /// What an order is that is not in the list any more; `nil`: it is lost.
  var gone: OrderStatus?
  /// Whether one word stands for pending and processing.
  var pendingMayBeProcessing = false
  /// Whether a user waits for its order to end, instead of only for the answer to its create.
  var usersWaitForCompletion: Bool
  /// How many orders may be in hand; those beyond are counted as not sent. The same number holds for side requests.
  var maxOutstanding: Int
  /// Whether a 404 after the acknowledgement proves that the order was lost.
  var readsItsWrites: Bool
  /// What is requested besides plain orders.
  var mix = Mix()
  /// Whether a sample of the orders that have ended is read once more, where the mix does not say how many.
  var readsSample = false
  /// Whether a create that is sent again must be refused; otherwise it must be answered with the first one's id.
  var refusesDuplicates = true
  /// Whether the target says something of requests, so that each is counted.
  var countsRequests = false
  /// Whether the target has counters that begin anew with its process, so that it is noted which connections stayed open.
  var notesConnections = false
  /// Whether all that is known of each order is told when its story is over (`Recorder.told`).
  var tellsOrders = false
  var accounts = AccountShare()
  /// How many event loops the whole run has. Needed because consecutive orders of this loop are that many numbers apart.
  var loops = 1

  /// Whether each scrape during the load is followed by a second one. A list takes many requests to read; and who asks for fewer scrapes than
  /// usual most likely has a target that allows no more.
  var readsMetricsTwice: Bool {
    listedFigures == nil && (Self.leastGapBetweenPairs...Self.usualMetricsEvery).contains(metricsEvery)
  }

  /// Whether each scrape has a connection of its own. Where several processes share a port, a connection stays with one of them, and each
  /// tells of what it has seen itself: it shows only if now this one is asked and now that one.
  var readsMetricsAfresh: Bool { notesConnections }

  static let usualMetricsEvery: Int64 = 1_000_000_000

  private static let leastGapBetweenPairs: Int64 = 500_000_000

  /// The time from one scrape to a second one shortly after, in nanoseconds: 50 to 200 ms.
  func gapToSecondScrape(_ now: Instant) -> Int64 {
    50_000_000 + Int64(poll.random.uniform(.scrapeGap, UInt64(bitPattern: now.nanoseconds)) * 150_000_000)
  }

  /// How many connections polls and everything else but creates share; none if nothing else uses shared connections.
  var connectionsForFollowing: Int { (follows && !searchesList) || confirms || !mix.isEmpty || readsSample ? connections : 0 }

  /// Whether an order is read once more after its end: as the mix says, or else the first 64 of a run, one of 64 up to the 16,384th, and one
  /// of 1,024 of those that follow. What is wrong with 1 % of the orders is seen by then in 24 of 25 runs; more reads would be load.
  func readsOrder(_ index: UInt64) -> Bool {
    readsSample ? index < 64 || index.isMultiple(of: index < 16_384 ? 64 : 1_024) : mix.includes(.orderRead, index)
  }

  /// Whether an order is asked about after its end.
  func asksLater(_ index: UInt64) -> Bool { readsOrder(index) || mix.includes(.orderMetrics, index) }

  /// How many orders that have ended wait at most, to be read as late as possible; room is left for other side requests.
  var mostEnded: Int { min(64, maxOutstanding / 2) }

  /// How long a user pauses after its order could not be sent, so that a dead target does not cause a busy loop.
  static let pauseAfterFailure: Int64 = 100_000_000
  /// How long a connection that could not be opened rests: `pauseAfterFailure`, doubled after each further failure in a row, up to a
  /// second.
  static func rest(after failures: UInt8) -> Int64 {
    min(pauseAfterFailure << Int64(min(max(failures, 1), 5) - 1), 1_000_000_000)
  }

  /// How often a scrape that the audit needs is tried: the first and the last one.
  static let scrapeAttempts = 3
  /// How often a request is sent at most if its token is refused each time.
  static let mostAttempts: UInt8 = 3
}
