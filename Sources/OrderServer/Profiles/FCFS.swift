import HTTPTypes
import Shared

extension Profile {
  /// One worker, strictly first come, first served.
  static let fcfs = Profile(
    name: "fcfs", dialect: .fcfs, plan: ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(2))), format: .fcfs)
}

extension APIFormat {
  fileprivate static let fcfs = APIFormat(
    draft: OrderForm(
      .named("NewOrder", .fields(["user_id": .userID, "item_ids": .itemIDs, "total_amount": .totalAmount])),
      example: [
        "user_id": "b7a1b2c2-4f0e-4c57-9d0c-1f9d6f0f3a55", "item_ids": ["item-001", "item-002"], "total_amount": .number(250.75),
      ]
    ) { try OrderDraft(body: $0, takesID: false) },
    created: Page(.named("Receipt", .answer(["message": .constant("Order placed successfully"), "order_id": .newOrderID]))) {
      ["message": "Order placed successfully", "order_id": .string($0.id.text)]
    },
    order: .statusAlone(
      Page(.named("Order", .answer(["order_id": .orderID, "status": .status(Dialect.fcfs.status.words)]))) { id, status in
        ["order_id": .string(id.text), "status": .string(Dialect.fcfs.status.words.word(for: status))]
      }),
    metrics: Page(
      .named(
        "Metrics",
        .answer([
          "average_processing_time": Schema.count.about(
            "Of created to completed, in whole seconds, rounded down; 0 while nothing is completed."),
          "estimated_processing_time": Schema.seconds.about(
            "In seconds: the mean service time for each order that is pending or processing."),
          "status_counts": .object(counts.schema, isClosed: true),
          "total_orders": .count,
        ]))
    ) { figures in
      [
        // Whole seconds, rounded down.
        "average_processing_time": .integer(Int64(figures.tallies.average(.completion) ?? 0)),
        "estimated_processing_time": .wholeWherePossible(figures.estimate),
        "status_counts": .object(counts.members(figures.tallies)),
        "total_orders": .integer(figures.tallies.total),
      ]
    },
    error: { error in
      switch error {
      case .unknownOrder: APIReply(.notFound, ["error": "Order not found"])
      default: .flask(error)
      }
    },
    errorSchema: { _ in .flask })

  private static let counts = StatusCounts(name: { "\($0.rawValue)_orders" }, always: [.completed, .pending, .processing])
}

extension JSON {
  /// As an integer where the number is whole.
  fileprivate static func wholeWherePossible(_ number: Double) -> JSON {
    Int64(exactly: number).map(JSON.integer) ?? .number(number)
  }
}
