extension Dialect {
  /// A Flask system behind nginx: integers for ids, chosen by the client, and Basic authentication on everything but `/ping`.
  public static let basicAuth = Dialect(
    name: "basic-auth",
    summary: "Basic authentication, integer ids chosen by the client, one worker, flat metrics rounded to 2 decimals",
    readyPath: "/ping",
    create: Create(
      Request("POST", "/orders", body: #"{"order_id":{id},"user_id":456,"item_ids":[1,2,3],"total_amount":150.75}"#),
      acceptedCodes: [201], id: IDSource(.own("{number}")), duplicates: .refused,
      invalidBody: #"{"order_id":{number},"item_ids":[1,2,3],"total_amount":150.75}"#),
    status: Status(.order(Request("GET", "/orders/{id}"), field: "status"), words: .plain),
    metrics: Metrics(
      path: "/metrics",
      figures: [Figure(.total, at: "total_orders")]
        + .counts(at: { FieldPath("\($0.rawValue)_orders") })
        + [Figure(.average(.processing), at: "avg_processing_time_seconds", printing: .nearest)]),
    authentication: .basic, assumptions: .ofOrderServer)
}
