extension Dialect {
  /// What a figure means: the quantities that an API can claim about itself.
  public enum Quantity: Sendable, Hashable, CaseIterable {
    /// All orders ever accepted.
    case total
    /// The orders that have this status now.
    case count(OrderStatus)
    /// The orders that have any of these statuses now, at least two of them.
    case counts(Set<OrderStatus>)
    /// The mean of a duration over the completed orders, in seconds.
    case average(Span)
    /// Service time × (pending + processing), in seconds.
    case estimate
    /// How a duration of the completed orders is spread: how many took at most so long, for several times.
    case histogram(Span)
    /// The duration that this share of the completed orders, from 0 to 1, did not exceed.
    case quantile(Span, Double)

    /// All but counts of several statuses, histograms and quantiles.
    public static let allCases: [Quantity] =
      [.total] + OrderStatus.allCases.map { .count($0) } + Span.allCases.map { .average($0) } + [.estimate]

    /// The duration that an average is of.
    public enum Span: String, Sendable, Hashable, CaseIterable {
      /// Started → completed.
      case processing
      /// Created → completed.
      case completion

      /// Completes the phrase `the average from …`.
      public var words: String {
        switch self {
        case .processing: "started to completed"
        case .completion: "created to completed"
        }
      }
    }
  }
}

extension Dialect.Quantity {
  /// The statuses whose orders are counted; empty where it is no such number.
  public var statuses: Set<OrderStatus> {
    switch self {
    case .count(let status): [status]
    case .counts(let statuses): statuses
    case .total, .average, .estimate, .histogram, .quantile: []
    }
  }

  /// Its index in `allCases`; `nil` where it is not among them.
  public var place: Int? {
    let statuses = OrderStatus.allCases.count
    switch self {
    case .counts, .histogram, .quantile: return nil
    case .total: return 0
    case .count(let status): return 1 + (OrderStatus.allCases.firstIndex(of: status) ?? 0)
    case .average(let span): return 1 + statuses + (Span.allCases.firstIndex(of: span) ?? 0)
    case .estimate: return 1 + statuses + Span.allCases.count
    }
  }

  /// Its key in a dialect file.
  public var fileKey: String {
    switch self {
    case .total: "total"
    case .count(let status): status.rawValue
    case .counts(let statuses): statuses.inOrder.map(\.rawValue).joined(separator: "+")
    case .average(let span): "average_\(span.rawValue)"
    case .estimate: "estimate"
    case .histogram(let span): "\(span.rawValue)_histogram"
    case .quantile(let span, _): Self.quantileKey(span)
    }
  }

  /// The key of quantiles in a dialect file, whatever share each is of.
  public static func quantileKey(_ span: Span) -> String { "\(span.rawValue)_quantile" }

  public static let histograms: [Self] = Span.allCases.map { .histogram($0) }

  /// Whether it is a duration; otherwise it is a number of orders.
  public var isDuration: Bool {
    switch self {
    case .total, .count, .counts: false
    case .average, .estimate, .histogram, .quantile: true
    }
  }

  /// Completes a sentence in the middle: `the average from created to completed`.
  public var words: String {
    switch self {
    case .total: "the total"
    case .count(let status): "the \(status.rawValue)"
    case .counts(let statuses): "the \(statuses.words)"
    case .average(let span): "the average from \(span.words)"
    case .estimate: "the estimate"
    case .histogram(let span): "the times from \(span.words)"
    case .quantile(let span, let share): "the \(share) quantile of the times from \(span.words)"
    }
  }

  /// The comment that a dialect file has beside it; `nil` where the key says it all.
  public var meaning: String? {
    switch self {
    case .total: "all orders ever accepted; where only completed ones are counted, name it under completed instead"
    case .count, .counts: nil
    case .average(.processing): "of started -> completed, over the completed orders"
    case .average(.completion): "of created -> completed, over the completed orders"
    case .estimate: "service time x (pending + processing); proportional: true where that time is always the same"
    case .histogram(.processing): "of started -> completed, of the completed orders alone: name_sum, name_count and name_bucket"
    case .histogram(.completion): "of created -> completed, of the completed orders alone: name_sum, name_count and name_bucket"
    case .quantile: "q: what share of the completed orders took no longer; over: all where it is of all of them so far"
    }
  }
}

extension Set<OrderStatus> {
  /// In the order of an order's life.
  public var inOrder: [OrderStatus] { OrderStatus.allCases.filter(contains) }

  /// As in "pending or processing".
  public var words: String { inOrder.map(\.rawValue).joined(separator: " or ") }
}
