/// Why a poll came later than it was asked for.
package enum PollDelay: String, Sendable, CaseIterable {
  /// Others had to go first, for the cap on polls.
  case cap
  /// No connection was free.
  case connection
  /// The answer before it came only after it was due, or never.
  case answer
  /// The target asked to be left alone for longer.
  case retryAfter = "retry_after"
  /// Our own loop took it up late, by half of the gap or more.
  case generator
}
