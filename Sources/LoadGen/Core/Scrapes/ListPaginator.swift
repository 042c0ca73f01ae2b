/// How far the reading of lists has got: page after page, one account after another.
struct ListPaginator: Sendable {
  private let accounts: [Int]
  private var place = 0
  private(set) var cursor: String?
  private var pages = 0

  /// The most pages that are read of one account: a target whose cursors lead in a circle must not trap us.
  static let mostPages = 100_000

  init(accounts: [Int]) { self.accounts = accounts }

  /// The account whose list is being read.
  var account: Int { accounts.indices.contains(place) ? accounts[place] : 0 }

  /// Goes on to the next page.
  /// - Parameter next: the cursor that the last page gave; `nil` if it was the account's last page.
  /// - Returns: false if that was the last page of the last account.
  /// - Throws: `Failure` if the cursor is the same as before, or the list is too long.
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
