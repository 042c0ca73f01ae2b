import Shared

/// When the target's own figures are read: once before the load, regularly during it, once after it. One reading at a time.
struct MetricsScraper {
  /// Its own connection, so that a scrape never waits for the orders' requests.
  static let connection = 0

  enum Turn { case rest, read, again, ready, concluded }

  private enum Stage {
    case idle, first, during, resting
    /// The last scrape waits for the answer to an earlier one.
    case beforeLast
    case last
  }

  let isActive: Bool
  /// When the first request of the scrape that is under way was sent.
  var sent = Instant.never
  /// Where the scrape stands, and what was counted so far, where the figures come from the list.
  private(set) var paginator: ListPaginator
  private(set) var count = ListCount()
  private let accounts: [Int]
  private var stage = Stage.idle
  private var attempts = 0
  private var isUnderWay = false

  /// - Parameter accounts: whose lists are read, where lists are read at all.
  init(isActive: Bool, accounts: [Int]) {
    self.isActive = isActive
    self.accounts = accounts
    paginator = ListPaginator(accounts: accounts)
  }

  /// The first scrape is to be made.
  mutating func begin() -> Turn {
    guard isActive else { return .ready }
    stage = .first
    return startScrape()
  }

  /// The time of a scrape during the load has come.
  mutating func timer() -> Turn { stage == .during && !isUnderWay ? startScrape() : .rest }

  /// A reading brought figures, or did not.
  mutating func answered(_ wasRead: Bool) -> Turn {
    isUnderWay = false
    switch stage {
    case .first:
      if !wasRead, tryAgain() { return .read }
      stage = .during
      return .ready
    case .during: return .again
    case .last:
      if !wasRead, tryAgain() { return .read }
      stage = .resting
      return .concluded
    case .beforeLast:
      stage = .last
      return startScrape()
    case .idle, .resting: return .rest
    }
  }

  /// No more scrapes until the last.
  mutating func rest() {
    stage = .resting
  }

  /// The connection was closed by us, and with it what was under way.
  mutating func abandon() {
    rest()
    isUnderWay = false
  }

  /// Counts a page of the list.
  /// - Returns: whether there is another.
  mutating func counted(_ page: ListPage) throws(Failure) -> Bool {
    for order in page.orders { count.add(order.status) }
    return try paginator.advance(to: page.next)
  }

  /// The last scrape is to be made.
  mutating func conclude() -> Turn {
    guard isActive else { return .concluded }
    guard !isUnderWay else {
      stage = .beforeLast
      return .rest
    }
    stage = .last
    return startScrape()
  }

  private mutating func startScrape() -> Turn {
    attempts = 1
    reset()
    return .read
  }

  private mutating func tryAgain() -> Bool {
    guard attempts < CoreSettings.scrapeAttempts else { return false }
    attempts += 1
    reset()
    return true
  }

  private mutating func reset() {
    isUnderWay = true
    sent = .never
    paginator = ListPaginator(accounts: accounts)
    count = ListCount()
  }
}

/// How many orders a list has, and how many of them stand where.
struct ListCount: Sendable, Equatable {
  private(set) var total = 0
  private(set) var byStatus: [OrderStatus: Int] = [:]

  /// - Parameter status: `nil` where the word is none of the dialect's.
  mutating func add(_ status: OrderStatus?) {
    total += 1
    if let status { byStatus[status, default: 0] += 1 }
  }
}
