import Shared

/// The few orders that are worth a closer look: the slowest, those that were lost, those that went backwards, and those whose id another
/// order had.
struct Exemplars: Sendable {
  /// How many orders of each kind are kept.
  static let most = 5

  /// One order, how it was accounted for, and when.
  struct Exemplar: Sendable {
    var order: OrderHistory
    var id: OrderID?
    var outcome: OrderOutcome
    var at: Instant
  }

  /// By falling turnaround.
  private(set) var slowest: [Exemplar] = []
  /// By rising number, like the two lists below: the orders with the lowest numbers are kept.
  private(set) var lost: [Exemplar] = []
  private(set) var wentBack: [Exemplar] = []
  private(set) var sharingID: [Exemplar] = []

  /// An order's story is over.
  mutating func settled(_ order: OrderHistory, id: OrderID?, _ outcome: OrderOutcome, at instant: Instant) {
    let exemplar = Exemplar(order: order, id: id, outcome: outcome, at: instant)
    if outcome == .completed { addSlow(exemplar) }
    if outcome == .lost { Self.addEarly(exemplar, to: &lost) }
    if order.wentBack { Self.addEarly(exemplar, to: &wentBack) }
  }

  /// An order had the same id as an earlier one.
  mutating func sharesID(_ order: OrderHistory, id: OrderID, _ outcome: OrderOutcome, at instant: Instant) {
    Self.addEarly(Exemplar(order: order, id: id, outcome: outcome, at: instant), to: &sharingID)
  }

  mutating func merge(_ other: Exemplars) {
    for exemplar in other.slowest { addSlow(exemplar) }
    for exemplar in other.lost { Self.addEarly(exemplar, to: &lost) }
    for exemplar in other.wentBack { Self.addEarly(exemplar, to: &wentBack) }
    for exemplar in other.sharingID { Self.addEarly(exemplar, to: &sharingID) }
  }

  private mutating func addSlow(_ exemplar: Exemplar) {
    if slowest.count == Self.most, let last = slowest.last, last.slowness >= exemplar.slowness { return }
    let place = slowest.firstIndex { $0.slowness < exemplar.slowness } ?? slowest.count
    slowest.insert(exemplar, at: place)
    if slowest.count > Self.most { slowest.removeLast() }
  }

  private static func addEarly(_ exemplar: Exemplar, to list: inout [Exemplar]) {
    if list.count == most, let last = list.last, last.order.index <= exemplar.order.index { return }
    let place = list.firstIndex { $0.order.index > exemplar.order.index } ?? list.count
    list.insert(exemplar, at: place)
    if list.count > most { list.removeLast() }
  }
}

extension Exemplars.Exemplar {
  fileprivate var slowness: Int64 { order.turnaround.upper ?? .max }
}
