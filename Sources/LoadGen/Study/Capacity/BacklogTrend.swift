import LoadRun
import LoadStatistics

/// Whether orders pile up under a load: by how many the outstanding ones become more, block by block.
///
/// **Method:** of each block of the load after its warm-up, the orders that were accepted less those that had ended by then; Student's interval of
/// the mean of batches of them (batch means). A queue that is nearly full wanders, and its batches say so.
struct BacklogTrend: Sendable, Equatable {
  /// Surer than the goals, as it is looked at in each trial.
  private static let confidence = 0.999
  /// Less than this share of the arrivals is called no growth: a queue that fills so slowly is found by its goals.
  private static let leastShare = 0.01

  /// Outstanding orders that are added per second; `nil` where the run is too short to tell, or orders are not followed.
  let perSecond: Double?
  /// Whether they surely become more.
  let grows: Bool

  init(_ blocks: SteadyBlocks) {
    let added = blocks.rates { $0.accepted - $0.completedLatest }
    guard blocks.isFollowed, let batches = BatchMeans(of: added),
      let interval = StudentT.interval(of: batches.means, confidence: Self.confidence),
      let mean = Moments(added)?.mean, let rate = blocks.mean(\.scheduled)
    else {
      perSecond = nil
      grows = false
      return
    }
    perSecond = mean
    grows = interval.lowerBound > 0 && mean > Self.leastShare * rate
  }
}
