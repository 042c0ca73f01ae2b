import Shared

/// For each scrape: how many requests of each route a server must, and may, have counted, by the code of its answer, and how long they took at
/// most (docs/measurement.md, "Prometheus text").
struct RequestTallies: Sendable {
  /// Requests of one route that were answered by one code.
  struct Key: Sendable, Hashable {
    /// Its place among the routes.
    var route: Int
    /// 0 of requests that were never answered: the server may have counted any.
    var code: UInt16
  }

  /// What is known of them.
  struct Tally: Sendable {
    var counts = ScrapeTallies.Count()
    /// The sum of the times from sending to answer, over all answered ones that may have been counted, in nanoseconds.
    var longest = DifferenceArray<Int128>()
    /// How many that were never answered may have been counted, and the sum of the instants at which they were sent, in nanoseconds.
    var unanswered = DifferenceArray<Int>()
    var unansweredSent = DifferenceArray<Int128>()
    /// How the times from sending to answer are spread, of those that were surely counted.
    var spread = DurationSpread()

    fileprivate mutating func merge(_ other: Tally) {
      counts.merge(other.counts)
      longest.merge(other.longest)
      unanswered.merge(other.unanswered)
      unansweredSent.merge(other.unansweredSent)
      spread.merge(other.spread)
    }
  }

  private struct Exchange {
    var key: Key
    var sent: Instant
    /// When it was answered, or given up.
    var ended: Instant
  }

  let routes: RequestRoutes
  /// How long after its answer a request is counted, in nanoseconds; `nil`: at any time.
  private let within: Int64?
  private(set) var tallies: [Key: Tally] = [:]
  private var waiting: [Exchange] = []
  /// How many requests of each route were sent, less those that are known to have ended.
  private var open: [Int]

  /// How many requests may wait for the next reading.
  private static let longestQueue = 200_000

  init(_ routes: RequestRoutes, countedWithin within: Duration?) {
    self.routes = routes
    self.within = within?.nanoseconds
    open = routes.all.map { _ in 0 }
  }

  /// A request was written.
  mutating func wrote(_ what: RequestKind) {
    if let place = routes.place(of: what) { open[place] += 1 }
  }

  /// - Parameters:
  ///   - code: of the answer; 0 where there will be none.
  ///   - windows: of the readings so far, `sent` as early as their figures may be.
  mutating func ended(_ what: RequestKind, code: UInt16, sent: Instant, at instant: Instant, _ windows: [ScrapeWindow]) {
    guard let place = routes.place(of: what), sent != .never else { return }
    open[place] -= 1
    let exchange = Exchange(key: Key(route: place, code: code), sent: sent, ended: instant)
    guard waiting.count < Self.longestQueue else {
      // A reading that is under way may have been sent before, so that none is known that surely has it.
      return fold(exchange, windows, isSure: false)
    }
    waiting.append(exchange)
  }

  /// All readings that were sent before this instant are known.
  mutating func fold(until horizon: Instant, _ windows: [ScrapeWindow]) {
    var later: [Exchange] = []
    for exchange in waiting {
      if exchange.ended + (within ?? 0) <= horizon { fold(exchange, windows) } else { later.append(exchange) }
    }
    waiting = later
  }

  /// No more readings will be made.
  mutating func finish(_ windows: [ScrapeWindow]) {
    for exchange in waiting { fold(exchange, windows) }
    waiting = []
    for (place, count) in open.enumerated() where count > 0 {
      tallies[Key(route: place, code: 0), default: Tally()].counts.upper.add(count, from: 0)
      // They were not sent before the run began, at instant 0.
      tallies[Key(route: place, code: 0), default: Tally()].unanswered.add(count, from: 0)
      open[place] = 0
    }
  }

  private mutating func fold(_ exchange: Exchange, _ windows: [ScrapeWindow], isSure: Bool = true) {
    let took = max(0, exchange.ended - exchange.sent)
    let may = windows.partitioningIndex { $0.received > exchange.sent }
    let must = within.map { within in windows.partitioningIndex { $0.sent >= exchange.ended + within } }
    let wasAnswered = exchange.key.code != 0
    func add(_ tally: inout Tally) {
      tally.counts.upper.add(1, from: may)
      if wasAnswered {
        tally.longest.add(Int128(took), from: may)
      } else {
        tally.unanswered.add(1, from: may)
        tally.unansweredSent.add(Int128(exchange.sent.nanoseconds), from: may)
      }
      guard let must, isSure, wasAnswered else { return }
      tally.counts.lower.add(1, from: must)
      tally.spread.add(sure: took, from: must)
    }
    add(&tallies[exchange.key, default: Tally()])
  }

  /// Adds another loop's requests. Both must have been told of the same readings, and be finished.
  mutating func merge(_ other: RequestTallies) {
    for (key, tally) in other.tallies { tallies[key, default: Tally()].merge(tally) }
  }
}
