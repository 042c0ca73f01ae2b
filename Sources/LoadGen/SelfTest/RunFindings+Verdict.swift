import Shared

extension RunFindings {
  /// Where a run is said to have passed, everything asked for must have been completed, according to the system's own books.
  static func falsePasses(_ summary: Summary, _ scenario: Scenario, _ result: Simulation.Result, _ system: SimulatedSystem.Settings)
    -> [String]
  {
    guard summary.verdict == .pass else { return [] }
    let (counts, books) = (result.run.ledger.counts, result.books)
    var found: [String] = []
    func pass(although reason: String) { found.append("it is said to have passed, although \(reason)") }
    if result.run.wasInterrupted || result.run.wasRefused { pass(although: "it was ended before its plan") }
    if counts.accepted == 0 { pass(although: "no order was accepted") }
    // Where no connection could be made, an order counts as submitted although not one byte was sent; another rule deals with those.
    let unsent = counts.scheduled - counts[.errored] - (result.sent[.create] ?? 0)
    if unsent > 0 { pass(although: "\(unsent) of \(counts.scheduled) orders were not sent") }
    if result.run.ledger.traffic.kinds.contains(where: { result.run.ledger.traffic[$0].contrary > 0 }) {
      pass(although: "what had to be refused was taken")
    }
    guard scenario.follows, system.othersOrders == nil else { return found }
    // Orders whose ids nobody knows are not followed, nor are those from before the run.
    let beside = RequestKind.sideRequests.filter(\.isCreate).reduce(0) { $0 + result.run.ledger.traffic[$1].unclear }
    let unknown = system.ordersBefore + counts[.ambiguous] + beside
    let open = books.counts[.pending] + books.counts[.processing]
    if open > unknown { pass(although: "\(open) of \(books.total) orders never ended, and only \(unknown) were not followed") }
    if (books.counts[.failed] - unknown) * 100 >= max(1, counts.accepted) {
      pass(although: "\(books.counts[.failed]) of \(books.total) orders failed")
    }
    return found
  }
}
