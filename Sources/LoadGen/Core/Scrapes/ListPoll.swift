import Shared

/// Finds the statuses of all orders in one walk through the target's list, for targets where a single order cannot be polled.
struct ListPoll {
  /// The number of its own connection, so that it never waits for the orders' requests.
  static let connection = 2

  /// Increases with each walk. No walk has the number 0, so an order that was never found has 0.
  private(set) var number: UInt32 = 0
  private(set) var paginator: ListPaginator
  /// When the first page of the walk was requested; `never` before.
  var began = Instant.never
  /// When the walk before this one began; `nil` if the search has not gone on without a break since.
  private(set) var lastBegan: Instant?
  /// The gap before the walk that was last planned, in nanoseconds, as the poll policy wants it.
  var gapAsked: Int64 = 0
  /// How many pages were requested in the walk so far; between walks, in the last one.
  var pages = 0
  /// Whether the next page of the walk is held back by the cap on polls.
  var isHeld = false
  private(set) var isUnderWay = false
  /// Whether the next walk is planned.
  var isArranged = false
  private let accounts: [Int]
  private let way: Dialect.List.Pages.Way?
  /// The orders that are searched for.
  private var places: [OrderID: Handle] = [:]

  init(accounts: [Int], way: Dialect.List.Pages.Way?) {
    self.accounts = accounts
    self.way = way
    paginator = ListPaginator(accounts: accounts, way: way)
  }

  mutating func follow(_ id: OrderID, _ order: Handle) { places[id] = order }

  /// Stops searching for an order, unless another order has taken over its id.
  mutating func forget(_ id: OrderID, _ order: Handle) {
    if places[id] == order { places[id] = nil }
  }

  var isSearching: Bool { !places.isEmpty }

  func order(_ id: OrderID) -> Handle? { places[id] }

  var orders: some Sequence<Handle> { places.values }

  /// Begins a walk at the first page of the first account.
  mutating func start() {
    number &+= 1
    pages = 0
    paginator = ListPaginator(accounts: accounts, way: way)
    lastBegan = began == .never ? nil : began
    began = .never
    isUnderWay = true
    isArranged = false
  }

  /// - Returns: false if the walk is over.
  /// - Throws: as `ListPaginator.advance`.
  mutating func advance(past page: ListPage) throws(Failure) -> Bool { try paginator.advance(past: page) }

  /// The walk is over, or was given up.
  mutating func end() {
    isUnderWay = false
    isHeld = false
    if !isSearching { began = .never }
  }
}
