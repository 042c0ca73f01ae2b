import Shared

/// When an order that has not ended is asked for again.
struct PollPolicy: Sendable, Hashable, CustomStringConvertible {
  /// From one poll's sending to the next one's, in nanoseconds.
  let first: Int64
  /// The gap doubles after each poll up to this. Equal to `first` where it does not grow.
  let longest: Int64
  /// From the acknowledgement to the first poll, in nanoseconds; `nil`: the gap itself.
  var delay: Int64?
  /// By how much of itself a gap is made longer or shorter at most, at random; from 0 to 1.
  var jitter = 0.0
  /// What the jitter is drawn from.
  var random = SeededRandom(seed: 0)

  init(every gap: Duration) {
    first = gap.nanoseconds
    longest = first
  }

  /// Reads `100ms` (or `every:100ms`) and `backoff:100ms..5s`.
  /// - Throws: `UnitError`.
  init(text: some StringProtocol) throws {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a poll policy", found: found, remedy: remedy)
    }
    let parts = found.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kind = parts.count == 2 ? parts[0] : "every"
    let value = parts[parts.count - 1]
    switch kind {
    case "every":
      first = try Duration(text: value).nanoseconds
      longest = first
    case "backoff":
      guard let dots = value.firstRange(of: "..") else {
        throw refuse("write both ends, as in backoff:100ms..5s")
      }
      first = try Duration(text: value[..<dots.lowerBound]).nanoseconds
      longest = try Duration(text: value[dots.upperBound...]).nanoseconds
      guard first <= longest else { throw refuse("its first gap is longer than its longest") }
    default:
      throw refuse("the kind '\(kind)' is none of every, backoff")
    }
    guard first > 0 else { throw refuse("its gap must be greater than zero") }
  }

  var description: String {
    let shortest = Duration.nanoseconds(first).text
    return first == longest ? "every:\(shortest)" : "backoff:\(shortest)..\(Duration.nanoseconds(longest).text)"
  }

  /// The gap after so many polls of an order, in nanoseconds: a function of its arguments and the seed, whoever asks, and how often.
  /// - Parameter index: the order's number in the run.
  func gap(after polls: UInt32, of index: UInt64) -> Int64 {
    let gap = gap(after: polls)
    guard jitter > 0 else { return gap }
    let factor = 1 + jitter * (2 * random.uniform(.pollJitter, index, part: UInt64(polls)) - 1)
    return Int64(min(9e18, (Double(gap) * factor).rounded()))
  }

  /// The gap that is asked for, before any jitter.
  private func gap(after polls: UInt32) -> Int64 {
    var doublings = polls
    if let delay {
      guard polls > 0 else { return delay }
      doublings -= 1
    }
    guard first != longest else { return first }
    let doubled = first.multipliedReportingOverflow(by: 1 << Int64(min(doublings, 30)))
    return doubled.overflow ? longest : min(doubled.partialValue, longest)
  }
}
