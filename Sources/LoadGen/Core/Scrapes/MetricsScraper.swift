import Shared

/// When the target's own figures are read: once before the load, regularly during it, and once after it. Never more than one reading at a
/// time.
///
/// During the load each reading is followed by a second one shortly after. A cache that keeps its figures for less time than lies between
/// readings would otherwise be renewed by each of them, and so always tell the truth.
struct MetricsScraper {
  /// The number of its own connection, so that a scrape never waits for the orders' requests.
  static let connection = 0

  /// What the core is to do next: nothing, send a request, set the timer for the next scrape, for another attempt after so many nanoseconds,
  /// or for a second scrape shortly after, report `.ready`, or report `.concluded`.
  enum Turn: Equatable { case rest, read, again, later(Int64), soon, ready, concluded }

  private enum Stage {
    case idle, first, during, resting
    /// The last scrape waits for the answer to an earlier one.
    case beforeLast
    case last
  }

  let isActive: Bool
  /// When the first request of the current scrape was sent.
  var sent = Instant.never
  /// If the figures come from the list: how far the scrape has got, and what it has counted so far.
  private(set) var paginator: ListPaginator
  private(set) var count = ListCount()
  /// How old the oldest of its pages may be, in nanoseconds.
  private(set) var age: Int64 = 0
  /// Whether the next attempt waits until its account has a new token.
  var awaitsToken = false
  private let accounts: [Int]
  private let way: Dialect.List.Pages.Way?
  private var stage = Stage.idle
  private var attempts = 0
  private var isUnderWay = false
  private let readsTwice: Bool
  private var isSecond = false
  /// Whether an attempt waits because the target asked to be left alone.
  private var isPatient = false
  /// Whether the last scrape is repeated until the figures show that our orders have ended, because nothing else does.
  private let awaitsEnds: Bool
  /// How many orders had not ended before the load, by the first figures that say so.
  private var openBefore: Double?

  /// - Parameters:
  ///   - accounts: the accounts whose lists are read, if lists are read at all.
  ///   - way: what leads to further pages of a list; `nil` if there are none.
  ///   - readsTwice: whether each scrape during the load is followed by a second one.
  ///   - awaitsEnds: whether the last scrape is repeated until the figures show no more unfinished orders than there were at first.
  init(isActive: Bool, accounts: [Int], way: Dialect.List.Pages.Way? = nil, readsTwice: Bool = false, awaitsEnds: Bool = false) {
    self.isActive = isActive
    self.readsTwice = readsTwice
    self.awaitsEnds = awaitsEnds
    self.accounts = accounts
    self.way = way
    paginator = ListPaginator(accounts: accounts, way: way)
  }

  /// The first scrape is to be made.
  mutating func begin() -> Turn {
    guard isActive else { return .ready }
    stage = .first
    return startScrape()
  }

  /// The time for a scrape has come.
  mutating func timer() -> Turn {
    if isPatient {
      isPatient = false
      return .read
    }
    return (stage == .during || stage == .last) && !isUnderWay ? startScrape() : .rest
  }

  /// A reading ended.
  /// - Parameters:
  ///   - claims: what it brought; `nil` if no figures.
  ///   - patience: how long the target asked to be left alone, in nanoseconds.
  ///   - isLate: whether the last scrape has been repeated for long enough.
  mutating func answered(_ claims: Claims?, patience: Int64 = 0, isLate: Bool = false) -> Turn {
    isUnderWay = false
    let wasRead = claims != nil
    openBefore = openBefore ?? claims?.unfinished
    switch stage {
    case .first:
      if !wasRead, tryAgain() { return attempt(after: patience) }
      stage = .during
      return .ready
    case .during:
      isSecond = readsTwice && wasRead && !isSecond
      return isSecond ? .soon : .again
    case .last:
      if !wasRead, tryAgain() { return attempt(after: patience) }
      if awaitsEnds, !isLate, let openBefore, let open = claims?.unfinished, open > openBefore { return .again }
      stage = .resting
      return .concluded
    case .beforeLast: return conclude(after: patience)
    case .idle, .resting: return .rest
    }
  }

  /// No more scrapes are made until the last.
  mutating func rest() {
    stage = .resting
  }

  /// We closed the connection, and lost what was under way on it.
  mutating func abandon() {
    rest()
    isPatient = false
    awaitsToken = false
    isUnderWay = false
  }

  /// Counts the orders of a page of the list.
  /// - Returns: whether there is another page.
  /// - Throws: as `ListPaginator.advance`.
  mutating func counted(_ page: ListPage) throws(Failure) -> Bool {
    for order in page.orders { count.add(order.status) }
    age = max(age, page.age)
    return try paginator.advance(past: page)
  }

  /// The last scrape is to be made.
  /// - Parameter patience: for how long the target still wants to be left alone, in nanoseconds.
  mutating func conclude(after patience: Int64 = 0) -> Turn {
    guard isActive else { return .concluded }
    guard !isUnderWay else {
      stage = .beforeLast
      return .rest
    }
    stage = .last
    _ = startScrape()
    return attempt(after: patience)
  }

  private mutating func startScrape() -> Turn {
    attempts = 1
    reset()
    return .read
  }

  private mutating func attempt(after patience: Int64) -> Turn {
    isPatient = patience > 0
    return isPatient ? .later(patience) : .read
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
    paginator = ListPaginator(accounts: accounts, way: way)
    count = ListCount()
    age = 0
  }
}

/// How many orders a list has in all, and in each status.
struct ListCount: Sendable, Equatable {
  private(set) var total = 0
  private(set) var byStatus: [OrderStatus: Int] = [:]

  /// - Parameter status: `nil` if the dialect does not know the status word.
  mutating func add(_ status: OrderStatus?) {
    total += 1
    if let status { byStatus[status, default: 0] += 1 }
  }
}
