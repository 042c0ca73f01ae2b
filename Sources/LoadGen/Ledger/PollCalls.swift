/// How many polls came to an end, and how many of them brought no answer about their order. What the run's end cut off is in neither.
struct PollCalls: Sendable, Equatable {
  private(set) var all = 0
  private(set) var errors = 0

  /// What our own side could not send makes the run invalid, and is no error of the target's.
  /// - Parameter failure: why it brought none; `nil` where it did.
  mutating func count(_ failure: Failure?) {
    all += 1
    if let failure, !failure.asksForPatience, failure.kind != .exhausted { errors += 1 }
  }

  mutating func merge(_ other: PollCalls) {
    all += other.all
    errors += other.errors
  }
}

extension Failure {
  /// A target that says when to come again has not failed: it limits how often it is asked.
  fileprivate var asksForPatience: Bool { status == 429 || status == 503 && retryAfter != nil }
}
