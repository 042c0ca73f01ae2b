import Shared

extension DialectReader {
  func metrics(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Metrics {
    let fields = try DialectFields(node, known: ["path", "from", "figures"])
    let figures = try fields.required("figures", "figures: {total: total_orders, completed: counts.DONE}")
    if let source = fields["from"] {
      let text = try source.text("list")
      guard text == "list" else { throw source.refusal("'\(text)' is not 'list': figures are counted from the list, or stand at a 'path'") }
      if let path = fields["path"] { throw path.refusal("'from: list' counts the list: leave 'path' out, or 'from'") }
      return Dialect.Metrics(.list, figures: try self.figures(figures, fromList: true))
    }
    guard let path = fields["path"] else {
      throw node.refusal("there is neither 'path' nor 'from: list': add one, as in path: /metrics")
    }
    return Dialect.Metrics(path: try path.path(.list, "/metrics").description, figures: try self.figures(figures, fromList: false))
  }

  private func figures(_ node: DialectNode, fromList: Bool) throws(ConfigurationError) -> [Dialect.Figure] {
    let fields = try DialectFields(node, known: Dialect.Quantity.allCases.map(\.fileKey))
    guard !fields.inOrder.isEmpty else {
      throw node.refusal("it has no figure; write what stands where, as in {total: total_orders, completed: counts.DONE}")
    }
    var figures: [Dialect.Figure] = []
    for (name, value) in fields.inOrder {
      guard let quantity = Dialect.Quantity.allCases.first(where: { $0.fileKey == name }) else { continue }
      if fromList, quantity.isDuration {
        throw value.refusal("'from: list' counts orders, and '\(name)' is a time: leave it out, or give the 'path' of a metrics document")
      }
      figures.append(try figure(quantity, value))
    }
    return figures
  }

  private func figure(_ quantity: Dialect.Quantity, _ node: DialectNode) throws(ConfigurationError) -> Dialect.Figure {
    if node.single != nil { return Dialect.Figure(quantity, at: try node.fieldPath("counts.DONE")) }
    let fields = try DialectFields(node, known: ["field", "missing", "null", "unit", "printing", "proportional"])
    for name in ["unit", "printing"] where !quantity.isDuration {
      if let field = fields[name] { throw field.refusal("'\(name)' is of times, and this is a number of orders: leave it out") }
    }
    if let field = fields["proportional"], quantity != .estimate {
      throw field.refusal("'proportional' is of the estimate alone: leave it out")
    }
    return Dialect.Figure(
      quantity, at: try fields.required("field", "field: counts.DONE").fieldPath("counts.DONE"),
      printing: try fields["printing"]?.choice(Dialect.Printing.self) ?? .undeclared,
      unit: try fields["unit"]?.duration(zeroIsRight: false) ?? .seconds(1), missingIsZero: try zero(fields["missing"]),
      nullIsZero: try zero(fields["null"]), isProportional: try fields["proportional"]?.flag() ?? false)
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
