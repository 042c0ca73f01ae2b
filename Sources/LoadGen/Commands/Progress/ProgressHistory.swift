import LoadReports
import LoadRun
import Shared

/// The last few times that a run was looked at: what its rate is now, and where its backlog goes.
struct ProgressHistory: Sendable {
  private let outline: LoadOutline
  private let isVirtual: Bool
  private var samples: [Sample] = []

  private struct Sample {
    /// Since the load began, in seconds.
    var time: Double
    var submitted: Int
    var backlog: Int
  }

  /// Looks that a rate is counted over, and those that a trend is: three and five seconds, at four a second.
  private static let rateLooks = 12
  private static let trendLooks = 20

  init(_ outline: LoadOutline, isVirtual: Bool = false) {
    self.outline = outline
    self.isVirtual = isVirtual
  }

  /// Takes note of where the run stands.
  /// - Returns: what there is to tell of it.
  mutating func add(_ progress: RunProgress) -> ProgressFigures {
    var figures = ProgressFigures()
    figures.isVirtual = isVirtual
    guard let nanoseconds = progress.time else { return figures }
    let time = Double(nanoseconds) / 1e9
    if samples.isEmpty { samples.append(Sample(time: 0, submitted: 0, backlog: 0)) }
    samples.append(Sample(time: time, submitted: progress.submitted, backlog: progress.backlog))
    if samples.count > Self.trendLooks + 1 { samples.removeFirst(samples.count - Self.trendLooks - 1) }
    figures.time = time
    figures.sent = progress.scheduled
    figures.expected = outline.orders
    figures.isDraining = outline.isOver(at: time, sent: progress.scheduled)
    let before = samples[max(0, samples.count - 1 - Self.rateLooks)]
    if time > before.time, !figures.isDraining {
      figures.rate = Double(max(0, progress.submitted - before.submitted)) / (time - before.time)
      figures.target = outline.target(from: before.time, to: time)
    }
    figures.backlog = progress.backlog
    figures.trend = trend
    figures.givenUp = progress.givenUp
    figures.errors = progress.errors
    let accepted = progress.accept.count + progress.acceptCensored
    figures.acceptP95 = Percentiles.upper(.p95, of: progress.accept, censored: progress.acceptCensored)
    figures.acceptIsUnbounded = accepted > 0 && figures.acceptP95 == nil
    figures.timeLeft =
      figures.isDraining ? nil : outline.timeLeft(at: time, sent: progress.scheduled, rate: figures.rate)
    return figures
  }

  /// Where the backlog has gone in the last second, where that is plain; else in the last five.
  private var trend: ProgressFigures.Trend? {
    guard samples.count > 4, let now = samples.last?.backlog else { return nil }
    let lately = Self.trend(from: samples[samples.count - 5].backlog, to: now)
    return lately == .steady ? Self.trend(from: samples[0].backlog, to: now) : lately
  }

  /// A backlog that arrivals and ends make comes and goes by about the root of it: only what is well beyond that is a trend.
  private static func trend(from then: Int, to now: Int) -> ProgressFigures.Trend {
    let greater = Double(max(then, now))
    let noise = max(3 * greater.squareRoot(), greater / 20)
    return Double(abs(now - then)) <= noise ? .steady : now > then ? .growing : .shrinking
  }
}
