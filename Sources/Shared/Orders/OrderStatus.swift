/// Where an order stands: pending → processing → one of the ended ones; pending → cancelled.
public enum OrderStatus: String, Sendable, CaseIterable, Codable, Hashable {
  case pending, processing, completed, cancelled, failed

  /// Completed, cancelled and failed orders have ended: nothing more happens to them.
  public var hasEnded: Bool {
    switch self {
    case .pending, .processing: false
    case .completed, .cancelled, .failed: true
    }
  }
}
