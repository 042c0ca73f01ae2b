import Shared

/// When an order that has not ended is polled again.
struct PollPolicy: Sendable, Hashable, CustomStringConvertible {
  /// How the gap between polls develops.
  enum Kind: Sendable, Hashable {
    case every
    /// The gap doubles after each poll of an order.
    case backoff
    /// The gap follows what polls and creates cost the target: see `PollBudget`.
    case adaptive
  }

  let kind: Kind
  /// The initial gap from the sending of one poll to the sending of the next, in nanoseconds; greater than zero.
  let first: Int64
  /// The greatest gap, in nanoseconds. Equal to `first` if the gap does not grow.
  let longest: Int64
  /// From the acknowledgement to the first poll, in nanoseconds; `nil`: as long as the gap.
  var delay: Int64?
  /// By which share of itself a gap is randomly lengthened or shortened at most, from 0 to 1.
  var jitter = 0.0
  /// What the jitter is drawn from.
  var random = SeededRandom(seed: 0)

  private static let shortestAdaptive: Int64 = 100_000_000

  private init(_ kind: Kind, _ first: Int64, upTo longest: Int64) {
    self.kind = kind
    self.first = first
    self.longest = longest
  }

  init(every gap: Duration) { self.init(.every, gap.nanoseconds, upTo: gap.nanoseconds) }

  /// An adaptive gap that starts at 100 ms.
  /// - Parameter limit: the greatest gap; at least 100 ms.
  init(adaptiveUpTo limit: Duration) {
    self.init(.adaptive, Self.shortestAdaptive, upTo: max(Self.shortestAdaptive, limit.nanoseconds))
  }

  /// Reads `100ms` (or `every:100ms`), `backoff:100ms..5s`, `adaptive` and `adaptive:50ms..10s`.
  /// - Parameter limit: the greatest gap of a plain `adaptive`.
  /// - Throws: `UnitError` if the text has none of these forms, a gap is zero, or the first gap exceeds the longest.
  init(text: some StringProtocol, adaptiveUpTo limit: Duration = .seconds(60)) throws {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a poll policy", found: found, remedy: remedy)
    }
    let parts = found.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts[parts.count - 1]
    switch parts.count == 2 ? parts[0] : "every" {
    case "every" where found == "adaptive":
      self.init(adaptiveUpTo: limit)
    case "every":
      self.init(every: try Duration(text: value))
    case "backoff", "adaptive":
      guard let dots = value.firstRange(of: "..") else {
        throw refuse("write both ends, as in \(parts[0]):100ms..5s")
      }
      let first = try Duration(text: value[..<dots.lowerBound]).nanoseconds
      let longest = try Duration(text: value[dots.upperBound...]).nanoseconds
      guard first <= longest else { throw refuse("its first gap is longer than its longest") }
      self.init(parts[0] == "backoff" ? .backoff : .adaptive, first, upTo: longest)
    default:
      throw refuse("the kind '\(parts[0])' is none of every, backoff, adaptive")
    }
    guard first > 0 else { throw refuse("its gap must be greater than zero") }
  }

  var isAdaptive: Bool { kind == .adaptive }

  var description: String {
    let shortest = Duration.nanoseconds(first).text
    return switch kind {
    case .every: "every:\(shortest)"
    case .backoff: "backoff:\(shortest)..\(Duration.nanoseconds(longest).text)"
    case .adaptive: "adaptive:\(shortest)..\(Duration.nanoseconds(longest).text)"
    }
  }

  /// The gap after this many polls of an order, in nanoseconds, with jitter. It depends only on its arguments and the seed, not on who asks
  /// or how often.
  /// - Parameters:
  ///   - polls: how many polls of the order have ended; 0: the gap from its acknowledgement to its first poll.
  ///   - index: the order's number in the run, from which its jitter is drawn.
  ///   - steps: of an adaptive gap, `PollBudget.steps` at the time when the poll was planned.
  func gap(after polls: UInt32, of index: UInt64, steps: UInt8 = 0) -> Int64 {
    let gap = gap(after: polls, steps)
    guard jitter > 0 else { return gap }
    let factor = 1 + jitter * (2 * random.uniform(.pollJitter, index, part: UInt64(polls)) - 1)
    return Int64(min(9e18, (Double(gap) * factor).rounded()))
  }

  /// The gap before any jitter.
  private func gap(after polls: UInt32, _ steps: UInt8) -> Int64 {
    if let delay, polls == 0 { return delay }
    switch kind {
    case .every: return first
    case .backoff: return doubled(delay == nil ? polls : polls - 1)
    case .adaptive: return adaptedGap(steps)
    }
  }

  /// An adaptive gap after this many steps, in nanoseconds, at most `longest`: four steps double it.
  func adaptedGap(_ steps: UInt8) -> Int64 {
    let gap = doubled(UInt32(steps / 4))
    let part: Double
    switch steps % 4 {
    case 0: return gap
    case 1: part = 1.189207115002721
    case 2: part = 1.414213562373095
    default: part = 1.681792830507429
    }
    let longer = Double(gap) * part
    return longer < Double(longest) ? Int64(longer) : longest
  }

  private func doubled(_ times: UInt32) -> Int64 {
    let doubled = first.multipliedReportingOverflow(by: 1 << Int64(min(times, 62)))
    return doubled.overflow ? longest : min(doubled.partialValue, longest)
  }
}
