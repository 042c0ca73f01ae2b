/// How long orders took, of those that were completed since the start: the latest million of them. A pure value.
public struct CompletedTimes: Sendable {
  static let limit = 1_000_000

  /// In microseconds, in the order of completion; from `next` on the oldest, where there are as many as may be.
  private var processing: [Int64] = []
  private var completion: [Int64] = []
  private var next = 0

  public init() {}

  /// An order was completed that took so long, in microseconds.
  public mutating func add(processing own: Int64, completion all: Int64) {
    if processing.count < Self.limit {
      processing.append(own)
      completion.append(all)
    } else {
      processing[next] = own
      completion[next] = all
      next = (next + 1) % Self.limit
    }
  }

  /// In seconds; `nil` where there are none.
  public func median(_ span: Dialect.Quantity.Span) -> Double? {
    let sorted = times(span).sorted()
    return sorted.isEmpty ? nil : Double(sorted[(sorted.count - 1) / 2]) / 1e6
  }

  /// The mean without this share of them, the slowest, in seconds; `nil` where there are none. Rounded so that at least one is left out
  /// of several, and one is left.
  public func average(_ span: Dialect.Quantity.Span, without slowest: Share) -> Double? {
    let sorted = times(span).sorted()
    guard sorted.count > 1 else { return sorted.first.map { Double($0) / 1e6 } }
    let dropped = Int((Double(sorted.count) * slowest.fraction).rounded(.up))
    let left = sorted.prefix(max(1, sorted.count - dropped))
    return Double(left.reduce(0, +)) / Double(left.count) / 1e6
  }

  private func times(_ span: Dialect.Quantity.Span) -> [Int64] {
    switch span {
    case .processing: processing
    case .completion: completion
    }
  }
}
