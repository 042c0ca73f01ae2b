/// How many polls ended, and how many of them brought no answer about their order. Polls that the end of the run cut off count in neither.
struct PollCalls: Sendable, Equatable {
  private(set) var all = 0
  private(set) var errors = 0

  /// A failure for lack of our own resources is not an error of the target, but makes the run invalid. Nor is a request for patience an
  /// error.
  /// - Parameter failure: why the poll brought no answer; `nil` if it did.
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
  /// A target that says when to come back has not failed: it limits how often it is polled.
  fileprivate var asksForPatience: Bool { status == 429 || status == 503 && retryAfter != nil }
}
