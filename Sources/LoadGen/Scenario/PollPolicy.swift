import Shared

/// When an order that has not ended is asked for again.
struct PollPolicy: Sendable, Hashable, CustomStringConvertible {
  /// From one poll's sending to the next one's.
  let first: Duration
  /// The gap doubles after each poll up to this. Equal to `first` where it does not grow.
  let longest: Duration

  init(every gap: Duration) {
    first = gap
    longest = gap
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
      first = try Duration(text: value)
      longest = first
    case "backoff":
      guard let dots = value.firstRange(of: "..") else {
        throw refuse("write both ends, as in backoff:100ms..5s")
      }
      first = try Duration(text: value[..<dots.lowerBound])
      longest = try Duration(text: value[dots.upperBound...])
      guard first <= longest else { throw refuse("its first gap is longer than its longest") }
    default:
      throw refuse("the kind '\(kind)' is none of every, backoff")
    }
    guard first > .zero else { throw refuse("its gap must be greater than zero") }
  }

  var description: String {
    first == longest ? "every:\(first.text)" : "backoff:\(first.text)..\(longest.text)"
  }

  /// The gap after so many polls, in nanoseconds.
  func gap(after polls: UInt32) -> Int64 {
    guard first != longest else { return first.nanoseconds }
    let doubled = first.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(min(polls, 30)))
    return doubled.overflow ? longest.nanoseconds : min(doubled.partialValue, longest.nanoseconds)
  }
}
