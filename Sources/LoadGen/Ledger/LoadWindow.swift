/// The time in which orders were sent, without warm-up and drain, and what happened in it: what the rates are counted from.
struct LoadWindow: Sendable {
  /// When the load began.
  var began: Instant?
  /// The last answer to a measured create: the load's end.
  private(set) var ended: Instant?
  /// Measured orders that were due.
  var scheduled = 0
  private(set) var accepted = 0
  /// Until the load's end, the warm-up included.
  private var atEnd = Progress()
  private var atWarmupEnd = Progress()

  /// Running counts, as they stood at some instant.
  struct Progress: Sendable {
    var completed = 0
    var polls = 0
    var requests = 0
  }

  /// What happened within the window.
  var progress: Progress {
    Progress(
      completed: atEnd.completed - atWarmupEnd.completed, polls: atEnd.polls - atWarmupEnd.polls,
      requests: atEnd.requests - atWarmupEnd.requests)
  }

  mutating func warmupEnded(completed: Int, polls: Int, requests: Int) {
    guard ended == nil else { return }
    atWarmupEnd = Progress(completed: completed, polls: polls, requests: requests)
  }

  mutating func answered(at instant: Instant, accepted wasAccepted: Bool, completed: Int, polls: Int, requests: Int) {
    ended = max(ended ?? instant, instant)
    if wasAccepted { accepted += 1 }
    atEnd = Progress(completed: completed, polls: polls, requests: requests)
  }

  mutating func merge(_ other: LoadWindow) {
    began = [began, other.began].compactMap { $0 }.min()
    ended = [ended, other.ended].compactMap { $0 }.max()
    scheduled += other.scheduled
    accepted += other.accepted
    atEnd = atEnd + other.atEnd
    atWarmupEnd = atWarmupEnd + other.atWarmupEnd
  }
}

extension LoadWindow.Progress {
  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(
      completed: left.completed + right.completed, polls: left.polls + right.polls,
      requests: left.requests + right.requests)
  }
}
