import Shared

/// The figures as they are told in Prometheus text: the true text, with what is lied about in its place.
struct ToldText {
  let figures: Figures
  let told: ToldFigures
  /// So much more is in each sum for each completed order.
  let drift: Duration

  var text: String {
    PrometheusText(figures).description.textLines.compactMap(line).map { $0 + "\n" }.joined()
  }

  /// `nil` where it is left out.
  private func line(_ truth: String) -> String? {
    guard truth.utf8.first != UInt8(ascii: "#"), let (name, value) = truth.cut(at: " ") else { return truth }
    if let sum = Self.sums.first(where: { $0.name.hasSameBytes(as: name) }) {
      return sumText(sum.span, Double(String(value)) ?? 0).map { "\(name) \($0)" }
    }
    guard let quantity = Self.quantities.first(where: { $0.name.hasSameBytes(as: name) })?.quantity, let lie = told[quantity] else {
      return truth
    }
    return Self.text(lie).map { "\(name) \($0)" }
  }

  /// A reader makes the average of a sum and the number of completed orders, so that a sum lies where one of its parts does.
  private func sumText(_ span: Dialect.Quantity.Span, _ truth: Double) -> String? {
    let completed = told[.count(.completed)]?.number ?? Double(figures.tallies[.completed])
    let more = drift.seconds * completed
    switch told[.average(span)] {
    case .number(let mean): return "\(mean * completed + more)"
    case nil, .nothing: return "\(truth + more)"
    case let lie?: return Self.text(lie)
    }
  }

  /// `nil` where it is left out.
  private static func text(_ lie: ToldFigure) -> String? {
    switch lie {
    case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
    case .nothing: "0"
    case .null: "null"
    case .nan: "NaN"
    case .word: ToldFigure.someWord
    case .gone: nil
    }
  }

  private static let sums: [(name: String, span: Dialect.Quantity.Span)] = Dialect.Quantity.Span.allCases.map {
    ("order_\($0.rawValue)_seconds_sum", $0)
  }

  private static let quantities: [(name: String, quantity: Dialect.Quantity)] =
    OrderStatus.allCases.map { ("orders{status=\"\($0.rawValue)\"}", .count($0)) }
    + Dialect.Quantity.Span.allCases.map { ("order_\($0.rawValue)_seconds_count", .count(.completed)) }
    + [("orders_accepted_total", .total), ("orders_estimated_processing_seconds", .estimate)]
}
