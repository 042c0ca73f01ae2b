import Testing

/// The built programs, run as a user runs them: in three rows, within which one test follows another. That is what two processors can bear,
/// and what the tests are about does not depend on how much of the machine they have.
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
}
