extension Dialect {
  /// The dialect of our own order-server, with today's conventions.
  public static let standard = Dialect(
    name: "standard",
    summary: "order-server's own: ids by the server, idempotency keys, cancelling, paged lists, problem details",
    readyPath: "/ping",
    create: Create(
      Request("POST", "/orders", body: #"{"user_id":"u-{index}","item_ids":["item-001"],"total_amount":250.75}"#),
      acceptedCodes: [201], id: IDSource(.body("order_id")), duplicates: .sameID(Header("Idempotency-Key", "{uuid}")),
      invalidBody: #"{"user_id":"u-{index}","item_ids":[],"total_amount":-1}"#),
    status: Status(.order(Request("GET", "/orders/{id}/status"), field: "status"), words: .plain),
    order: OrderPage(Request("GET", "/orders/{id}"), status: "status"),
    cancel: Cancel(Request("POST", "/orders/{id}/cancel"), acceptedCodes: [200], refusedCodes: [409]),
    list: List(
      Request("GET", "/orders?limit=100"), orders: "orders", id: "order_id", status: "status",
      pages: List.Pages(cursor: "next_cursor", path: "/orders?limit=100&cursor={cursor}")),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + .counts(OrderStatus.allCases, at: { FieldPath("status_counts.\($0.rawValue)") })
        + [
          Figure(.average(.processing), at: "average_processing_time"),
          Figure(.average(.completion), at: "average_completion_time"),
          Figure(.estimate, at: "estimated_processing_time", isProportional: true),
        ]),
    orderMetrics: OrderMetrics(path: "/metrics/{id}", field: "completion_time", span: .completion),
    assumptions: .ofOrderServer)
}
