import Shared

/// How many requests were answered, and how long that took: what a Prometheus histogram tells.
struct RequestDurations: Sendable, Equatable {
  /// Rising. Each is in its own bucket. They are those of Prometheus's client libraries.
  static let limits: [Duration] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000].map { .milliseconds($0) }

  private(set) var sum = Duration.zero
  /// Each duration is counted once: at the first limit that it is not above, or behind all of them.
  private var counts = [Int64](repeating: 0, count: Self.limits.count + 1)

  mutating func add(_ duration: Duration) {
    sum += duration
    counts[Self.limits.firstIndex { duration <= $0 } ?? Self.limits.count] += 1
  }

  /// The same, each counted one bucket higher: every limit has the number of the one below it.
  var shifted: RequestDurations {
    var moved = self
    moved.counts = [0] + counts.dropLast()
    moved.counts[Self.limits.count] += counts[Self.limits.count]
    return moved
  }

  var count: Int64 { counts.reduce(0, +) }

  /// How many durations were at most the limit at the same place.
  var cumulativeCounts: [Int64] {
    var sum = Int64(0)
    return counts.dropLast().map { count in
      sum += count
      return sum
    }
  }
}
