import HTTPTypes
import Shared

extension Profile {
  /// Every order is processed at once.
  static let parallel = Profile(
    name: "parallel", dialect: .parallel, plan: ProcessingPlan(workers: .unlimited, serviceTime: .fixed(.seconds(5))), format: .parallel)
}

extension APIFormat {
  fileprivate static let parallel = APIFormat(
    draft: OrderForm(
      .named("NewOrder", .fields(["user_id": .userID, "item_ids": .itemIDs, "total_amount": .totalAmount])),
      example: ["user_id": "u-1", "item_ids": ["item-001"], "total_amount": .number(100.5)]
    ) { try OrderDraft(body: $0, takesID: false) },
    created: Page(.named("NewOrderStatus", .answer(["order_id": .newOrderID, "status": status]))) { view($0.id, .pending) },
    order: .statusAlone(Page(.named("OrderStatus", .answer(["order_id": .orderID, "status": status]))) { view($0, $1) }),
    metrics: Page(
      .named(
        "Metrics",
        .answer([
          "total_orders": .count,
          "average_processing_time": Schema.seconds.about("Of created to completed, in seconds; 0 while nothing is completed."),
          "order_status_counts": .object(counts.schema, isClosed: true),
        ]))
    ) { figures in
      [
        "total_orders": .integer(figures.tallies.total),
        "average_processing_time": .number(figures.tallies.average(.completion) ?? 0),
        "order_status_counts": .object(counts.members(figures.tallies)),
      ]
    },
    error: { error in
      switch error {
      case .unknownOrder: APIReply(.notFound, ["detail": "Order not found"])
      default: .pydantic(error)
      }
    },
    errorSchema: Schema.pydantic)

  private static let counts = StatusCounts { Dialect.parallel.status.words.word(for: $0) }

  private static let status = Schema.status(Dialect.parallel.status.words)

  @Sendable private static func view(_ id: OrderID, _ status: OrderStatus) -> JSON {
    ["order_id": .string(id.text), "status": .string(Dialect.parallel.status.words.word(for: status))]
  }
}
