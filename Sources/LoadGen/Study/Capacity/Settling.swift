import LoadRun
import LoadStatistics

/// From when on a trial is measured: after its warm-up, which is given, or found by how long creates and orders took, block by block (`WarmUp`).
struct Settling: Sendable, Equatable {
  /// In seconds since the run began.
  let from: Double
  /// Whether the target was still getting faster in the middle of the trial, which then says nothing for good.
  let goesOn: Bool

  /// - Parameter isFound: whether it is to be looked for; else the trial is measured from the end of the warm-up that was given.
  init(_ summary: Summary, isFound: Bool) {
    let given = summary.run.warmEnds
    let blocks = SteadyBlocks(summary, from: given)
    let found = isFound ? [blocks.means(of: \.accept), blocks.means(of: \.completionUpper)].map(WarmUp.init) : []
    let length = found.map(\.length).max() ?? 0
    from = length > 0 ? blocks.start(length) : given
    goesOn = found.contains(where: \.goesOn)
  }
}
