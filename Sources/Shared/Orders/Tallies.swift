/// The counts and sums that an order system's metrics are made of. They are updated with every change and never counted anew, so that reading
/// them costs the same for ten orders as for ten million.
public struct Tallies: Sendable, Equatable {
  private var counts = [Int64](repeating: 0, count: OrderStatus.allCases.count)
  /// From started to completed, of the completed orders.
  public var processing = DurationTally()
  /// From created to completed, of the completed orders.
  public var completion = DurationTally()

  public init() {}

  /// How many orders are at a status now.
  public subscript(status: OrderStatus) -> Int64 {
    get { counts[status.place] }
    set { counts[status.place] = newValue }
  }

  /// How many orders were ever accepted.
  public var total: Int64 { counts.reduce(0, +) }

  /// Orders that have not ended.
  public var open: Int64 { OrderStatus.allCases.reduce(0) { $1.hasEnded ? $0 : $0 + self[$1] } }

  /// Counts that orders have moved from one status to another.
  public mutating func move(_ count: Int64 = 1, from old: OrderStatus, to new: OrderStatus) {
    self[old] -= count
    self[new] += count
  }

  public subscript(times span: Dialect.Quantity.Span) -> DurationTally {
    get {
      switch span {
      case .processing: processing
      case .completion: completion
      }
    }
    set {
      switch span {
      case .processing: processing = newValue
      case .completion: completion = newValue
      }
    }
  }

  /// The mean over the completed orders, in seconds; `nil` while there is none.
  public func average(_ span: Dialect.Quantity.Span) -> Double? {
    guard self[.completed] > 0 else { return nil }
    return Double(self[times: span].sum) / Double(self[.completed]) / 1e6
  }
}

extension OrderStatus {
  fileprivate var place: Int {
    switch self {
    case .pending: 0
    case .processing: 1
    case .completed: 2
    case .cancelled: 3
    case .failed: 4
    }
  }
}
