import Shared

/// Counts of failed requests by phase, kind and status, with the first example of each.
struct FailureCounts: Sendable {
  struct Key: Hashable, Sendable {
    var phase: RequestKind
    var kind: Failure.Kind
    var status: Int?
  }

  struct Entry: Sendable {
    var count: Int
    var example: String
  }

  /// How many bytes of an example are kept: the text comes from the target.
  static let exampleLength = 200

  private(set) var entries: [Key: Entry] = [:]

  mutating func record(_ phase: RequestKind, _ failure: Failure) {
    let key = Key(phase: phase, kind: failure.kind, status: failure.status)
    if entries[key] == nil {
      entries[key] = Entry(count: 1, example: failure.example.beginning(bytes: Self.exampleLength))
    } else {
      entries[key]?.count += 1
    }
  }

  mutating func merge(_ other: FailureCounts) {
    for (key, entry) in other.entries { entries[key, default: Entry(count: 0, example: entry.example)].count += entry.count }
  }

  /// All entries by phase, kind and status, so that no report depends on a dictionary's order.
  var sorted: [(key: Key, entry: Entry)] {
    entries.map { ($0.key, $0.value) }.sorted {
      ($0.0.phase.rawValue, $0.0.kind.rawValue, $0.0.status ?? 0) < ($1.0.phase.rawValue, $1.0.kind.rawValue, $1.0.status ?? 0)
    }
  }

  func count(of kind: Failure.Kind) -> Int {
    entries.reduce(0) { $1.key.kind == kind ? $0 + $1.value.count : $0 }
  }
}
