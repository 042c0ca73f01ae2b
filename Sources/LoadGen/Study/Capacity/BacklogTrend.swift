import LoadRun
import LoadStatistics
import Shared

/// Whether orders pile up under a load: by how many the outstanding ones become more, block by block.
///
/// **Method:** of each block of the load after its warm-up, the orders that were accepted less those that had ended by then; Student's interval of
/// the mean of batches of them (batch means). A queue that is nearly full wanders, and its batches say so.
struct BacklogTrend: Sendable, Equatable {
  /// Surer than the goals, as it is looked at in each trial.
  private static let confidence = 0.999
  /// Less than this share of the arrivals is called no growth: a queue that fills so slowly is found by its goals.
  private static let leastShare = 0.01

  /// Outstanding orders that are added per second; `nil` where the run is too short to tell.
  let perSecond: Double?
  /// Whether they surely become more.
  let grows: Bool

  init(_ summary: Summary) {
    let times = BlockTimes(summary)
    let (from, to) = (summary.run.warmEnds, summary.run.loadEnds)
    let whole = times.blocks.indices.filter {
      times.start($0) >= from - 1e-9 && times.blocks[$0].end <= to + 1e-9 && times.blocks[$0].length >= Double(times.seconds) * 0.99
    }
    let added = whole.map { Double(times.blocks[$0].block.accepted - times.blocks[$0].block.completedLatest) / Double(times.seconds) }
    let arrivals = whole.map { Double(times.blocks[$0].block.scheduled) / Double(times.seconds) }
    guard let batches = BatchMeans(of: added), let interval = StudentT.interval(of: batches.means, confidence: Self.confidence),
      let mean = Moments(added)?.mean, let rate = Moments(arrivals)?.mean
    else {
      perSecond = nil
      grows = false
      return
    }
    perSecond = mean
    grows = interval.lowerBound > 0 && mean > Self.leastShare * rate
  }
}
