/// Which orders are struck by which faults, and what has been told of them. A pure value. It holds the struck orders alone, of this run of
/// the program, and forgets none of them.
public struct StruckOrders<ID: Hashable & Sendable>: Sendable {
  private var records: [ID: Record] = [:]
  /// Of orders that go backwards: those that were told to be further than pending, and those that have gone back.
  private var further: Set<ID> = []
  private var returned: Set<ID> = []
  /// The order that was stored last.
  public private(set) var latest: ID?

  /// How one order is struck.
  public struct Record: Sendable, Equatable {
    fileprivate(set) var faults: Set<OrderFault> = []
    /// Whose data is told of it; `nil`: its own.
    fileprivate(set) var other: ID?
  }

  public init() {}

  /// `nil` where the order is not struck.
  public func record(of id: ID) -> Record? { records[id] }

  /// Sets what `record` gave back.
  public mutating func set(_ record: Record?, of id: ID) { records[id] = record }

  public func has(_ id: ID, _ fault: OrderFault) -> Bool { records[id]?.faults.contains(fault) == true }

  /// Whose data is told of it; `nil`: its own.
  public func other(_ id: ID) -> ID? { records[id]?.other }

  public mutating func mark(_ id: ID, _ fault: OrderFault) {
    records[id, default: Record()].faults.insert(fault)
    if fault == .anothersData { records[id]?.other = latest }
  }

  /// An order was stored.
  public mutating func stored(_ id: ID) { latest = id }

  /// The status that is told of an order.
  /// - Parameter status: what it is.
  public mutating func told(_ id: ID, _ status: OrderStatus) -> OrderStatus {
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
