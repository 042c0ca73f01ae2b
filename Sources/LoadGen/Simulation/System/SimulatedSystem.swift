import DequeModule
import Shared

/// A simulated order system: orders are created, wait, are processed, and are counted, all by a virtual clock.
///
/// With the same settings and seed it does what order-server does: the k-th order to be taken up is processed for the k-th drawn service
/// time, and fails by the k-th draw; after a restart, orders that were being processed wait again.
package struct SimulatedSystem: ~Copyable {
  private let settings: Settings
  private let random: SeededRandom
  private var draws: ProcessingDraws
  let clock: SimulatedClock
  private(set) var orders = SimulatedOrders()
  private var queue: Deque<Ticket> = []
  private var working = 0
  /// How many orders of the batch being processed are still to be taken up; `nil`: no batch is being processed.
  private var ofBatch: Int?
  private(set) var books = SimulatedBooks()
  /// The orders by list, where somebody reads lists: then no order is forgotten.
  private(set) var lists: SimulatedLists?
  private(set) var isDown = false
  /// What it tells of itself where it lies; `nil` before the load begins, and where it is honest.
  private var lying: LyingFigures?
  /// What it does wrong with orders; `nil` before the load begins, and where it is honest.
  private(set) var deeds: SimulatedDeeds?
  /// Incremented by every restart: work begun in an earlier life is lost.
  private(set) var life: UInt32 = 0

  /// - Parameter listsOrders: whether somebody reads lists of orders.
  init(_ settings: Settings, random: SeededRandom, listsOrders: Bool = false) {
    if listsOrders { lists = SimulatedLists(pageSize: settings.pageSize) }
    self.settings = settings
    self.random = random
    draws = ProcessingDraws(settings.serviceTime, failureRate: settings.failureRate, random: random)
    clock = SimulatedClock(
      rate: settings.clockRate, granularity: settings.timestampGranularity.nanoseconds, lead: settings.stampLead.nanoseconds)
  }

  /// Arranges the first batch, if orders are processed in batches.
  func begin(_ eventQueue: inout EventQueue) {
    if settings.batchEvery != nil { arrangeBatch(&eventQueue) }
  }

  /// Creates an order, and takes it up if a worker is free.
  /// - Parameter owner: in whose list the order appears.
  /// - Parameter wrong: what may be wrong with the create.
  /// - Parameter isHeld: whether it waits to be confirmed.
  mutating func create(owner: Int = 0, wrong: SimulatedDeeds.Create? = nil, isHeld: Bool = false, _ eventQueue: inout EventQueue) -> Ticket
  {
    let ticket = orders.insert(created: eventQueue.now)
    // It is marked before a worker can take it.
    let isTwice = wrong.flatMap { deeds?.made(ticket, $0) } ?? false
    if !isHidden(orders[ticket].number), deeds?.hides(ticket) != true { lists?.add(ticket, owner: owner) }
    books.created()
    note(eventQueue.now)
    if !isHeld { queue.append(ticket) }
    takeUp(&eventQueue)
    if isTwice { forget(create(owner: owner, &eventQueue)) }
    return ticket
  }

  /// An order that was held goes on, and is taken up if a worker is free.
  mutating func confirm(_ ticket: Ticket, _ eventQueue: inout EventQueue) {
    queue.append(ticket)
    takeUp(&eventQueue)
  }

  /// What is wrong with a create that has come; `nil` where it is honest.
  mutating func createCame() -> SimulatedDeeds.Create? { deeds?.create() }

  /// The order whose id the answer to a create tells.
  mutating func told(_ ticket: Ticket, _ wrong: SimulatedDeeds.Create?) -> Ticket { wrong.flatMap { deeds?.told(ticket, $0) } ?? ticket }

  /// Whether the order is to be found.
  func finds(_ ticket: Ticket) -> Bool { orders.has(ticket) && deeds?.hides(ticket) != true }

  /// The status that a list tells of an order.
  func listed(_ ticket: Ticket) -> OrderStatus { deeds?.listed(ticket, orders[ticket].status) ?? orders[ticket].status }

  /// What is told of an order on its own page: its status, and whether that and its content are its own. `nil` where it is not to be found.
  mutating func look(_ ticket: Ticket) -> (status: OrderStatus, isOwn: Bool)? {
    guard finds(ticket) else { return nil }
    guard let deeds else { return (orders[ticket].status, true) }
    let other = deeds.other(ticket)
    let status = orders[other ?? ticket].status
    return (self.deeds?.told(ticket, status) ?? status, other == nil)
  }

  private func isHidden(_ number: UInt64) -> Bool { settings.hidesEvery.map { number.isMultiple(of: UInt64($0)) } ?? false }

  /// - Returns: whether the order was still pending, and is cancelled now.
  mutating func cancel(_ ticket: Ticket, _ now: Instant) -> Bool {
    guard finds(ticket), orders[ticket].status == .pending else { return false }
    orders[ticket].status = .cancelled
    orders[ticket].ended = now
    books.moved(from: .pending, to: .cancelled)
    note(now)
    orders.releaseIfDone(ticket)
    return true
  }

  /// Nobody will ask for the order by its id again. Ignored where orders are listed.
  mutating func forget(_ ticket: Ticket) {
    if lists == nil, deeds?.sharesOrders != true { orders.forget(ticket) }
  }

  /// The acknowledgement of an order has reached its client.
  mutating func acknowledged(_ ticket: Ticket, sent: Instant, _ now: Instant) {
    if orders.has(ticket) { orders[ticket].told.acknowledged(sent: sent, at: now) }
  }

  /// The answer to a cancel has reached the client.
  mutating func told(_ ticket: Ticket, isCancelled: Bool, _ now: Instant) {
    if orders.has(ticket) { orders[ticket].told.cancelled(isCancelled, at: now) }
  }

  /// The answer to a poll has reached the client.
  mutating func told(_ ticket: Ticket, _ status: OrderStatus, sent: Instant, _ now: Instant) {
    if orders.has(ticket) { orders[ticket].told.status(status, isAlike: settings.processingIsPending, sent: sent, at: now) }
  }

  /// The answer to a poll has reached the client, and asks it not to ask for the order until later.
  mutating func asksForQuiet(_ ticket: Ticket, until instant: Instant) {
    if orders.has(ticket) { orders[ticket].told.quietUntil = instant }
  }

  /// Whether the order's client has been asked not to ask for it at this time.
  func wantsQuiet(_ ticket: Ticket, _ now: Instant) -> Bool { orders.has(ticket) && now < orders[ticket].told.quietUntil }

  // MARK: Work

  /// It is time for a batch.
  mutating func batch(life: UInt32, _ eventQueue: inout EventQueue) {
    guard life == self.life, !isDown else { return }
    guard !queue.isEmpty else { return arrangeBatch(&eventQueue) }
    ofBatch = queue.count
    takeUp(&eventQueue)
    endBatchIfDone(&eventQueue)
  }

  /// An order has been processed.
  mutating func processed(_ ticket: Ticket, life: UInt32, _ eventQueue: inout EventQueue) {
    guard life == self.life else { return }
    working -= 1
    defer {
      takeUp(&eventQueue)
      endBatchIfDone(&eventQueue)
    }
    guard deeds?.isStuck(ticket) != true else { return }
    var order = orders[ticket]
    order.ended = eventQueue.now
    order.status = order.failsByLot ? .failed : order.isCancelledByLot ? .cancelled : .completed
    books.worked(order.ended - order.started)
    books.moved(from: .processing, to: order.status)
    if order.status == .completed {
      let (processing, completion) = (
        clock.time(from: order.started, toEnd: order.ended), clock.time(from: order.created, toEnd: order.ended)
      )
      books.completed(processing: processing, completion: completion)
      lying?.noteCompleted(processing: processing / 1_000, completion: completion / 1_000)
    }
    note(eventQueue.now)
    orders[ticket] = order
    orders.releaseIfDone(ticket)
  }

  private mutating func takeUp(_ eventQueue: inout EventQueue) {
    while !isDown, working < settings.workers ?? .max, settings.batchEvery == nil || ofBatch ?? 0 > 0, let ticket = queue.popFirst() {
      if let left = ofBatch { ofBatch = left - 1 }
      // The ticket of an order that was cancelled may by now belong to another order.
      guard orders.has(ticket), orders[ticket].status == .pending else { continue }
      working += 1
      orders[ticket].status = .processing
      orders[ticket].started = eventQueue.now
      orders[ticket].isCancelledByLot =
        settings.cancellationRate > 0 && random.uniform(.processingFailure, draws.taken, part: 1) < settings.cancellationRate
      let (time, fails) = draws.next()
      orders[ticket].failsByLot = fails
      books.moved(from: .pending, to: .processing)
      note(eventQueue.now)
      books.waited(eventQueue.now - orders[ticket].created)
      eventQueue.arrange(.processed(ticket, life: life), after: time)
    }
  }

  private mutating func endBatchIfDone(_ eventQueue: inout EventQueue) {
    guard ofBatch == 0, working == 0 else { return }
    ofBatch = nil
    arrangeBatch(&eventQueue)
  }

  /// At the next multiple of the interval; multiples that pass while a batch is being processed are skipped.
  private func arrangeBatch(_ eventQueue: inout EventQueue) {
    guard let interval = settings.batchEvery?.nanoseconds else { return }
    eventQueue.arrange(.batch(life: life), after: BatchTicks.wait(after: eventQueue.now.nanoseconds, every: interval))
  }

  // MARK: Lies

  /// From here on it lies.
  mutating func beginLying(_ plan: FaultPlan, _ now: Instant) {
    if !plan.figures.isEmpty { lying = LyingFigures(plan.figures, tallies: counted, at: .nanoseconds(now.nanoseconds)) }
    if !plan.orders.isEmpty || !plan.creates.isEmpty || !plan.ids.isEmpty { deeds = SimulatedDeeds(plan) }
  }

  /// What it tells at a reading, of the figures that it lies about; `nil` where it is honest.
  /// - Parameter reading: its index, counted from the load's beginning on.
  mutating func told(reading: UInt64, _ now: Instant) -> ToldFigures? {
    guard lying?.hasBegun == true else { return nil }
    let (tallies, mean) = (counted, settings.serviceTime.mean)
    var told = lying?.told(tallies, meanServiceTime: mean, reading: reading, at: .nanoseconds(now.nanoseconds)).figures ?? [:]
    // What is true is told from the same sums, in microseconds, so that an answer that is told again is the same to the last digit.
    for quantity in Dialect.Quantity.allCases where quantity.isDuration && told[quantity] == nil {
      told[quantity] = FigureBasis(tallies).value(quantity, meanServiceTime: mean).map(ToldFigure.number) ?? .nothing
    }
    return told
  }

  /// What lies are about may be what was.
  private mutating func note(_ now: Instant) {
    guard lying != nil else { return }
    let counted = counted
    lying?.note(counted, at: .nanoseconds(now.nanoseconds))
  }

  /// The books as its figures count: where pending and processing have one word, all unfinished orders are pending.
  private var counted: Tallies {
    var tallies = books.tallies
    guard settings.processingIsPending else { return tallies }
    tallies[.pending] += tallies[.processing]
    tallies[.processing] = 0
    return tallies
  }

  // MARK: A restart

  /// The system goes down: orders that were being processed wait again, in the order of their creation.
  mutating func goDown(_ now: Instant) {
    isDown = true
    life += 1
    working = 0
    ofBatch = nil
    queue.removeAll()
    for ticket in orders.unfinished {
      queue.append(ticket)
      guard orders[ticket].status == .processing else { continue }
      books.worked(now - orders[ticket].started)
      books.moved(from: .processing, to: .pending)
      orders[ticket].status = .pending
      orders[ticket].started = .never
      orders[ticket].wasRequeued = true
    }
    note(now)
  }

  /// The system is up again, and takes up the orders that wait.
  mutating func comeUp(_ eventQueue: inout EventQueue) {
    isDown = false
    if settings.batchEvery == nil { takeUp(&eventQueue) } else { arrangeBatch(&eventQueue) }
  }
}
