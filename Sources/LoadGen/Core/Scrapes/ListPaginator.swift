/// Where a scrape of the list stands: page after page, one account's after another's.
struct ListPaginator: Sendable {
  private let accounts: [Int]
  private var place = 0
  private(set) var cursor: String?
  private var pages = 0

  /// Pages of one account at most: a target whose cursors lead in a circle must not lead us there.
  static let mostPages = 100_000

  init(accounts: [Int]) { self.accounts = accounts }

  /// Whose list is read now.
  var account: Int { accounts.indices.contains(place) ? accounts[place] : 0 }

  /// Goes on to the next page.
  /// - Parameter next: the cursor that the last page gave.
  /// - Returns: false where that was the last page of all.
  mutating func advance(to next: String?) throws(Failure) -> Bool {
    pages += 1
    if let next {
      guard next != cursor, pages < Self.mostPages else {
        throw Failure(.badResponse, "the list has no end: after \(pages) pages it leads to '\(next.prefix(40))' again")
      }
      cursor = next
      return true
    }
    cursor = nil
    pages = 0
    place += 1
    return place < accounts.count
  }
}
