/// What may be the load generator's own doing, taken for what it would have been at best.
extension Summary.Orders {
  /// - Parameter follows: whether an accepted order would have been followed, so that it might have completed.
  func without(_ own: OwnDoing, follows: Bool) -> Summary.Orders {
    var orders = self
    orders.notSent -= own.notSent
    orders.submitted += own.notSent
    orders.attempts += own.notSent
    orders.errored -= own.errored
    orders.ambiguous -= own.ambiguous
    orders.accepted += own.all
    if follows {
      orders.completed += own.all
    } else {
      orders.unfinished += own.all
      orders.runEnd += own.all
    }
    return orders
  }
}

extension Summary.Rates {
  /// - Parameter window: what the rates are counted over, in seconds.
  func without(_ own: OwnDoing, window: Double, follows: Bool) -> Summary.Rates {
    guard window > 0 else { return self }
    let more = Double(own.measured) / window
    var rates = self
    rates.accepted = accepted.map { $0 + more }
    if follows { rates.completed = completed.map { $0 + more } }
    return rates
  }
}

extension OwnDoing {
  /// `12 orders (10 not sent, 2 ambiguous) came to nothing while it stood still`; `nil` where none did.
  var words: String? {
    guard all > 0 else { return nil }
    let parts = [("not sent", notSent), ("errored", errored), ("ambiguous", ambiguous)].filter { $0.1 > 0 }
    let each = parts.map { "\(Figure.count($0.1)) \($0.0)" }.joined(separator: ", ")
    return "\(Figure.count(all)) \(all == 1 ? "order" : "orders") (\(each)) came to nothing while it stood still"
  }
}
