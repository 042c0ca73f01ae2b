/// What became of the requests beside plain orders and polls, by kind.
struct TrafficCounts: Sendable, Equatable {
  struct Count: Sendable, Equatable {
    var asExpected = 0
    var contrary = 0
    var unclear = 0
    /// Of those as expected, those that could not have been contrary.
    var vacuous = 0

    var all: Int { asExpected + contrary + unclear }

    /// Those in which the target could have shown that it does wrong.
    var telling: Int { asExpected - vacuous + contrary }
  }

  private var counts: [RequestKind: Count] = [:]

  subscript(what: RequestKind) -> Count { counts[what] ?? Count() }

  /// The kinds that there were, in the order of their declaration, so that no report depends on a dictionary's.
  var kinds: [RequestKind] { RequestKind.allCases.filter { counts[$0] != nil } }

  mutating func record(_ what: RequestKind, _ conformance: Conformance) {
    switch conformance {
    case .asExpected: counts[what, default: Count()].asExpected += 1
    case .vacuous:
      counts[what, default: Count()].asExpected += 1
      counts[what, default: Count()].vacuous += 1
    case .contrary: counts[what, default: Count()].contrary += 1
    case .unclear: counts[what, default: Count()].unclear += 1
    }
  }

  mutating func merge(_ other: TrafficCounts) {
    for (what, count) in other.counts {
      counts[what, default: Count()].asExpected += count.asExpected
      counts[what, default: Count()].contrary += count.contrary
      counts[what, default: Count()].unclear += count.unclear
      counts[what, default: Count()].vacuous += count.vacuous
    }
  }
}
