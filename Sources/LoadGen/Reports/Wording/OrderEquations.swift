import LoadRun

extension Summary.Orders {
  /// A count of orders as the sum of its parts (docs/measurement.md, "Conservation").
  struct Equation: Sendable, Equatable {
    let name: String
    let sum: Int
    let parts: [Part]

    /// One summand.
    struct Part: Sendable, Equatable {
      let count: Int
      let name: String
    }

    init(_ name: String, _ sum: Int, _ parts: [(Int, String)]) {
      self.name = name
      self.sum = sum
      self.parts = parts.map { Part(count: $0.0, name: $0.1) }
    }

    var isBalanced: Bool { parts.map(\.count).reduce(0, +) == sum }
  }

  /// The equations in the order in which an order passes through them; `unfinished` is left out where it is 0.
  var equations: [Equation] {
    [
      Equation("scheduled", scheduled, [(submitted, "submitted"), (notSent, "not sent")]),
      Equation(
        "submitted", submitted, [(accepted, "accepted"), (rejected, "rejected"), (errored, "errored"), (ambiguous, "ambiguous")]),
      Equation(
        "accepted", accepted, [(completed, "completed"), (cancelled, "cancelled"), (failed, "failed"), (unfinished, "unfinished")]),
    ]
      + (unfinished == 0
        ? []
        : [
          Equation(
            "unfinished", unfinished,
            [
              (timedOut, "timed out"), (runEnd, "cut off by the run's end"), (lost, "lost"), (unknownStatus, "of unknown status"),
              (untracked, "untracked"),
            ])
        ])
  }
}
