import Shared

/// When one order reached each stage, and how long it took between them.
struct OrderTimes {
  private let order: Order

  init(_ order: Order) {
    self.order = order
  }

  /// Durations in seconds; `null` for what has not happened yet.
  func json(as dialect: Dialect) -> JSON {
    var document = JSON.object([])
    document.set(.string(order.id.text), at: "order_id")
    document.set(.string(dialect.status.words.word(for: order.status)), at: "status")
    document.set(.optional(order.createdAt), at: "created_at")
    document.set(.optional(order.startedAt), at: "started_at")
    document.set(.optional(order.completedAt), at: "completed_at")
    document.set(.optional(seconds(from: order.createdAt, to: order.startedAt)), at: "queue_wait")
    document.set(.optional(seconds(from: order.startedAt, to: order.completedAt)), at: "processing_time")
    document.set(.optional(seconds(from: order.createdAt, to: order.completedAt)), at: "completion_time")
    return document
  }

  private func seconds(from start: Timestamp?, to end: Timestamp?) -> Double? {
    guard let start, let end else { return nil }
    return Double(end.microseconds - start.microseconds) / 1e6
  }
}
