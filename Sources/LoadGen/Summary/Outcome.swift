/// One of the things that an exit code can say about a run.
package enum Outcome: String, Codable, Sendable, CaseIterable {
  case passed, failed, threshold, configuration, interrupted, contradiction, invalid, regression

  package var exitCode: Int {
    switch self {
    case .passed: 0
    case .failed: 1
    case .threshold: 99
    case .configuration: 104
    case .interrupted: 105
    case .contradiction: 120
    case .invalid: 121
    case .regression: 122
    }
  }

  /// Where several hold, the first in this order decides the exit code.
  static let precedence: [Outcome] = [
    .configuration, .failed, .interrupted, .contradiction, .threshold, .invalid, .regression, .passed,
  ]
}

/// A run's outcome in one word.
package enum Verdict: String, Codable, Sendable, CaseIterable {
  case pass, fail, invalid, interrupted

  /// `pass` exactly where the exit code is 0.
  init(_ outcome: Outcome) {
    self =
      switch outcome {
      case .passed: .pass
      case .interrupted: .interrupted
      case .invalid: .invalid
      case .failed, .threshold, .configuration, .contradiction, .regression: .fail
      }
  }
}

/// What the outcomes of a run amount to.
package struct Decision: Sendable, Equatable {
  package let verdict: Verdict
  package let exitCode: Int
  /// Each once, in the order of precedence; `[.passed]` where there are no others.
  package let outcomes: [Outcome]

  /// - Parameter found: in any order, each any number of times.
  package init(_ found: some Sequence<Outcome>) {
    let found = Set(found).subtracting([.passed])
    let ordered = Outcome.precedence.filter(found.contains)
    let deciding = ordered.first ?? .passed
    outcomes = ordered.isEmpty ? [.passed] : ordered
    exitCode = deciding.exitCode
    verdict = Verdict(deciding)
  }
}
