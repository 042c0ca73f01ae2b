extension Dialect {
  /// The dialects that need no file, by name.
  public static let builtIn: [Dialect] = [.standard]

  public static func builtIn(named name: String) -> Dialect? {
    builtIn.first { $0.name == name }
  }

  /// Our own, with the conventions of today.
  public static let standard = Dialect(
    name: "standard",
    readyPath: "/ping",
    create: Create(
      path: "/orders",
      body: Template(#"{"user_id":"u-{index}","item_ids":["item-001"],"total_amount":250.75}"#),
      acceptedCodes: [201],
      idField: "order_id"),
    status: Status(
      path: Template("/orders/{id}/status"),
      field: "status",
      words: StatusWords(Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, [$0.rawValue]) }))),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + OrderStatus.allCases.map { Figure(.count($0), at: FieldPath("status_counts.\($0.rawValue)")) }
        + [
          Figure(.average(.processing), at: "average_processing_time"),
          Figure(.average(.completion), at: "average_completion_time"),
          Figure(.estimate, at: "estimated_processing_time"),
        ]),
    assumptions: Assumptions())
}
