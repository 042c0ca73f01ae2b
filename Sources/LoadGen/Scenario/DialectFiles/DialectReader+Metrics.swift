import Shared

extension DialectReader {
  func metrics(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Metrics {
    let fields = try DialectFields(node, known: DialectFields.request + ["from", "format", "figures", "requests"])
    let requests = fields.optional("requests")
    if let requests, fields["format"]?.single != FigureFormat.prometheus.rawValue {
      throw requests.refusal(
        "figures about requests are read from Prometheus text alone: say 'format: prometheus', or leave 'requests' out")
    }
    if let requests, fields.optional("figures") == nil {
      var metrics = Dialect.Metrics(.prometheus(try request(fields, "GET", .list, areDecoded: true, "/metrics")), figures: [])
      metrics.requests = try requestFigures(requests)
      return metrics
    }
    let figures = try fields.required("figures", "figures: {total: total_orders, completed: counts.DONE}")
    if let source = fields["from"] {
      let text = try source.text("list")
      guard text == "list" else { throw source.refusal("'\(text)' is not 'list': figures are counted from the list, or stand at a 'path'") }
      if let other = fields.inOrder.first(where: { DialectFields.request.contains($0.name) }) {
        throw other.value.refusal("'from: list' counts the list: leave '\(other.name)' out, or 'from'")
      }
      if let format = fields["format"] { throw format.refusal("'from: list' counts the list: leave 'format' out, or 'from'") }
      return Dialect.Metrics(.list, figures: try self.figures(figures, .list))
    }
    guard fields["path"] != nil else {
      throw node.refusal("there is neither 'path' nor 'from: list': add one, as in path: /metrics")
    }
    let format = try fields["format"]?.choice(FigureFormat.self) ?? .json
    let request = try request(fields, "GET", .list, areDecoded: true, "/metrics")
    guard format == .prometheus else { return Dialect.Metrics(.document(request), figures: try self.figures(figures, .json)) }
    var metrics = Dialect.Metrics(.prometheus(request), figures: try self.figures(figures, .prometheus))
    metrics.addHistogramFigures()
    metrics.requests = try requests.map(requestFigures)
    return metrics
  }

  /// What figures are read from.
  enum FigureFormat: String, CaseIterable {
    case json, prometheus
    /// Not in a file: `from: list` says so.
    case list

    static let allCases: [Self] = [.json, .prometheus]
  }

  private func figures(_ node: DialectNode, _ format: FigureFormat) throws(ConfigurationError) -> [Dialect.Figure] {
    let ofHistograms = format == .prometheus ? Dialect.Quantity.histograms : []
    let singles = Dialect.Quantity.allCases + ofHistograms
    let known = singles.map(\.fileKey)
    let several = (node.pairs ?? []).map(\.name).filter { Dialect.Quantity(severalStatuses: $0) != nil }
    let quantiles = Dialect.Quantity.Span.allCases.map { Dialect.Quantity.quantileKey($0) }
    let fields = try DialectFields(node, known: known + several + (format == .list ? [] : quantiles))
    guard !fields.inOrder.isEmpty else {
      throw node.refusal("it has no figure; write what stands where, as in {total: total_orders, completed: counts.DONE}")
    }
    var figures: [Dialect.Figure] = []
    for (name, value) in fields.inOrder {
      if let span = Dialect.Quantity.Span.allCases.first(where: { Dialect.Quantity.quantileKey($0) == name }) {
        figures += try self.quantiles(span, value, format)
        continue
      }
      let single = singles.first { $0.fileKey == name }
      guard let quantity = single ?? Dialect.Quantity(severalStatuses: name) else { continue }
      guard !figures.contains(where: { $0.quantity == quantity }) else { throw value.refusal("the same orders are counted by another key") }
      if format == .list, quantity.isDuration {
        throw value.refusal("'from: list' counts orders, and '\(name)' is a time: leave it out, or give the 'path' of a metrics document")
      }
      let figure = try format == .prometheus ? series(quantity, value) : figure(quantity, value)
      if format == .list { try refuseUnlisted(figure, value) }
      figures.append(figure)
    }
    for span in Dialect.Quantity.Span.allCases where figures.contains(where: { $0.quantity == .histogram(span) }) {
      if let other = fields["average_\(span.rawValue)"] {
        throw other.refusal("'\(span.rawValue)_histogram' has the mean already, as its sum over its count: leave one of the two out")
      }
    }
    return figures
  }

  /// Where the list is counted, what stands behind a figure is only its name: nothing is looked for there.
  private func refuseUnlisted(_ figure: Dialect.Figure, _ node: DialectNode) throws(ConfigurationError) {
    if let other = node.pairs?.first(where: { $0.name != "field" }) {
      throw other.value.refusal(
        "'from: list' counts each order by its status, so that there is nothing for '\(other.name)' to say: leave it out")
    }
    guard let word = figure.field.keys.last, let status = dialect.status.words.status(for: word),
      !figure.quantity.statuses.contains(status)
    else { return }
    let counted = figure.quantity.statuses.isEmpty ? "all orders" : figure.quantity.statuses.words + " orders"
    throw node.refusal("'\(word)' is what the API calls \(status.rawValue), and this counts \(counted) of the list: give it that name")
  }

  func figure(_ quantity: Dialect.Quantity, _ node: DialectNode) throws(ConfigurationError) -> Dialect.Figure {
    if node.single != nil { return Dialect.Figure(quantity, at: try node.fieldPath("counts.DONE")) }
    let keys = ["field", "sum", "missing", "null", "unit", "printing", "proportional"]
    let fields = try DialectFields(node, known: keys + Self.keysOfQuantile(quantity))
    for name in ["unit", "printing"] where !quantity.isDuration {
      if let field = fields[name] { throw field.refusal("'\(name)' is of times, and this is a number of orders: leave it out") }
    }
    if let field = fields["proportional"], quantity != .estimate {
      throw field.refusal("'proportional' is of the estimate alone: leave it out")
    }
    let places = try places(fields, quantity)
    var figure = Dialect.Figure(
      quantity, at: places.first ?? "",
      printing: try fields["printing"]?.choice(Dialect.Printing.self) ?? .undeclared,
      unit: try fields["unit"]?.duration(zeroIsRight: false) ?? .seconds(1), missingIsZero: try zero(fields["missing"]),
      nullIsZero: try zero(fields["null"]), isProportional: try fields["proportional"]?.flag() ?? false)
    figure.addends = Array(places.dropFirst())
    return figure
  }

  /// A figure in Prometheus text.
  func series(_ quantity: Dialect.Quantity, _ node: DialectNode) throws(ConfigurationError) -> Dialect.Figure {
    if node.single != nil { return Dialect.Figure(quantity, series: [try selector(node)]) }
    let fields = try DialectFields(node, known: ["field", "sum", "missing", "unit", "printing"] + Self.keysOfQuantile(quantity))
    for name in ["unit", "printing"] where !quantity.isDuration {
      if let field = fields[name] { throw field.refusal("'\(name)' is of times, and this is a number of orders: leave it out") }
    }
    var selectors: [Dialect.SeriesSelector] = []
    if let sum = fields["sum"] {
      if let field = fields["field"] { throw field.refusal("it stands beside 'sum', which has all places: leave one of them out") }
      guard !quantity.isDuration else { throw sum.refusal("only numbers of orders are added up, and this is a time") }
      for element in try sum.elements() { selectors.append(try selector(element)) }
      guard selectors.count > 1 else {
        throw sum.refusal("it has \(selectors.count) places, and is of two or more; what one selector matches is added up as it is")
      }
    } else {
      selectors = [try selector(fields.required("field", #"field: 'orders_total{status="completed"}'"#))]
    }
    if case .histogram = quantity, let field = fields["printing"] {
      throw field.refusal("a histogram's sum is printed as it is: leave 'printing' out")
    }
    return Dialect.Figure(
      quantity, series: selectors, printing: try fields["printing"]?.choice(Dialect.Printing.self) ?? .undeclared,
      unit: try fields["unit"]?.duration(zeroIsRight: false) ?? .seconds(1), missingIsZero: try zero(fields["missing"]))
  }

  private func selector(_ node: DialectNode) throws(ConfigurationError) -> Dialect.SeriesSelector {
    try selector(node, #"orders_total{status="completed"}"#)
  }

  /// Where a figure is, or where the numbers are that it is the sum of.
  private func places(_ fields: DialectFields, _ quantity: Dialect.Quantity) throws(ConfigurationError) -> [FieldPath] {
    guard let sum = fields["sum"] else {
      return [try fields.required("field", "field: counts.DONE").fieldPath("counts.DONE")]
    }
    if let field = fields["field"] { throw field.refusal("it stands beside 'sum', which has all places: leave one of them out") }
    guard !quantity.isDuration else { throw sum.refusal("only numbers of orders are added up, and this is a time") }
    var places: [FieldPath] = []
    for element in try sum.elements() { places.append(try element.fieldPath("counts.DONE")) }
    guard places.count > 1 else {
      throw sum.refusal("it has \(places.count) places, and is of two or more, as in sum: [done.good, done.bad]")
    }
    return places
  }

  /// Whether the key is there and says 0, the only value it can have.
  private func zero(_ node: DialectNode?) throws(ConfigurationError) -> Bool {
    guard let node else { return false }
    guard node.single == "0" else {
      throw node.refusal("it is \(node.kind), and can only be 0; without it nothing is claimed then")
    }
    return true
  }

  func orderMetrics(_ node: DialectNode) throws(ConfigurationError) -> Dialect.OrderMetrics {
    let fields = try DialectFields(node, known: ["path", "field", "span", "unit", "printing"])
    let example = "/metrics/{id}"
    return Dialect.OrderMetrics(
      path: try fields.required("path", "path: '\(example)'").path(.order(own: ownID), needs: .id, example),
      field: try fields.required("field", "field: processing_time").fieldPath("processing_time"),
      span: try fields.required("span", "span: completion").choice(Dialect.Quantity.Span.self),
      unit: try fields["unit"]?.duration(zeroIsRight: false) ?? .seconds(1),
      printing: try fields["printing"]?.choice(Dialect.Printing.self) ?? .undeclared)
  }
}

extension Dialect.Quantity {
  /// Reads a key such as `pending+processing`, with or without spaces; `nil` where it is none.
  fileprivate init?(severalStatuses key: String) {
    let parts = key.parts(between: "+").map { OrderStatus(rawValue: $0.filter { $0 != " " }) }
    let statuses = Set(parts.compactMap(\.self))
    guard parts.count > 1, statuses.count == parts.count else { return nil }
    self = .counts(statuses)
  }
}
