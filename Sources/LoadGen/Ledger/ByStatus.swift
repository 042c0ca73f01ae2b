import Shared

/// One value for each status, accessed without a search.
struct ByStatus<Value: Sendable>: Sendable {
  private var pending: Value
  private var processing: Value
  private var completed: Value
  private var cancelled: Value
  private var failed: Value

  /// The same value for every status.
  init(_ value: Value) {
    pending = value
    processing = value
    completed = value
    cancelled = value
    failed = value
  }

  subscript(status: OrderStatus) -> Value {
    _read {
      switch status {
      case .pending: yield pending
      case .processing: yield processing
      case .completed: yield completed
      case .cancelled: yield cancelled
      case .failed: yield failed
      }
    }
    _modify {
      switch status {
      case .pending: yield &pending
      case .processing: yield &processing
      case .completed: yield &completed
      case .cancelled: yield &cancelled
      case .failed: yield &failed
      }
    }
  }
}
