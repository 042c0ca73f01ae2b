import Testing

/// The built programs, run as a user runs them: in five rows of about the same length, within which one test follows another. Most of the time
/// they wait for time to pass, so that two processors can bear it, and what they are about does not depend on how much of the machine they have.
enum EndToEnd {
  /// As its clients and its operator see it.
  @Suite("order-server, end to end", .serialized)
  enum OrderServer {}

  /// As whoever runs it sees it.
  @Suite("loadgen, end to end", .serialized)
  enum LoadGen {}

  /// What loadgen meets at targets of every kind.
  @Suite("Targets of loadgen, end to end", .serialized)
  enum Targets {}

  /// What loadgen finds at a server that lies, or does wrong, on demand.
  @Suite("Faults on demand, end to end", .serialized)
  enum Faults {}

  /// Peers that mean ill, on either side; servers that are killed, and databases that go away.
  @Suite("Attacks, end to end", .serialized)
  enum Attacks {}
}
