import Shared

/// How an order was accounted for in the end. The terms are defined in `docs/measurement.md` under Conservation.
enum OrderOutcome: String, Sendable, CaseIterable {
  /// Due, but never written to a connection.
  case notSent = "not_sent"
  case rejected, errored, ambiguous
  case completed, cancelled, failed
  /// Still unfinished at the order timeout.
  case timedOut = "timed_out"
  /// Still unfinished when the run ended, or not followed.
  case runEnd = "run_end"
  /// Acknowledged, but unknown to the target later on.
  case lost
  /// Still in a status whose word the dialect does not know at the order timeout.
  case unknownStatus = "unknown_status"
  /// Acknowledged without a usable id.
  case untracked

  var wasAccepted: Bool {
    switch self {
    case .notSent, .rejected, .errored, .ambiguous: false
    case .completed, .cancelled, .failed, .timedOut, .runEnd, .lost, .unknownStatus, .untracked: true
    }
  }

  var hasEnded: Bool { self == .completed || self == .cancelled || self == .failed }

  /// Whether an order may exist that the target would count.
  var mayExist: Bool { wasAccepted || self == .ambiguous }

  /// - Returns: `nil` if the status is not an end.
  init?(ended status: OrderStatus) {
    switch status {
    case .pending, .processing: return nil
    case .completed: self = .completed
    case .cancelled: self = .cancelled
    case .failed: self = .failed
    }
  }
}
