import Shared

/// How durations are spread at each scrape, for claims of how many were at most so long.
///
/// Each is kept as one of 512 values per doubling: a lower end as the next below, an upper end as the next above. So memory grows with the
/// scrapes and with how different durations are, not with the orders.
struct DurationSpread: Sendable {
  private struct Key: Hashable {
    /// The first scrape that counts it.
    var scrape: Int32
    /// In nanoseconds.
    var duration: Int64
  }

  /// Upper ends, from the scrape on at which the order had surely completed.
  private var sure: [Key: Int] = [:]
  /// Lower ends, from the scrape on at which it may have completed.
  private var maybe: [Key: Int] = [:]

  /// The order has surely completed at this scrape and all later ones, and took at most so long.
  mutating func add(sure upper: Int64, from scrape: Int) {
    let below = Self.stepBelow(upper)
    sure[Key(scrape: Int32(clamping: scrape), duration: below == upper ? upper : below + Self.step(upper)), default: 0] += 1
  }

  /// The order may have completed at this scrape and all later ones, and took at least so long.
  mutating func add(maybe lower: Int64, from scrape: Int) {
    maybe[Key(scrape: Int32(clamping: scrape), duration: Self.stepBelow(lower)), default: 0] += 1
  }

  mutating func merge(_ other: DurationSpread) {
    sure.merge(other.sure, uniquingKeysWith: +)
    maybe.merge(other.maybe, uniquingKeysWith: +)
  }

  /// How many completed orders must and may have been at most a limit, at each scrape.
  /// - Parameters:
  ///   - isWithin: whether an upper end is surely within the limit, and whether a lower end may be.
  ///   - count: how many scrapes there are.
  func bounds(
    count: Int, sure isSurelyWithin: (Int64) -> Bool, maybe isMaybeWithin: (Int64) -> Bool
  ) -> [Bounds<Int>] {
    let (surely, maybe) = (Self.counts(sure, isSurelyWithin), Self.counts(maybe, isMaybeWithin))
    return zip(surely.values(count: count), maybe.values(count: count)).map { Bounds(lower: $0, upper: $1) }
  }

  /// For each scrape, how many have surely completed whose duration is surely within a limit.
  func counts(_ isSurelyWithin: (Int64) -> Bool) -> DifferenceArray<Int> { Self.counts(sure, isSurelyWithin) }

  private static func counts(_ numbers: [Key: Int], _ isWithin: (Int64) -> Bool) -> DifferenceArray<Int> {
    var counts = DifferenceArray<Int>()
    for (key, number) in numbers where isWithin(key.duration) { counts.add(number, from: Int(key.scrape)) }
    return counts
  }

  /// The durations of each scrape at some ranks, counted from 1: no shorter than the lower end, and no longer than the upper end.
  /// - Parameters:
  ///   - least: the rank among the orders that may have completed; `nil` if it is beyond any bound.
  ///   - most: likewise, among those that surely have.
  /// - Returns: in nanoseconds; 0 and `nil` where the ranks say nothing.
  func ranked(least: [Int?], most: [Int?]) -> [Bounds<Int64>] {
    func durations(_ counts: [Key: Int], _ ranks: [Int?]) -> [Int64?] {
      let sorted = counts.sorted { $0.key.duration < $1.key.duration }
      return ranks.enumerated().map { scrape, rank in
        guard var left = rank, left > 0 else { return nil }
        for (key, number) in sorted where key.scrape <= scrape {
          left -= number
          if left <= 0 { return key.duration }
        }
        return nil
      }
    }
    return zip(durations(maybe, least), durations(sure, most)).map { Bounds(lower: $0 ?? 0, upper: $1) }
  }

  private static func step(_ duration: Int64) -> Int64 { duration < 1_024 ? 1 : 1 << (54 - duration.leadingZeroBitCount) }

  private static func stepBelow(_ duration: Int64) -> Int64 { duration & ~(step(duration) - 1) }
}
