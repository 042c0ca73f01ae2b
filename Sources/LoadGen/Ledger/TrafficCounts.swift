/// What became of the requests besides plain orders and polls, by kind.
struct TrafficCounts: Sendable, Equatable {
  /// The answers to one kind of request, by how they compare with what they had to be. `asExpected` includes `vacuous`.
  struct Count: Sendable, Equatable {
    var asExpected = 0
    var contrary = 0
    var unclear = 0
    /// How many of `asExpected` could not have been contrary.
    var vacuous = 0

    var all: Int { asExpected + contrary + unclear }

    /// How many could have revealed that the target misbehaves.
    var telling: Int { asExpected - vacuous + contrary }
  }

  private var counts: [RequestKind: Count] = [:]

  subscript(what: RequestKind) -> Count { counts[what] ?? Count() }

  /// The kinds that occurred, in the order of their declaration, so that no report depends on a dictionary's order.
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
