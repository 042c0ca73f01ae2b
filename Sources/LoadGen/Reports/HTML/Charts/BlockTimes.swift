/// The blocks of a run on the run's own time: with those in which nothing happened, and each only as long as the run was in it.
struct BlockTimes: Sendable {
  /// Start of the run, to its end.
  let span: ClosedRange<Double>
  /// Each block, how much of it lies inside the run, and where that part ends.
  let blocks: [(block: Summary.Block, length: Double, end: Double)]

  init(_ summary: Summary) {
    let seconds = Double(Swift.max(1, summary.blocks.seconds))
    let items = summary.blocks.items
    guard let first = items.first, let last = items.last, last.t >= first.t else {
      (span, blocks) = (0...1, [])
      return
    }
    let start = Timestamp.epochSeconds(summary.run.startedAt) ?? Double(first.t)
    let finish = start + Swift.max(summary.run.duration, 0)
    var found: [(block: Summary.Block, length: Double, end: Double)] = []
    for block in Self.withoutGaps(items, every: Swift.max(1, summary.blocks.seconds)) {
      let from = Swift.max(Double(block.t), start)
      let to = Swift.min(Double(block.t) + seconds, finish)
      // A run's first and last blocks are cut; of a sliver, a rate would be noise.
      let length = Swift.min(seconds, Swift.max(to - from, seconds / 20))
      found.append((block, length, Swift.max(to, from) - start))
    }
    blocks = found
    let end = Swift.max(summary.run.duration, found.last?.end ?? 0)
    span = 0...Swift.max(end, 1e-3)
  }

  /// More than this are never written; a list that claims a longer gap is shown as it is.
  private static let most = 1_440

  private static func withoutGaps(_ items: [Summary.Block], every seconds: Int) -> [Summary.Block] {
    guard let first = items.first, let last = items.last, (last.t - first.t) / seconds <= most else { return items }
    var byTime: [Int: Summary.Block] = [:]
    for item in items { byTime[item.t] = item }
    return stride(from: first.t, through: last.t, by: seconds).map { byTime[$0] ?? Summary.Block(t: $0) }
  }

  private func middle(_ index: Int) -> Double { Swift.max(0, blocks[index].end - blocks[index].length / 2) }

  /// A value for each block, at its middle.
  func line(_ values: [Double?], _ x: Scale, _ y: Scale) -> Path {
    .line(values.enumerated().map { index, value in value.map { Path.Point(x: x(middle(index)), y: y($0)) } })
  }

  /// What lies between two values for each block, as one area for each stretch without gaps.
  func bands(_ low: [Double?], _ high: [Double?], _ x: Scale, _ y: Scale) -> [Path] {
    var paths: [Path] = []
    var lower: [Path.Point] = []
    var upper: [Path.Point] = []
    for index in 0...blocks.count {
      if index < blocks.count, let least = low[index], let most = high[index] {
        lower.append(Path.Point(x: x(middle(index)), y: y(least)))
        upper.append(Path.Point(x: x(middle(index)), y: y(most)))
      } else if !lower.isEmpty {
        paths.append(.area(upper, lower))
        (lower, upper) = ([], [])
      }
    }
    return paths
  }
}
