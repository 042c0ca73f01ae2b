extension Dialect {
  /// A FastAPI system on SQLite: accounts with tokens, and a job that processes what is pending every two minutes.
  ///
  /// It has no metrics of its own: the list of the caller's orders is taken as its claim. The pages of the list are read one after another,
  /// so they do not show a single instant.
  public static let marketplace = Dialect(
    name: "marketplace",
    summary: "accounts with tokens that expire, orders of one's own, processed in batches, no metrics but the list of orders",
    readyPath: "/ping",
    create: Create(
      Request("POST", "/orders", body: #"{"product_name":"product {index}","amount":9.99}"#),
      acceptedCodes: [201], id: IDSource(.body("id")), invalidBody: #"{"product_name":"","amount":-1}"#),
    status: Status(.order(Request("GET", "/orders/{id}"), field: "status"), words: .plain),
    cancel: Cancel(Request("POST", "/orders/{id}/cancel"), acceptedCodes: [200], refusedCodes: [400]),
    list: List(
      Request("GET", "/orders?limit=100"), orders: "orders", id: "id", status: "status",
      pages: List.Pages(cursor: "next_cursor", path: "/orders?limit=100&cursor={cursor}")),
    metrics: Metrics(
      .list,
      figures: [Figure(.total, at: "orders")] + .counts(OrderStatus.allCases, at: { FieldPath("orders.\($0.rawValue)") })),
    authentication: .bearer(
      Authentication.Login(
        register: Request("POST", "/auth/register", body: #"{"name":"{username}","email":"{username}","password":"{password}"}"#),
        Request("POST", "/auth/login", body: #"{"email":"{username}","password":"{password}"}"#),
        token: .body("access_token"),
        refresh: Authentication.Refresh(
          token: "refresh_token", Request("POST", "/auth/refresh", body: #"{"refresh_token":"{refresh_token}"}"#)))),
    // An order that has just missed a batch waits two minutes for the next one.
    orderTimeout: .seconds(300), assumptions: Assumptions(snapshot: false, requeue: Assumptions.ofOrderServer.requeue))
}
