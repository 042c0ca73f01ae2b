/// Why a poll came later than the poll policy asked for.
package enum PollDelay: String, Sendable, CaseIterable {
  /// The cap on polls let others go first.
  case cap
  /// No connection was free.
  case connection
  /// The answer to the previous poll came only after this poll was due, or never came.
  case answer
  /// The target asked to be left alone for longer.
  case retryAfter = "retry_after"
  /// Our own loop took it up late, by more than half of the gap.
  case generator
}
