import Shared

/// Quantiles among the figures.
extension DialectReader {
  /// The keys that a figure has beside others if it is a quantile.
  static func keysOfQuantile(_ quantity: Dialect.Quantity) -> [String] {
    if case .quantile = quantity { ["q", "over"] } else { [] }
  }

  /// One quantile, or several.
  func quantiles(
    _ span: Dialect.Quantity.Span, _ node: DialectNode, _ format: FigureFormat
  ) throws(ConfigurationError) -> [Dialect.Figure] {
    var quantiles: [Dialect.Figure] = []
    for element in node.pairs == nil && node.single == nil ? try node.elements() : [node] {
      guard let pairs = element.pairs else {
        throw element.refusal("it is \(element.kind), and is a mapping, as in {field: p95, q: 0.95, over: all}")
      }
      guard let share = pairs.first(where: { $0.name == "q" })?.value else {
        throw element.refusal("there is no 'q': add what share of the orders took no longer, as in q: 0.95")
      }
      guard let number = share.single.flatMap(Double.init), number > 0, number < 1 else {
        throw share.refusal("it is \(share.kind), and is a share between 0 and 1, as in q: 0.95")
      }
      let quantity = Dialect.Quantity.quantile(span, number)
      guard !quantiles.contains(where: { $0.quantity == quantity }) else { throw share.refusal("the same quantile stands here twice") }
      var figure = try format == .prometheus ? series(quantity, element) : self.figure(quantity, element)
      if let over = pairs.first(where: { $0.name == "over" })?.value, !over.isNone {
        guard over.single == "all" else {
          throw over.refusal("it is \(over.kind), and can be all, where it is of all completed orders so far, or none")
        }
        figure.isOverAll = true
      }
      quantiles.append(figure)
    }
    return quantiles
  }
}
