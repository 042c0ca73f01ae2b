import Shared

@testable import LoadRun

/// Rates are of what came in their window, and of nothing else.
extension VirtualRun {
  var windowFindings: [String] {
    let ledger = merged()
    let load = ledger.load
    guard let began = load.began, let ended = load.ended else { return [] }
    var found: [String] = []
    func expect(_ left: Int, _ right: Int, _ what: String) { if left != right { found.append("\(what): \(left) and \(right)") } }
    let orders = common.stories.values.compactMap(\.settled.first)
    let opens = began + scenario.warmup
    func count(from: Instant, to: Instant, _ stamp: (OrderHistory) -> Instant, _ counts: (OrderOutcome) -> Bool = { _ in true }) -> Int {
      orders.count { counts($0.outcome) && stamp($0.order) >= max(from, opens) && stamp($0.order) <= min(to, ended) }
    }
    expect(load.due, count(from: opens, to: ended, \.due), "orders due in the load window")
    expect(load.tally.accepted, count(from: opens, to: ended, \.createReceived, \.wasAccepted), "orders accepted in it")
    expect(load.tally.completed, count(from: opens, to: ended, \.endedReceived) { $0 == .completed }, "orders completed in it")
    if scenario.warmup == 0, ended >= ledger.lastEvent { expect(load.tally.polls, ledger.polls, "polls in a window that holds all") }
    if let last = orders.map(\.order.createReceived).filter({ $0 != .never }).max(), !scenario.isOpen, last > ended {
      found.append("the load ended at \(ended), and a create was answered at \(last)")
    }
    let rates = Summary.Rates(ledger)
    let isRight = rates.offered.map { abs($0 * load.seconds - Double(load.due)) < 1e-6 } ?? (load.seconds == 0)
    if !isRight { found.append("\(rates.offered ?? -1) orders/s in \(load.seconds) s are not \(load.due)") }
    return found + stageFindings(ledger, began: began, orders: orders)
  }

  private func stageFindings(
    _ ledger: Ledger, began: Instant, orders: [(order: OrderHistory, id: OrderID?, outcome: OrderOutcome)]
  ) -> [String] {
    var found: [String] = []
    func expect(_ left: Int, _ right: Int, _ what: String) { if left != right { found.append("\(what): \(left) and \(right)") } }
    var begin = began
    for (place, (plan, book)) in zip(scenario.stagePlans, ledger.stages.books).enumerated() {
      let (from, to) = (begin, began + plan.ends)
      let isLast = place == scenario.stagePlans.count - 1
      func holds(_ instant: Instant) -> Bool { instant >= from && (instant < to || (isLast && instant == to)) }
      func isMeasured(_ instant: Instant) -> Bool {
        instant >= began + scenario.warmup && ledger.load.ended.map { instant <= $0 } ?? false
      }
      let own = orders.filter { holds($0.order.due) }
      expect(book.counts.scheduled, own.count, "orders due in stage \(place + 1)")
      for outcome in OrderOutcome.allCases {
        expect(book.counts[outcome], own.count { $0.outcome == outcome }, "\(outcome) of stage \(place + 1)")
      }
      expect(book.due, own.count { isMeasured($0.order.due) }, "orders due in stage \(place + 1) and the load window")
      let accepted = orders.count { $0.outcome.wasAccepted && holds($0.order.createReceived) && isMeasured($0.order.createReceived) }
      expect(book.tally.accepted, accepted, "orders accepted during stage \(place + 1)")
      let completed = orders.count { $0.outcome == .completed && holds($0.order.endedReceived) && isMeasured($0.order.endedReceived) }
      expect(book.tally.completed, completed, "orders completed during stage \(place + 1)")
      let measured = own.count { $0.order.due >= began + scenario.warmup }
      let accept = book.latencies.accept
      expect(Int(accept.observed.count + accept.censored.count), measured, "accept latencies of stage \(place + 1)")
      let judged = book.withoutLag.accept
      expect(Int(judged.observed.count + judged.censored.count), plan.isJudged ? measured : 0, "those without lag of stage \(place + 1)")
      begin = to
    }
    return found
  }
}
