extension Dialect {
  /// A Flask system on PostgreSQL: one loop, one order after another, 5 s each.
  public static let sequential = Dialect(
    name: "sequential",
    summary: "ids chosen by the client, one order after another, metrics without the statuses that no order has, metrics of single orders",
    readyPath: "/metrics",
    create: Create(
      Request("POST", "/orders", body: #"{"order_id":"{id}","user_id":"user_id","item_ids":"item_ids","total_amount":100}"#),
      acceptedCodes: [201], id: IDSource(.own("{number}")), duplicates: .refused,
      invalidBody: #"{"order_id":"{number}","item_ids":"item_ids","total_amount":100}"#),
    status: Status(.order(Request("GET", "/orders/{id}/status"), field: "status"), words: .capitalised),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + .counts(OrderStatus.allCases, at: { FieldPath("status_counts.\(StatusWords.capitalised.word(for: $0))") }, missingIsZero: true)
        + [Figure(.average(.completion), at: "average_processing_time")]),
    orderMetrics: OrderMetrics(path: "/metrics/{id}", field: "processing_time", span: .completion, printing: .nearest),
    // Two hundred orders, the default of a run, take 1,000 s when processed one after another.
    orderTimeout: .seconds(1_200), assumptions: .ofOrderServer)
}
