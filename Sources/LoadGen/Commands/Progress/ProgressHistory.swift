import LoadReports
import LoadRun
import Shared

/// The last few looks at a run, from which its present rate and the trend of its backlog follow.
struct ProgressHistory: Sendable {
  private let outline: LoadOutline
  private let isVirtual: Bool
  private var samples: [Sample] = []

  private struct Sample {
    /// Seconds since the load began.
    var time: Double
    var submitted: Int
    var backlog: Int
  }

  /// How many looks back a rate and a trend are computed from: at four looks a second, three and five seconds.
  private static let rateLooks = 12
  private static let trendLooks = 20

  init(_ outline: LoadOutline, isVirtual: Bool = false) {
    self.outline = outline
    self.isVirtual = isVirtual
  }

  /// Adds a look at how far the run has come.
  /// - Returns: what there is to show.
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

  /// The trend of the last second, if it is clear; otherwise that of the last five. `nil` before there is a second to look back on.
  private var trend: ProgressFigures.Trend? {
    guard samples.count > 4, let now = samples.last?.backlog else { return nil }
    let lately = Self.trend(from: samples[samples.count - 5].backlog, to: now)
    return lately == .steady ? Self.trend(from: samples[0].backlog, to: now) : lately
  }

  /// A backlog made by random arrivals and ends fluctuates by about its square root: only a change well beyond that is a trend.
  private static func trend(from then: Int, to now: Int) -> ProgressFigures.Trend {
    let greater = Double(max(then, now))
    let noise = max(3 * greater.squareRoot(), greater / 20)
    return Double(abs(now - then)) <= noise ? .steady : now > then ? .growing : .shrinking
  }
}
