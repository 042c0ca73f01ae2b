import HTTPTypes
import Shared

extension Profile {
  /// Our own system, with today's conventions.
  static let standard = Profile(name: "standard", dialect: .standard, plan: ProcessingPlan(), format: .standard)
}

extension APIFormat {
  fileprivate static let standard = APIFormat(
    draft: OrderForm(
      .named(
        "NewOrder",
        .fields(
          ["user_id": .userID, "item_ids": .itemIDs, "total_amount": .totalAmount],
          optional: ["order_id": Schema.chosenOrderID.about("Without it the server makes a UUID.")])),
      example: ["user_id": "u-1", "item_ids": ["item-001"], "total_amount": .number(250.75)]
    ) { try OrderDraft(body: $0) },
    created: Page(Standard.summarySchema) { Standard.summary($0.id, .pending) },
    hasLocation: true,
    order: .whole(Page(Standard.orderSchema, Standard.document)),
    status: .statusAlone(Page(Standard.summarySchema) { Standard.summary($0, $1) }),
    cancelled: Page(Standard.orderSchema, Standard.document),
    page: Page(.named("OrderPage", .answer(["orders": .list(Standard.orderSchema, count: nil), "next_cursor": .nextCursor]))) {
      ["orders": .array($0.orders.map(Standard.document)), "next_cursor": .optional($0.next)]
    },
    metrics: Page(Standard.metricsSchema, Standard.metrics),
    orderMetrics: Page(Standard.timesSchema, Standard.times),
    hasIdempotencyKeys: true,
    error: Standard.problem,
    errorSchema: Standard.problemSchema)
}

private enum Standard {
  private static let status = Schema.status(Dialect.standard.status.words)

  static let summarySchema = Schema.named("OrderStatus", .answer(["order_id": .orderID, "status": status]))

  static func summary(_ id: OrderID, _ status: OrderStatus) -> JSON {
    ["order_id": .string(id.text), "status": .string(status.rawValue)]
  }

  static let orderSchema = Schema.named(
    "Order",
    .answer([
      "order_id": .orderID, "status": status, "user_id": .userID, "item_ids": .list(.itemID, count: nil), "total_amount": .totalAmount,
      "created_at": .time, "started_at": Schema.time.orNull, "completed_at": Schema.time.orNull,
    ]))

  static func document(of order: Order) -> JSON {
    [
      "order_id": .string(order.id.text), "status": .string(order.status.rawValue), "user_id": .string(order.userID),
      "item_ids": .array(order.itemIDs.map(JSON.string)), "total_amount": .number(order.totalAmount),
      "created_at": .optional(order.createdAt), "started_at": .optional(order.startedAt), "completed_at": .optional(order.completedAt),
    ]
  }

  static let metricsSchema = Schema.named(
    "Metrics",
    .answer([
      "total_orders": .count,
      "status_counts": .answer(["pending": .count, "processing": .count, "completed": .count, "cancelled": .count, "failed": .count])
        .about("They sum to the total."),
      "average_processing_time": Schema.seconds.orNull.about("Of started to completed; null while nothing is completed."),
      "average_completion_time": Schema.seconds.orNull.about("Of created to completed; null while nothing is completed."),
      "estimated_processing_time": Schema.seconds.about("In seconds: the mean service time for each order that is pending or processing."),
    ]))

  static func metrics(_ figures: Figures) -> JSON {
    guard let metrics = Dialect.standard.metrics else { return .object([]) }
    return MetricsDocument(figures.tallies, meanServiceTime: figures.meanServiceTime.seconds).json(as: metrics)
  }

  static let timesSchema = Schema.named(
    "OrderTimes",
    .answer([
      "order_id": .orderID, "status": status,
      "created_at": .time, "started_at": Schema.time.orNull, "completed_at": Schema.time.orNull,
      "queue_wait": Schema.seconds.orNull, "processing_time": Schema.seconds.orNull, "completion_time": Schema.seconds.orNull,
    ]))

  /// When an order reached each stage, and the seconds between them; `null` for what has not happened.
  static func times(of order: Order) -> JSON {
    [
      "order_id": .string(order.id.text), "status": .string(order.status.rawValue),
      "created_at": .optional(order.createdAt), "started_at": .optional(order.startedAt), "completed_at": .optional(order.completedAt),
      "queue_wait": .optional(seconds(from: order.createdAt, to: order.startedAt)),
      "processing_time": .optional(seconds(from: order.startedAt, to: order.completedAt)),
      "completion_time": .optional(seconds(from: order.createdAt, to: order.completedAt)),
    ]
  }

  private static func seconds(from start: Timestamp?, to end: Timestamp?) -> Double? {
    guard let start, let end else { return nil }
    return Double(end.microseconds - start.microseconds) / 1e6
  }

  /// The answer to an error, as problem details (RFC 9457); `errors` lists the fields that break rules.
  static func problem(_ error: APIError) -> APIReply {
    var document: JSON = [
      "type": "about:blank", "title": .string(error.status.reasonPhrase), "status": .integer(Int64(error.status.code)),
      "detail": .string(error.sentence),
    ]
    let violations = violations(in: error)
    if !violations.isEmpty {
      document.set(
        .array(violations.map { ["field": .string($0.field), "found": .string($0.found), "expected": .string($0.expected)] }),
        at: "errors")
    }
    return APIReply(error.status, document, type: "application/problem+json")
  }

  private static func violations(in error: APIError) -> [Violation] {
    switch error {
    case .invalid(let violations): violations
    case .badParameter(let violation, _): [violation]
    default: []
    }
  }

  static func problemSchema(_ error: APIError) -> Schema {
    let members = [
      Schema.Member(name: "type", schema: .constant("about:blank")), Schema.Member(name: "title", schema: .sentence),
      Schema.Member(name: "status", schema: .integer(400...599)), Schema.Member(name: "detail", schema: .sentence),
    ]
    if violations(in: error).isEmpty { return .named("Problem", .object(members, isClosed: true)) }
    let field = Schema.answer(["field": .sentence, "found": .sentence, "expected": .sentence])
    let errors = Schema.Member(name: "errors", schema: .list(field, count: Violation.counts))
    return .named("ProblemOfFields", .object(members + [errors], isClosed: true))
  }
}

extension JSON {
  /// The cursor's text, or `null`.
  static func optional(_ cursor: OrderCursor?) -> JSON { cursor.map { .string($0.description) } ?? .null }
}
