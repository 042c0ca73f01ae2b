extension Dialect {
  /// A Flask system on SQLite: strictly first come, first served, one worker, 2 s for each order.
  public static let fcfs = Dialect(
    name: "fcfs",
    summary: "ids by the server, one worker, averages in whole seconds, an estimate of what is left to do",
    readyPath: "/metrics",
    create: Create(
      Request("POST", "/orders", body: #"{"user_id":"{uuid}","item_ids":["item-001","item-002"],"total_amount":250.75}"#),
      acceptedCodes: [201], id: IDSource(.body("order_id")), invalidBody: #"{"user_id":"{uuid}","total_amount":250.75}"#),
    status: Status(.order(Request("GET", "/orders/{id}"), field: "status"), words: .capitalised),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + .counts(at: { FieldPath("status_counts.\($0.rawValue)_orders") })
        + [
          Figure(.average(.completion), at: "average_processing_time", printing: .floor),
          Figure(.estimate, at: "estimated_processing_time", isProportional: true),
        ]),
    // With one worker at 2 s each, two hundred orders take 400 s.
    orderTimeout: .seconds(600), assumptions: .ofOrderServer)
}
