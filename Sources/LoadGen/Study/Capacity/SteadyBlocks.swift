import LoadRun
import LoadStatistics
import Shared

/// The whole blocks of a run's load from some moment on: what happened in each, per second.
struct SteadyBlocks: Sendable {
  private let times: BlockTimes
  private let whole: [Int]
  /// Whether all orders are followed to their end; else nothing is known of how many are outstanding.
  let isFollowed: Bool

  /// - Parameters:
  ///   - from: in seconds since the run began.
  ///   - to: likewise; at most the end of the load.
  init(_ summary: Summary, from: Double, to: Double = .infinity) {
    let times = BlockTimes(summary)
    let end = min(to, summary.run.loadEnds)
    self.times = times
    isFollowed = summary.orders.untracked == 0
    whole = times.blocks.indices.filter {
      times.start($0) >= from - 1e-9 && times.blocks[$0].end <= end + 1e-9 && times.blocks[$0].length >= Double(times.seconds) * 0.99
    }
  }

  /// When one of them begins, in seconds since the run began; the end of the last one beyond it.
  func start(_ index: Int) -> Double {
    guard index < whole.count else { return whole.last.map { times.blocks[$0].end } ?? 0 }
    return times.start(whole[index])
  }

  /// What is counted in each, per second.
  func rates(_ count: (Summary.Block) -> Int) -> [Double] { whole.map { Double(count(times.blocks[$0].block)) / Double(times.seconds) } }

  /// The mean of that; `nil` where there are none.
  func mean(_ count: (Summary.Block) -> Int) -> Double? { Moments(rates(count))?.mean }

  /// Of all orders, the most that were outstanding at the end of one of them, by what is known of their ends.
  var mostOutstanding: Int {
    let outstanding = outstanding
    return whole.map { outstanding[$0] }.max() ?? 0
  }

  /// When no more than so many orders were outstanding first, at the end of one of them, in seconds since the run began.
  func firstEnd(outstanding most: Int) -> Double? {
    let outstanding = outstanding
    return whole.first { outstanding[$0] <= most }.map { times.blocks[$0].end }
  }

  /// At the end of each block of the run.
  private var outstanding: [Int] {
    var sum = 0
    return times.blocks.map { block, _, _ in
      sum &+= block.accepted &- block.completedLatest
      return sum
    }
  }

  /// The mean of a duration in each, in seconds; that of its neighbour where it has none. Empty where none has any.
  func means(of duration: KeyPath<Summary.Block, [Summary.Pair]>) -> [Double] {
    let found = whole.map { Self.mean(times.blocks[$0].block[keyPath: duration]) }
    guard var last = found.lazy.compactMap(\.self).first else { return [] }
    return found.map { mean in
      last = mean ?? last
      return last
    }
  }

  private static func mean(_ pairs: [Summary.Pair]) -> Double? {
    let count = pairs.reduce(0) { $0 + Double($1.count) }
    let sum = pairs.reduce(0) { $0 + Double(HistogramBucket(index: $1.index).lowest) * Double($1.count) }
    return count > 0 ? sum / count / 1e9 : nil
  }
}
