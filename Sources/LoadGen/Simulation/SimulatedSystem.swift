import DequeModule
import Shared

/// A simulated order system: orders are taken in, wait, are processed, and are counted, all by a virtual clock.
///
/// It does what order-server does with the same settings and the same seed: the k-th order that is taken up is processed for the k-th drawn
/// service time, and fails by the k-th drawn lot.
struct SimulatedSystem: ~Copyable {
  struct Settings: Sendable, Equatable {
    /// How many orders are processed at the same time; `nil`: all of them.
    var workers: Int? = 8
    var serviceTime = ServiceTime.fixed(.milliseconds(100))
    /// All pending orders are taken up at every multiple of this; `nil`: each as soon as a worker is free.
    var batchEvery: Duration?
    /// The part of all orders whose processing goes wrong, from 0 to 1.
    var failureRate = 0.0
    /// One way, of a request or an answer.
    var networkDelay = ServiceTime.fixed(.microseconds(50))
    /// How long the system works on a request before it answers.
    var answerTime = ServiceTime.fixed(.microseconds(100))
    /// How many requests it works on at the same time; `nil`: all of them.
    var answerLimit: Int?
  }

  private let settings: Settings
  private let random: SeededRandom
  private(set) var orders = SimulatedOrders()
  private var queue: Deque<Ticket> = []
  private var working = 0
  /// How many orders were taken up so far.
  private var taken: UInt64 = 0
  /// Of the batch that is at work: how many are still to be taken up. `nil`: none is at work.
  private var ofBatch: Int?
  private(set) var books = SimulatedBooks()

  init(_ settings: Settings, random: SeededRandom) {
    self.settings = settings
    self.random = random
  }

  /// Arranges the first batch.
  func begin(_ agenda: Agenda) {
    if settings.batchEvery != nil { arrangeBatch(agenda) }
  }

  mutating func create(_ agenda: Agenda) -> Ticket {
    let ticket = orders.insert(created: agenda.now)
    books.created()
    queue.append(ticket)
    takeUp(agenda)
    return ticket
  }

  /// - Returns: whether it was still pending, and is cancelled now.
  mutating func cancel(_ ticket: Ticket, _ now: Instant) -> Bool {
    guard orders.has(ticket), orders[ticket].status == .pending else { return false }
    orders[ticket].status = .cancelled
    orders[ticket].ended = now
    books.moved(from: .pending, to: .cancelled)
    orders.releaseIfDone(ticket)
    return true
  }

  mutating func forget(_ ticket: Ticket) { orders.forget(ticket) }

  // MARK: Work

  /// The time of a batch has come.
  mutating func batch(_ agenda: Agenda) {
    guard !queue.isEmpty else { return arrangeBatch(agenda) }
    ofBatch = queue.count
    takeUp(agenda)
    endBatchIfDone(agenda)
  }

  /// The order was processed.
  mutating func processed(_ ticket: Ticket, _ agenda: Agenda) {
    working -= 1
    orders[ticket].ended = agenda.now
    let fails = settings.failureRate > 0 && orders[ticket].failsByLot
    let status: OrderStatus = fails ? .failed : .completed
    orders[ticket].status = status
    books.moved(from: .processing, to: status)
    if status == .completed { books.completed(orders[ticket]) }
    orders.releaseIfDone(ticket)
    takeUp(agenda)
    endBatchIfDone(agenda)
  }

  private mutating func takeUp(_ agenda: Agenda) {
    while working < settings.workers ?? .max, settings.batchEvery == nil || ofBatch ?? 0 > 0, let ticket = queue.popFirst() {
      if let left = ofBatch { ofBatch = left - 1 }
      // One that was cancelled may stand for another order by now.
      guard orders.has(ticket), orders[ticket].status == .pending else { continue }
      working += 1
      orders[ticket].status = .processing
      orders[ticket].started = agenda.now
      orders[ticket].failsByLot = settings.failureRate > 0 && random.uniform(.processingFailure, taken) < settings.failureRate
      books.moved(from: .pending, to: .processing)
      books.waited(agenda.now - orders[ticket].created)
      let time = settings.serviceTime.sample(random, index: taken).nanoseconds
      taken += 1
      books.worked(time)
      agenda.arrange(.processed(ticket), after: time)
    }
  }

  private mutating func endBatchIfDone(_ agenda: Agenda) {
    guard ofBatch == 0, working == 0 else { return }
    ofBatch = nil
    arrangeBatch(agenda)
  }

  /// At the next multiple of the interval: one that passes while a batch is at work is left out.
  private func arrangeBatch(_ agenda: Agenda) {
    guard let interval = settings.batchEvery?.nanoseconds else { return }
    agenda.arrange(.batch, after: interval - agenda.now.nanoseconds % interval)
  }
}
