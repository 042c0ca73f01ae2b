/// What creates and polls have cost the target: the total time from sending to answer, over the whole run including the warm-up. A request
/// that was never answered costs the time that it had waited.
struct ServiceTimes: Sendable, Equatable {
  /// In nanoseconds. A `Double`, because in long runs it exceeds 64 bits.
  private(set) var creates = 0.0
  /// Of polls and of pages of a list that is searched, in nanoseconds.
  private(set) var polls = 0.0
  /// The value of `polls` when the last create was answered: later polls cannot have kept a create waiting.
  private(set) var pollsWhileCreating = 0.0
  /// Creates that found every connection for creates taken.
  var createsQueued = 0

  /// A create was answered or given up, this many nanoseconds after its sending.
  mutating func create(took nanoseconds: Int64) {
    creates += Double(nanoseconds)
    pollsWhileCreating = polls
  }

  /// A poll was answered or given up, this many nanoseconds after its sending.
  mutating func poll(took nanoseconds: Int64) { polls += Double(nanoseconds) }

  mutating func merge(_ other: ServiceTimes) {
    creates += other.creates
    polls += other.polls
    pollsWhileCreating += other.pollsWhileCreating
    createsQueued += other.createsQueued
  }
}
