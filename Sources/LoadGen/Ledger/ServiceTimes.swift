/// What creates and polls cost the target: the sums of their times from sending to answer, over the whole run, the warm-up included. One that was
/// never answered costs what it had waited.
struct ServiceTimes: Sendable, Equatable {
  /// In nanoseconds. A double: it outgrows 64 bits in long runs.
  private(set) var creates = 0.0
  /// Polls, or the pages of a list that is searched.
  private(set) var polls = 0.0
  /// Of these, what there was when the last create was answered: what came after it has kept none waiting.
  private(set) var pollsWhileCreating = 0.0
  /// Creates that found every connection for creates taken.
  var createsQueued = 0

  mutating func create(took nanoseconds: Int64) {
    creates += Double(nanoseconds)
    pollsWhileCreating = polls
  }

  mutating func poll(took nanoseconds: Int64) { polls += Double(nanoseconds) }

  mutating func merge(_ other: ServiceTimes) {
    creates += other.creates
    polls += other.polls
    pollsWhileCreating += other.pollsWhileCreating
    createsQueued += other.createsQueued
  }
}
