/// Which figures a fault is about. It is written as in a dialect file: `total`, `completed`, `average_processing`, `estimate`; `averages` and
/// `figures` for several, `sums`, `histograms` and `requests` for what only Prometheus text has.
public enum FigureScope: Sendable, Hashable {
  case one(Dialect.Quantity)
  /// Both averages.
  case averages
  /// Every figure.
  case all
  /// The sums of durations, of which a reader makes averages.
  case sums
  /// How many durations are at most how long.
  case histograms
  /// How many requests were answered, and how long that took.
  case requests

  static let allCases: [FigureScope] = Dialect.Quantity.allCases.map(FigureScope.one) + [.averages, .all, .sums, .histograms, .requests]

  var word: String {
    switch self {
    case .one(let quantity): quantity.fileKey
    case .averages: "averages"
    case .all: "figures"
    case .sums: "sums"
    case .histograms: "histograms"
    case .requests: "requests"
    }
  }

  /// Whether it holds this figure.
  public func contains(_ quantity: Dialect.Quantity) -> Bool {
    switch self {
    case .one(let one): one == quantity
    case .averages: if case .average = quantity { true } else { false }
    case .all: true
    case .sums, .histograms, .requests: false
    }
  }

  /// The kind of figures that it holds.
  var kind: Kind {
    switch self {
    case .one(.total): .total
    case .one(.count), .one(.counts): .count
    case .one(.average), .averages: .average
    case .one(.estimate): .estimate
    case .all: .all
    case .sums: .sums
    case .histograms, .one(.histogram), .one(.quantile): .histograms
    case .requests: .requests
    }
  }

  enum Kind: Sendable, CaseIterable {
    case total, count, average, estimate, all, sums, histograms, requests
  }
}
