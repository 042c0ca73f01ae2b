import Testing

/// The built programs, run as a user runs them: one test at a time, so that each has the machine to itself.
@Suite("End to end", .serialized)
enum EndToEnd {}
