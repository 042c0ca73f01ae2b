import HTTPTypes
import Shared

extension Profile {
  /// One loop, one order after another.
  static let sequential = Profile(
    name: "sequential", dialect: .sequential, plan: ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(5))),
    format: .sequential, sampleID: { index, _ in OrderID(String(index)) })
}

extension APIFormat {
  fileprivate static let sequential = APIFormat(
    draft: OrderForm(
      .named(
        "NewOrder",
        .fields([
          "order_id": Schema.chosenOrderID, "user_id": .userID,
          "item_ids": Schema.any([.itemID, .itemIDs]).about("A list, or a single one."), "total_amount": .totalAmount,
        ])),
      example: ["order_id": "11", "user_id": "user_id", "item_ids": "item_ids", "total_amount": .integer(100)]
    ) { body in
      try BodyFields.read(body, expected: "an object with order_id, user_id, item_ids and total_amount") { fields in
        let id = fields.string("order_id", check: OrderRules.check(newID:))
        let userID = fields.string("user_id", check: OrderRules.check(userID:))
        let itemIDs = fields.stringOrStrings("item_ids", count: OrderRules.check(itemCount:), check: OrderRules.check(itemIDs:))
        let amount = fields.number("total_amount", check: OrderRules.check(totalAmount:))
        guard let id, let userID, let itemIDs, let amount else { return nil }
        return OrderDraft(id: OrderID(id), userID: userID, itemIDs: itemIDs, totalAmount: amount)
      }
    },
    created: Page(.named("NewOrderStatus", .answer(["order_id": .orderID, "status": Sequential.status]))) {
      ["order_id": .string($0.id.text), "status": .string(Sequential.word(.pending))]
    },
    status: .statusAlone(
      Page(.named("OrderStatus", .answer(["status": Sequential.status]))) { _, status in ["status": .string(Sequential.word(status))] }),
    metrics: Page(Sequential.metricsSchema, Sequential.metrics),
    orderMetrics: Page(Sequential.timesSchema, Sequential.times),
    error: { error in
      switch error {
      case .unknownOrder: APIReply(.notFound, ["error": "Order not found"])
      case .duplicate: APIReply(.conflict, ["error": "Order already exists"])
      default: .flask(error)
      }
    },
    errorSchema: { _ in .flask })
}

private enum Sequential {
  static func word(_ status: OrderStatus) -> String { Dialect.sequential.status.words.word(for: status) }

  private static let counts = StatusCounts(name: { word($0) }, always: [])

  static let status = Schema.status(Dialect.sequential.status.words)

  static let metricsSchema = Schema.named(
    "Metrics",
    .answer([
      "average_processing_time": Schema.seconds.about("Of created to completed, in seconds; 0 while nothing is completed."),
      "status_counts": Schema.object(counts.schema, isClosed: true).about("A status with no order is absent."),
      "total_orders": .count,
    ]))

  /// The average is of created → last updated, over the completed orders. A status with no order is absent.
  static func metrics(_ figures: Figures) -> JSON {
    let tallies = figures.tallies
    return [
      "average_processing_time": .number(tallies.average(.completion) ?? 0), "status_counts": .object(counts.members(tallies)),
      "total_orders": .integer(tallies.total),
    ]
  }

  static let timesSchema = Schema.named(
    "OrderTimes",
    .answer([
      "created_at": .zonelessTime, "order_id": .orderID,
      "processing_time": Schema.string(pattern: #"^[0-9]+\.[0-9]{2} seconds$"#).orNull.about(
        "Of created to completed, as a text with its unit; null until the order is completed."),
      "status": status, "updated_at": .zonelessTime,
    ]))

  static func times(of order: Order) -> JSON {
    [
      "created_at": .string(zoneless(order.createdAt)), "order_id": .string(order.id.text),
      "processing_time": order.completedAt.map { .string(seconds(from: order.createdAt, to: $0)) } ?? .null,
      "status": .string(word(order.status)), "updated_at": .string(zoneless(order.updatedAt)),
    ]
  }

  /// RFC 3339 with microseconds in UTC, without the `Z`.
  private static func zoneless(_ time: Timestamp) -> String { String(time.description.dropLast()) }

  /// `6.24 seconds`, to the nearest hundredth.
  private static func seconds(from start: Timestamp, to end: Timestamp) -> String {
    let hundredths = (end.microseconds - start.microseconds + 5_000) / 10_000
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction) seconds"
  }
}
