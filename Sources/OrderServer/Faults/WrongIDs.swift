import Shared

/// The ids that creates are told where those are wrong.
struct WrongIDs: Sendable {
  /// Of two creates whose ids are swapped: the first one's, and the second one's, which was told already.
  private var swap: (first: OrderID, second: OrderID)?

  /// The id that a create's answer tells. For a swap the order may be given another one, too.
  /// - Parameter latest: the order that was stored last.
  mutating func told(for order: inout Order, _ fault: IDFault?, latest: OrderID?) -> OrderID {
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
}
