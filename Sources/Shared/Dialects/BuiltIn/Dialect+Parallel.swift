extension Dialect {
  /// A FastAPI system on PostgreSQL: processing of every order starts at once and takes 5 s.
  public static let parallel = Dialect(
    name: "parallel",
    summary: "ids by the server, capitalised words, every order processed at once, nested metrics",
    readyPath: "/metrics",
    create: Create(
      Request("POST", "/orders", body: #"{"user_id":"u-{index}","item_ids":["item-001"],"total_amount":100.0}"#),
      acceptedCodes: [201], id: IDSource(.body("order_id")), invalidBody: #"{"item_ids":["item-001"],"total_amount":100.0}"#),
    status: Status(.order(Request("GET", "/orders/{id}"), field: "status"), words: .capitalised),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + .counts(at: { FieldPath("order_status_counts.\(StatusWords.capitalised.word(for: $0))") })
        + [Figure(.average(.completion), at: "average_processing_time")]),
    assumptions: .ofOrderServer)
}
