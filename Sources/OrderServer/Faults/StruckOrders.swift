import Shared

/// Which orders are struck by which faults, and what has been told of them. A pure value. It holds the struck orders alone, of this run of
/// the program, and forgets none of them.
struct StruckOrders: Sendable {
  private var records: [OrderID: Record] = [:]
  /// Of orders that go backwards: those that were told to be further than pending, and those that have gone back.
  private var further: Set<OrderID> = []
  private var returned: Set<OrderID> = []
  private var latest: OrderID?
  /// Of two creates whose ids are swapped: the first one's, and the second one's, which was told already.
  private var swap: (first: OrderID, second: OrderID)?

  /// How one order is struck.
  struct Record: Sendable, Equatable {
    fileprivate(set) var faults: Set<OrderFault> = []
    /// Whose data is told of it; `nil`: its own.
    fileprivate(set) var other: OrderID?
  }

  /// `nil` where the order is not struck.
  func record(of id: OrderID) -> Record? { records[id] }

  /// Sets what `record` gave back.
  mutating func set(_ record: Record?, of id: OrderID) { records[id] = record }

  func has(_ id: OrderID, _ fault: OrderFault) -> Bool { records[id]?.faults.contains(fault) == true }

  /// Whose data is told of it; `nil`: its own.
  func other(_ id: OrderID) -> OrderID? { records[id]?.other }

  mutating func mark(_ id: OrderID, _ fault: OrderFault) {
    records[id, default: Record()].faults.insert(fault)
    if fault == .anothersData { records[id]?.other = latest }
  }

  /// An order was stored.
  mutating func stored(_ id: OrderID) { latest = id }

  /// The id that a create's answer tells. For a swap the order may be given another one, too.
  mutating func ids(for order: inout Order, _ fault: IDFault?) -> OrderID {
    if let pair = swap {
      swap = nil
      order.id = pair.second
      return pair.first
    }
    switch fault {
    case nil: return order.id
    case .reused: return latest ?? order.id
    case .swapped:
      let second = OrderID.unique(at: order.createdAt)
      swap = (order.id, second)
      return second
    }
  }

  /// The status that is told of an order.
  /// - Parameter status: what it is.
  mutating func told(_ id: OrderID, _ status: OrderStatus) -> OrderStatus {
    guard let faults = records[id]?.faults else { return status }
    if faults.contains(.early), !status.hasEnded { return .completed }
    guard faults.contains(.backwards), status != .pending, !returned.contains(id) else { return status }
    guard further.remove(id) == nil else {
      returned.insert(id)
      return .pending
    }
    further.insert(id)
    return status
  }
}
