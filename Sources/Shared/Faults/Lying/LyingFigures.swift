/// What a system that was told to lie says of itself at each reading: the truth goes in, and what is told comes out. A pure value.
///
/// Lies begin with the first order after the start. Times are since any instant that is the same for all.
public struct LyingFigures: Sendable {
  private let lies: [Struck<FaultPlan.FigureLie>]
  /// Whether a lie is about the times of single orders, so that `noteCompleted` must be told of each.
  public let needsTimes: Bool
  /// What there was at the start.
  private let baseline: Tallies
  private var history: FigureHistory
  private var times = CompletedTimes()
  private var firstOrder: Duration?
  /// What had been counted so long after the first order.
  private var counted: [Duration: Tallies] = [:]
  /// The basis that is told again, by how long it is told.
  private var caches: [Duration: (basis: FigureBasis, until: Duration)] = [:]

  /// - Parameter tallies: what there is at the start.
  public init(_ lies: [Struck<FaultPlan.FigureLie>], tallies: Tallies, at now: Duration) {
    self.lies = lies
    needsTimes = lies.contains { $0.fault.fault.isOfSingleTimes }
    baseline = tallies
    history = FigureHistory(tallies, at: now, length: lies.map(\.fault.fault.lookback).max() ?? .zero)
  }

  /// How often the tallies must be noted (`note`) at least; `nil` where no lie is about what was.
  public var notes: Duration? {
    let shortest = lies.map(\.fault.fault.memory).filter { $0 > .zero }.min()
    return shortest.map { min(.milliseconds(100), max(.milliseconds(2), $0 / 20)) }
  }

  /// Whether there has been an order since the start.
  public var hasBegun: Bool { firstOrder != nil }

  /// Notes what holds now.
  public mutating func note(_ tallies: Tallies, at now: Duration) {
    if firstOrder == nil, tallies.total > baseline.total { firstOrder = now }
    history.add(tallies, at: now)
    guard let firstOrder else { return }
    for lie in lies {
      guard case .reset(let time) = lie.fault.fault, counted[time] == nil, now >= firstOrder + time else { continue }
      counted[time] = tallies
    }
  }

  /// An order was completed that took so long, in microseconds.
  public mutating func noteCompleted(processing: Int64, completion: Int64) {
    if needsTimes { times.add(processing: processing, completion: completion) }
  }

  /// What is told, of each figure that is lied about. What holds must have been noted.
  /// - Parameter index: of the reading, counted from the first order on.
  public mutating func told(_ tallies: Tallies, meanServiceTime: Duration, reading index: UInt64, at now: Duration) -> ToldReading {
    let basis = FigureBasis(tallies)
    let history = history
    var knowledge = FigureLies(
      now: basis, meanServiceTime: meanServiceTime, past: { FigureBasis(history.tallies(at: now - $0)) }, cached: [:], counted: counted,
      times: times)
    for lie in lies where lie.strikes(index) {
      guard case .cached(let time) = lie.fault.fault else { continue }
      if let cache = caches[time], now < cache.until {
        knowledge.cached[time] = cache.basis
      } else {
        caches[time] = (basis, now + time)
      }
    }
    return knowledge.told(lies, reading: index)
  }
}

extension FigureFault {
  /// How far back it looks.
  fileprivate var lookback: Duration {
    switch self {
    case .stale(let time), .window(let time): time
    default: .zero
    }
  }

  /// Whether it must know how long each order took.
  fileprivate var isOfSingleTimes: Bool {
    switch self {
    case .median, .withoutSlowest: true
    default: false
    }
  }

  /// How long a time it is about that must be known from notes.
  fileprivate var memory: Duration { if case .reset(let time) = self { time } else { lookback } }
}
