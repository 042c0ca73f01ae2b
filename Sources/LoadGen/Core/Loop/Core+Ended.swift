import DequeModule
import Shared

/// What is still asked about orders that have ended.
extension Core {
  /// An order's story is over: asks what is to be asked about it, one request after another, and then forgets it.
  mutating func askMore<A: Actions & ~Copyable>(_ order: Handle, _ now: Instant, into out: inout A) {
    let steps = orders[order].steps
    guard !isStopped, let ended = orders[order].ended else { return orders.remove(order) }
    if ended == .completed, steps.contains(.orderMetrics), staysForMore(order, .orderMetrics) {
      orders[order].steps.remove(.orderMetrics)
      request(order, .orderMetrics, now, into: &out)
    } else if steps.contains(.orderRead), orderPage != .absent, staysForMore(order, .orderRead) {
      // As late as possible, because there is time for it to change.
      orders[order].stage = .ended
      endedOrders.append(order)
      readEnded(leaving: settings.mostEnded, now, into: &out)
    } else {
      orders.remove(order)
    }
  }

  /// Makes it a side request, if there is room for one more.
  private mutating func staysForMore(_ order: Handle, _ what: RequestKind) -> Bool {
    if orders[order].isSideRequest { return true }
    // Nobody asked for the sample.
    let hasRoom =
      what == .orderRead && settings.readsSample ? orders.sideRequestCount < settings.maxOutstanding : hasRoomForSideRequest(what)
    guard hasRoom else { return false }
    orders.makeSideRequest(order)
    return true
  }

  /// Reads the orders that ended first, until so many are left. Where nobody asked for that, a single one is tried first.
  mutating func readEnded<A: Actions & ~Copyable>(leaving count: Int, _ now: Instant, into out: inout A) {
    while orderPage == .there || orderPage == .untried, endedOrders.count > (orderPage == .there ? count : 0),
      let order = endedOrders.popFirst()
    {
      if orderPage == .untried { orderPage = .asked }
      request(order, .orderRead, now, into: &out)
    }
  }

  /// The order that was read first told something, or nothing: then no others are.
  mutating func triedOrderPage(isThere: Bool) {
    guard orderPage == .asked else { return }
    orderPage = isThere ? .there : .absent
    guard !isThere else { return }
    while let order = endedOrders.popFirst() { orders.remove(order) }
  }

  /// A side request told nothing.
  mutating func drop(_ order: Handle) {
    if orders[order].what == .orderRead { triedOrderPage(isThere: false) }
    orders.remove(order)
  }

  /// The target was asked for its figures about one order, and has answered.
  mutating func orderMetricsAnswered<A: Actions & ~Copyable>(
    _ order: Handle, _ duration: Result<ClaimedDuration, Failure>, _ after: Instant, into out: inout A
  ) {
    switch duration {
    case .success(let claimed):
      record.judged(.orderMetrics, .asExpected)
      record.claimed(orders[order].history, id: orders[order].id, claimed.range, text: claimed.text, at: after)
    case .failure(let failure):
      record.failed(.orderMetrics, failure)
      record.judged(.orderMetrics, .unclear)
    }
    askMore(order, after, into: &out)
  }

  /// An order that had ended was read once more. That it is gone proves nothing: what has ended may be put away.
  mutating func orderReadAnswered(_ order: Handle, _ reply: PollReply, _ content: OrderContent) {
    let wasFirst = orderPage == .asked
    if case .status = reply { triedOrderPage(isThere: true) } else { triedOrderPage(isThere: false) }
    switch reply {
    case .unknownOrder where wasFirst:
      // That there is no such page is nothing wrong.
      record.judged(.orderRead, .unclear)
    case .status(let status, _):
      record.judged(.orderRead, OrderOutcome(ended: status) == orders[order].ended ? .asExpected : .contrary)
    case .anotherOrder(let failure):
      record.failed(.orderRead, failure)
      record.tookForAnother()
      record.judged(.orderRead, .unclear)
    case .unknownWord(let failure), .unknownOrder(let failure), .useless(let failure):
      record.failed(.orderRead, failure)
      record.judged(.orderRead, .unclear)
    }
    switch content {
    case .own: record.readContent(isOwn: true)
    case .anothers(let failure):
      record.failed(.orderRead, failure)
      record.readContent(isOwn: false)
    case .untold: break
    }
    orders.remove(order)
  }
}
