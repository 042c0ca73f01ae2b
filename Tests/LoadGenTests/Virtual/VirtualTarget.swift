import Shared

@testable import LoadRun

/// An order server with true books: what happened to each order, and when, to the nanosecond.
final class VirtualTarget {
  struct Settings {
    /// `nil`: as many as there are orders.
    var workers: Int?
    var service: ClosedRange<Int64>
    /// How an order ends: each as likely as the others.
    var endings: [OrderStatus] = [.completed]
    /// How fast its clock runs: 1 is right.
    var clock = 1.0
    /// What its timestamps are rounded down to, in nanoseconds.
    var granularity: Int64 = 1
  }

  struct Order {
    let created: Instant
    /// Whose it is; `nil` for those that no account of ours has sent.
    var owner: Int?
    var started = Instant.never
    var ended = Instant.never
    var status = OrderStatus.pending
    /// How often it was put back into the queue.
    var requeues = 0
  }

  let settings: Settings
  private let agenda: Agenda
  private var dice: Dice
  private(set) var orders: [Order] = []
  private(set) var figures = Figures()
  private var queue: [Int] = []
  private var busy = 0
  private var life = 0
  private(set) var isDown = false

  init(_ settings: Settings, agenda: Agenda, dice: Dice) {
    self.settings = settings
    self.agenda = agenda
    self.dice = dice
  }

  /// Takes an order in, now.
  func create(owner: Int? = nil) -> Int {
    orders.append(Order(created: agenda.now, owner: owner))
    figures.total += 1
    figures.counts[.pending, default: 0] += 1
    queue.append(orders.count - 1)
    startWork()
    return orders.count - 1
  }

  /// - Returns: whether it was still pending, and is cancelled now.
  func cancel(_ number: Int) -> Bool {
    guard orders[number].status == .pending else { return false }
    queue.removeAll { $0 == number }
    orders[number].ended = agenda.now
    move(number, to: .cancelled)
    return true
  }

  /// How long it took from its creation to its completion, by the target's own stamps, in nanoseconds.
  func measuredCompletion(of number: Int) -> Int64? {
    orders[number].status == .completed ? measured(from: orders[number].created, to: orders[number].ended) : nil
  }

  /// Everything in work is put back; nothing happens for a while.
  func restart(downFor nanoseconds: Int64) {
    guard !isDown else { return }
    isDown = true
    life += 1
    busy = 0
    for number in orders.indices where orders[number].status == .processing {
      move(number, to: .pending)
      orders[number].started = .never
      orders[number].requeues += 1
    }
    queue = orders.indices.filter { orders[$0].status == .pending }
    agenda.after(nanoseconds) { [self] in
      isDown = false
      startWork()
    }
  }

  private func startWork() {
    while !isDown, !queue.isEmpty, busy < settings.workers ?? .max {
      let number = queue.removeFirst()
      busy += 1
      orders[number].started = agenda.now
      move(number, to: .processing)
      let ownLife = life
      agenda.after(dice.span(settings.service)) { [self] in if life == ownLife { end(number) } }
    }
  }

  private func end(_ number: Int) {
    busy -= 1
    orders[number].ended = agenda.now
    move(number, to: dice.pick(settings.endings))
    if orders[number].status == .completed {
      figures.sums[.processing, default: 0] += measured(from: orders[number].started, to: agenda.now)
      figures.sums[.completion, default: 0] += measured(from: orders[number].created, to: agenda.now)
    }
    startWork()
  }

  private func move(_ number: Int, to status: OrderStatus) {
    figures.counts[orders[number].status, default: 0] -= 1
    figures.counts[status, default: 0] += 1
    orders[number].status = status
  }

  /// As its own clock and its own timestamps have it.
  private func measured(from: Instant, to: Instant) -> Int64 { stamp(to) - stamp(from) }

  private func stamp(_ instant: Instant) -> Int64 {
    let read = instant.nanoseconds + Int64((settings.clock - 1) * Double(instant.nanoseconds))
    return read / settings.granularity * settings.granularity
  }
}

/// What a target knows of itself at one instant.
struct Figures {
  var total = 0
  var counts: [OrderStatus: Int] = [:]
  /// Of the completed orders, in nanoseconds.
  var sums: [Dialect.Quantity.Span: Int64] = [:]
  /// A lie about the averages.
  var factor = 1.0

  /// In whole orders or in seconds.
  func value(_ quantity: Dialect.Quantity) -> Double? {
    switch quantity {
    case .total: return Double(total)
    case .count(let status): return Double(counts[status] ?? 0)
    case .average(let span):
      let completed = counts[.completed] ?? 0
      return completed > 0 ? Double(sums[span] ?? 0) / Double(completed) / 1e9 * factor : 0
    case .estimate: return nil
    }
  }
}
