import Shared

/// The search for the orders in the target's list, where an order cannot be asked for by itself: all of them are found in one walk.
struct ListPoll {
  /// Its own connection, so that it never waits for the orders' requests.
  static let connection = 2

  /// Rises with each walk; no order was found in the walk with number 0.
  private(set) var number: UInt32 = 0
  private(set) var paginator: ListPaginator
  /// When the walk's first page was asked for; `never` before.
  var began = Instant.never
  /// The same of the walk before, where the search has gone on since.
  private(set) var lastBegan: Instant?
  /// The pause before the walk that was arranged for last, in nanoseconds, as the poll policy wants it.
  var gapAsked: Int64 = 0
  /// How many pages of the walk were asked for so far; of the last walk, while there is none.
  var pages = 0
  /// The walk's next page waits for the cap on polls.
  var isHeld = false
  private(set) var isUnderWay = false
  /// The next walk has been arranged for.
  var isArranged = false
  private let accounts: [Int]
  /// Where the orders are that are searched for.
  private var places: [OrderID: Handle] = [:]

  init(accounts: [Int]) {
    self.accounts = accounts
    paginator = ListPaginator(accounts: accounts)
  }

  mutating func follow(_ id: OrderID, _ order: Handle) { places[id] = order }

  mutating func forget(_ id: OrderID, _ order: Handle) {
    if places[id] == order { places[id] = nil }
  }

  var isSearching: Bool { !places.isEmpty }

  func order(_ id: OrderID) -> Handle? { places[id] }

  var orders: some Sequence<Handle> { places.values }

  mutating func start() {
    number &+= 1
    pages = 0
    paginator = ListPaginator(accounts: accounts)
    lastBegan = began == .never ? nil : began
    began = .never
    isUnderWay = true
    isArranged = false
  }

  /// - Returns: false where the walk is over.
  mutating func advance(to next: String?) throws(Failure) -> Bool { try paginator.advance(to: next) }

  mutating func end() {
    isUnderWay = false
    isHeld = false
    if !isSearching { began = .never }
  }
}
