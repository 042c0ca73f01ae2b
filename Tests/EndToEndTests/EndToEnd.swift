import Testing

/// The built programs, run as a user runs them. Each program's tests run one at a time, beside the other's: that is what two processors can
/// bear, and what they are about does not depend on how much of the machine they have.
enum EndToEnd {
  @Suite("order-server, end to end", .serialized)
  enum OrderServer {}

  @Suite("loadgen, end to end", .serialized)
  enum LoadGen {}
}
