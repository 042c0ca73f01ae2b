import Shared

/// How far the reading of lists has got: page after page, one account after another.
struct ListPaginator: Sendable {
  private let accounts: [Int]
  private let way: Dialect.List.Pages.Way?
  private var place = 0
  private(set) var cursor: String?
  private var pages = 0
  /// The orders on the pages that were read of the account.
  private var orders = 0
  /// The ends of the page before, and how often the same page has come by now.
  private var latest: (first: OrderID, last: OrderID, times: Int)?

  /// The most pages that are read of one account: a target whose cursors lead in a circle must not trap us.
  static let mostPages = 100_000
  /// How often the same page may come in a row: where new orders come first, they may have shifted the list by a page.
  private static let mostRepeats = 4

  /// - Parameter way: what leads to further pages; `nil` if there are none.
  init(accounts: [Int], way: Dialect.List.Pages.Way?) {
    self.accounts = accounts
    self.way = way
  }

  /// The account whose list is being read.
  var account: Int { accounts.indices.contains(place) ? accounts[place] : 0 }

  /// Goes on to the next page.
  /// - Parameter page: the one that was read.
  /// - Returns: false if that was the last page of the last account.
  /// - Throws: `Failure` if the cursor is the same as before, or the list is too long.
  mutating func advance(past page: ListPage) throws(Failure) -> Bool {
    pages += 1
    orders += page.orders.count
    if let first = page.orders.first?.id, let last = page.orders.last?.id {
      let isSame = latest.map { $0.first == first && $0.last == last } ?? false
      latest = (first, last, isSame ? (latest?.times ?? 0) + 1 : 1)
      guard (latest?.times ?? 0) < Self.mostRepeats else {
        throw Failure(.badResponse, "the list has no end: the same page comes again and again, so that its pages' path leads to no other")
      }
    }
    if let next = next(after: page) {
      guard next != cursor, pages < Self.mostPages else {
        throw Failure(.badResponse, "the list has no end: after \(pages) pages it leads to '\(next.prefix(40))' again")
      }
      cursor = next
      return true
    }
    cursor = nil
    (pages, orders) = (0, 0)
    latest = nil
    place += 1
    return place < accounts.count
  }

  private func next(after page: ListPage) -> String? {
    switch way {
    case .cursor, .link: page.next
    case .offset: page.orders.isEmpty ? nil : "\(orders)"
    case .number(let first): page.orders.isEmpty ? nil : "\(first + pages)"
    case nil: nil
    }
  }
}
