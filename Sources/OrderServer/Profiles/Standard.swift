import HTTPTypes
import Shared

extension Profile {
  /// Our own, with the conventions of today.
  static let standard = Profile(name: "standard", dialect: .standard, plan: ProcessingPlan(), spelling: .standard)
}

extension Spelling {
  fileprivate static let standard = Spelling(
    draft: { try OrderDraft(body: $0) },
    created: { Answer(.created, Standard.summary($0.id, .pending), headers: [.location: "/orders/\($0.id)"]) },
    order: .whole(Standard.document),
    status: .statusAlone(Standard.summary),
    cancelled: Standard.document,
    page: { ["orders": .array($0.orders.map(Standard.document)), "next_cursor": .optional($0.next)] },
    metrics: Standard.metrics,
    orderMetrics: Standard.times,
    hasIdempotencyKeys: true,
    hasDocumentation: true,
    refusal: Standard.problem)
}

private enum Standard {
  static func summary(_ id: OrderID, _ status: OrderStatus) -> JSON {
    ["order_id": .string(id.text), "status": .string(status.rawValue)]
  }

  static func document(of order: Order) -> JSON {
    [
      "order_id": .string(order.id.text), "status": .string(order.status.rawValue), "user_id": .string(order.userID),
      "item_ids": .array(order.itemIDs.map(JSON.string)), "total_amount": .number(order.totalAmount),
      "created_at": .optional(order.createdAt), "started_at": .optional(order.startedAt), "completed_at": .optional(order.completedAt),
    ]
  }

  static func metrics(_ figures: Figures) -> JSON {
    guard let metrics = Dialect.standard.metrics else { return .object([]) }
    return MetricsDocument(figures.tallies, meanServiceTime: figures.meanServiceTime.seconds).json(as: metrics)
  }

  /// When an order reached each stage, and how many seconds it took between them; `null` for what has not happened.
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

  /// An answer that says what went wrong, as RFC 9457 has it.
  static func problem(_ refusal: Refusal) -> Answer {
    var document: JSON = [
      "type": "about:blank", "title": .string(refusal.status.reasonPhrase), "status": .integer(Int64(refusal.status.code)),
      "detail": .string(refusal.sentence),
    ]
    let violations: [Violation] =
      switch refusal {
      case .invalid(let violations): violations
      case .badParameter(let violation, _): [violation]
      default: []
      }
    if !violations.isEmpty {
      document.set(
        .array(violations.map { ["field": .string($0.field), "found": .string($0.found), "expected": .string($0.expected)] }),
        at: "errors")
    }
    return Answer(refusal.status, document, type: "application/problem+json")
  }
}

extension JSON {
  /// The cursor's text, or `null`.
  static func optional(_ cursor: OrderCursor?) -> JSON { cursor.map { .string($0.description) } ?? .null }
}
