import Shared

/// When the processes began that counters of Prometheus text are counted by (docs/measurement.md, "Prometheus text").
struct Restarts {
  private let scrapes: [Scrape]
  /// How many processes answer in turn, as far as readings show; 1 where each but the last ended before the next began.
  let processes: Int
  /// Whether no reading has a figure that is counted by a process.
  private let isPlain: Bool
  /// By reading, where counters without a known start fell.
  private let falls: [Fall?]
  private let excusesFalls: Bool

  /// - Parameters:
  ///   - openSince: for each reading, since when a connection had been open on which a request was answered that was sent after it;
  ///     `never`, or nothing, where that is not known.
  ///   - maxAge: how much older than their reading figures may be.
  ///   - excusesFalls: whether a counter without a known start may have begun anew where it fell.
  init(_ scrapes: [Scrape], openSince: [Instant] = [], maxAge: Duration = .zero, excusesFalls: Bool = true) {
    self.scrapes = scrapes
    self.excusesFalls = excusesFalls
    falls = Self.falls(scrapes, openSince: openSince, maxAge: maxAge)
    isPlain = scrapes.allSatisfy { !$0.claims.hasCounters }
    let starts = scrapes.compactMap(\.claims.started).map { Array($0.utf8) }
    var begun: [[UInt8]] = []
    var isMixed = false
    for start in starts where start != begun.last {
      // A process does not begin anew, nor before one that it follows.
      if begun.contains(start) || begun.last.map({ Self.isEarlier(start, than: $0) }) ?? false { isMixed = true }
      begun.append(start)
    }
    processes = isMixed ? Set(begun).count : 1
  }

  private static func isEarlier(_ start: [UInt8], than other: [UInt8]) -> Bool {
    guard let one = Double(String(decoding: start, as: UTF8.self)), let two = Double(String(decoding: other, as: UTF8.self)) else {
      return false
    }
    return one < two
  }

  /// For each reading, the latest two before it, or it itself, between which the counter began anew; `nil` where it never did since the first.
  func of(_ quantity: Dialect.Quantity) -> [(last: Int, first: Int)?] {
    isPlain || !scrapes.contains { $0.claims.counted.contains(quantity) } ? scrapes.map { _ in nil } : of { $0.start(of: quantity) }
  }

  /// The same of the process that answers.
  func ofProcess() -> [(last: Int, first: Int)?] { of(\.started) }

  private func of(_ start: (Claims) -> String?) -> [(last: Int, first: Int)?] {
    guard processes == 1 else { return scrapes.map { _ in nil } }
    let isUntold = scrapes.allSatisfy { start($0.claims) == nil }
    var (known, latest): ((index: Int, start: [UInt8])?, (last: Int, first: Int)?)
    return scrapes.enumerated().map { index, scrape in
      // Where one figure of a text began anew, all did.
      if isUntold, excusesFalls, let fall = falls[index], fall.mayBeRestart { latest = (fall.last, fall.first) }
      guard let start = start(scrape.claims).map({ Array($0.utf8) }) else { return latest }
      if let known, known.start != start, !isSameProcess(known.index, index) { latest = (known.index, index) }
      known = (index, start)
      return latest
    }
  }

  /// Whether two readings say that one process counts: then what has begun since is a further series, and no counter begins anew.
  private func isSameProcess(_ one: Int, _ other: Int) -> Bool {
    guard let first = scrapes[one].claims.started, let second = scrapes[other].claims.started else { return false }
    return first.hasSameBytes(as: second)
  }

  /// Where the counters of one text fell though its process was not restarted, why that is so, as a sentence.
  /// - Returns: `nil` for what is no counter, has a known start, or never fell so.
  func provenFall(of quantity: Dialect.Quantity) -> String? {
    guard processes == 1, falls.contains(where: { $0.map { !$0.mayBeRestart } ?? false }),
      scrapes.contains(where: { $0.claims.counted.contains(quantity) }), scrapes.allSatisfy({ $0.claims.start(of: quantity) == nil })
    else { return nil }
    return "A connection stayed open meanwhile, so that the process that answers was not restarted. Behind a proxy that does not show: "
      + "then let the text have process_start_time_seconds"
  }

  /// For each reading, whether any of several figures began anew before it, so that they are not of the same orders any more.
  func ofAny(_ quantities: [Dialect.Quantity]) -> [Bool] {
    var any = scrapes.map { _ in false }
    for quantity in quantities { for (index, restart) in of(quantity).enumerated() where restart != nil { any[index] = true } }
    return any
  }
}
