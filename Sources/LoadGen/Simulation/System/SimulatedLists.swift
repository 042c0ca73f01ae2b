/// The orders that the simulated system lists, by whose they are, in the order of their creation.
struct SimulatedLists {
  /// So many orders are on a page.
  private let pageSize: Int
  private var lists: [Int: [Ticket]] = [:]

  init(pageSize: Int) { self.pageSize = pageSize }

  mutating func add(_ ticket: Ticket, owner: Int) { lists[owner, default: []].append(ticket) }

  /// The newest first.
  /// - Parameter end: where the page before has ended; `nil` for the first.
  func page(of owner: Int, before end: Int?) -> (tickets: [Ticket], next: Int?) {
    let all = lists[owner] ?? []
    let end = min(max(0, end ?? all.count), all.count)
    let begin = max(0, end - pageSize)
    return (all[begin..<end].reversed(), begin > 0 ? begin : nil)
  }
}
