/// The orders in the simulated system's lists, by owner, in the order of their creation.
struct SimulatedLists {
  /// The most orders on a page.
  private let pageSize: Int
  private var lists: [Int: [Ticket]] = [:]

  init(pageSize: Int) { self.pageSize = pageSize }

  mutating func add(_ ticket: Ticket, owner: Int) { lists[owner, default: []].append(ticket) }

  /// A page of a list, newest first.
  /// - Parameter end: where the page before ended; `nil` for the first page.
  /// - Returns: the orders, and where the page ended; `nil` on the last page.
  func page(of owner: Int, before end: Int?) -> (tickets: [Ticket], next: Int?) {
    let all = lists[owner] ?? []
    let end = min(max(0, end ?? all.count), all.count)
    let begin = max(0, end - pageSize)
    return (all[begin..<end].reversed(), begin > 0 ? begin : nil)
  }
}
