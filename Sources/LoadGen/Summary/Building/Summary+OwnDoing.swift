/// Counts and rates as they would have been at best without our own lag (docs/measurement.md, "The run's own validity").
extension Summary.Orders {
  /// Takes each order that may have come to nothing because of our lag for accepted.
  /// - Parameter follows: whether orders are followed; then each of them is taken for completed, too.
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
  /// - Parameter window: the length of the time that the rates are counted over, in seconds.
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
  /// As in `12 orders (10 not sent, 2 ambiguous) came to nothing while it stood still`; `nil` where there were none.
  var words: String? {
    guard all > 0 else { return nil }
    let parts = [("not sent", notSent), ("errored", errored), ("ambiguous", ambiguous)].filter { $0.1 > 0 }
    let each = parts.map { "\(Figure.count($0.1)) \($0.0)" }.joined(separator: ", ")
    return "\(Figure.count(all)) \(all == 1 ? "order" : "orders") (\(each)) came to nothing while it stood still"
  }
}
