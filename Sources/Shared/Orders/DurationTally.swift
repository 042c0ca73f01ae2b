/// The sum of durations, and how many of them were at most each of some limits: what a Prometheus histogram tells.
public struct DurationTally: Sendable, Equatable {
  /// In microseconds, rising. Each is in its own count.
  public static let limits: [Int64] = [
    5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000,
  ]

  /// In microseconds.
  public var sum = Int64(0)
  /// How many durations were at most the limit at the same place.
  public var counts = [Int64](repeating: 0, count: Self.limits.count)

  public init() {}

  /// - Parameter duration: in microseconds.
  public mutating func add(_ duration: Int64) {
    sum += duration
    for place in Self.limits.indices.reversed() {
      guard duration <= Self.limits[place] else { return }
      counts[place] += 1
    }
  }

  public static func - (whole: Self, part: Self) -> Self {
    var rest = whole
    rest.sum -= part.sum
    for place in rest.counts.indices { rest.counts[place] -= part.counts[place] }
    return rest
  }
}
