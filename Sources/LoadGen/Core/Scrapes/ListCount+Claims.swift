import Shared

extension ListCount {
  /// What a list says about the orders: the figures that are counts, as if they had been printed. Averages and estimates are left out.
  func claims(for figures: [Dialect.Figure]) -> Claims {
    var claims: Claims = [:]
    for figure in figures {
      switch figure.quantity {
      case .total: claims[.total] = Claim(text: "\(total)")
      case .count, .counts:
        claims[figure.quantity] = Claim(text: "\(figure.quantity.statuses.reduce(0) { $0 + (byStatus[$1] ?? 0) })")
      case .average, .estimate, .histogram, .quantile: continue
      }
    }
    return claims
  }
}
