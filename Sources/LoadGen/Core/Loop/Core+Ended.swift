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
    } else if steps.contains(.orderRead), !orderReads.areOver, staysForMore(order, .orderRead) {
      // As late as possible, because there is time for it to change.
      orders[order].stage = .ended
      orderReads.add(order)
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

  /// Reads the orders that ended first, until so many are left.
  mutating func readEnded<A: Actions & ~Copyable>(leaving count: Int, _ now: Instant, into out: inout A) {
    while let order = orderReads.next(leaving: count, most: settings.connections) { request(order, .orderRead, now, into: &out) }
  }

  /// A side request told nothing.
  /// - Parameter isSilent: whether it was not answered.
  mutating func drop(_ order: Handle, isSilent: Bool) {
    let what = orders[order].what
    orders.remove(order)
    if what == .orderRead { readInVain(isSilent: isSilent) }
  }

  private mutating func readInVain(isSilent: Bool) {
    orderReads.failed(isSilent: isSilent)
    if orderReads.areOver { for order in orderReads.drop() { orders.remove(order) } }
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

  /// An order that had ended was read once more. That it is gone proves nothing: what has ended may be put away, and there may be no page
  /// of whole orders.
  mutating func orderReadAnswered(_ order: Handle, _ reply: PollReply, _ content: OrderContent) {
    let (ended, id) = (orders[order].ended, orders[order].id)
    orders.remove(order)
    var tells = true
    switch reply {
    case .status(let status, _):
      let isSame = OrderOutcome(ended: status) == ended
      record.judged(.orderRead, isSame ? .asExpected : .contrary)
      if !isSame, let ended, let id {
        let words = "\(id.text.beginning(bytes: 60)) had ended as \(ended.rawValue), and is \(status.rawValue) now"
        record.failed(.orderRead, Failure(.badResponse, words))
      }
    case .anotherOrder(let failure):
      record.failed(.orderRead, failure)
      record.tookForAnother()
      record.judged(.orderRead, .unclear)
    case .unknownWord(let failure), .unknownOrder(let failure), .useless(let failure):
      // That an order is gone, or that there is no such page where nobody asked for it, is nothing wrong.
      if case .unknownOrder = reply, settings.readsSample {} else { record.failed(.orderRead, failure) }
      record.judged(.orderRead, .unclear)
      tells = false
    }
    switch content {
    case .own:
      record.readContent(isOwn: true)
      tells = true
    case .anothers(let failure):
      record.failed(.orderRead, failure)
      record.readContent(isOwn: false)
      tells = true
    case .untold: break
    }
    if tells { orderReads.told() } else { readInVain(isSilent: false) }
  }
}
