/// The blocks on the run's own time: including those in which nothing happened, and each with only the part that lies within the run.
package struct BlockTimes: Sendable {
  /// From 0, where the run began, to its end, in seconds.
  package let span: ClosedRange<Double>
  /// Each block; how much of it lies within the run, in seconds; and where that part ends, in seconds since the run began.
  package let blocks: [(block: Summary.Block, length: Double, end: Double)]

  /// The length of a block that is not cut off, in seconds.
  package let seconds: Int

  /// As many blocks as can be told apart in a chart.
  package static let drawn = 150

  /// - Parameter most: where there are more blocks, neighbouring ones are combined until there are at most this many.
  package init(_ summary: Summary, most: Int = .max) {
    let pieces = Self.pieces(summary.blocks)
    self.init(summary, pieces, together: (pieces.count - 1) / Swift.max(1, most) + 1)
  }

  /// - Parameter together: how many neighbouring blocks are combined; at least 1.
  package init(_ summary: Summary, together: Int) { self.init(summary, Self.pieces(summary.blocks), together: together) }

  /// The blocks, without gaps; empty where they are in no order.
  private static func pieces(_ blocks: Summary.Blocks) -> [Summary.Block] {
    guard let first = blocks.items.first, let last = blocks.items.last, last.t >= first.t else { return [] }
    return withoutGaps(blocks.items, every: Swift.max(1, blocks.seconds))
  }

  private init(_ summary: Summary, _ pieces: [Summary.Block], together: Int) {
    let items = summary.blocks.items
    guard let first = items.first, let last = items.last, last.t >= first.t else {
      (span, blocks, seconds) = (0...1, [], Swift.max(1, summary.blocks.seconds))
      return
    }
    let length = Swift.max(1, summary.blocks.seconds) * together
    seconds = length
    let start = Self.start(summary, first: Double(first.t), last: Double(last.t))
    let begin = start + Self.bounded(summary.run.loadBegan ?? 0)
    let finish = begin + Self.bounded(summary.run.duration)
    var found: [(block: Summary.Block, length: Double, end: Double)] = []
    for place in stride(from: 0, to: pieces.count, by: together) {
      let block = Summary.Block(together: pieces[place..<Swift.min(place + together, pieces.count)])
      let whole = Double(length)
      let from = Swift.max(Double(block.t), begin)
      let to = Swift.min(Double(block.t) + whole, finish)
      // The first and last blocks of a run are cut off. If only a sliver is left, a rate over it would be noise.
      let length = Swift.min(whole, Swift.max(to - from, whole / 20))
      found.append((block, length, Swift.max(to, from) - start))
    }
    blocks = found
    let end = Swift.max(finish - start, found.last?.end ?? 0)
    span = 0...Swift.max(end, 1e-3)
  }

  /// The Unix time at which the run began. A simulated run begins at the epoch, whenever it was made. Where the blocks do not fit the start
  /// that the summary states, the start is taken to be that of the first block.
  private static func start(_ summary: Summary, first: Double, last: Double) -> Double {
    if summary.simulation != nil { return 0 }
    let told = Timestamp.epochSeconds(summary.run.startedAt) ?? first
    let length = Double(Swift.max(1, summary.blocks.seconds))
    return told > last + length || told + bounded(summary.run.duration) + length < first ? first : told
  }

  private static func bounded(_ seconds: Double) -> Double { seconds.isFinite ? Swift.max(0, seconds) : 0 }

  /// In blocks. No run writes more than this; a list that claims a longer gap is left as it is.
  private static let most = 1_440

  private static func withoutGaps(_ items: [Summary.Block], every seconds: Int) -> [Summary.Block] {
    guard let first = items.first, let last = items.last, (last.t - first.t) / seconds <= most else { return items }
    var byTime: [Int: Summary.Block] = [:]
    for item in items { byTime[item.t] = item }
    return stride(from: first.t, through: last.t, by: seconds).map { byTime[$0] ?? Summary.Block(t: $0) }
  }

  /// Where the part of the block within the run begins, in seconds since the run began.
  package func start(_ index: Int) -> Double { Swift.max(0, blocks[index].end - blocks[index].length) }
  /// The middle of that part, in seconds since the run began.
  package func middle(_ index: Int) -> Double { Swift.max(0, blocks[index].end - blocks[index].length / 2) }

  /// For each block, how many of what is counted there were per second. A block that is cut off to less than half its neighbour's length is
  /// combined with it, because a rate over a sliver would be noise.
  /// - Parameter load: when what is counted ends, in seconds since the run began; the block that contains this moment is cut off there.
  package func perSecond(upTo load: Double = .infinity, _ count: (Summary.Block) -> Int) -> [Double] {
    var counts = blocks.map { Double(count($0.block)) }
    var lengths = blocks.indices.map { index in
      let inside = Swift.min(blocks[index].end, load) - start(index)
      return inside > 0 ? inside : blocks[index].length
    }
    let cut = lengths.indices.filter { lengths[$0] < (blocks.map(\.length).max() ?? 0) / 2 }
    for index in cut {
      let neighbour = index > 0 ? index - 1 : 1
      guard lengths.indices.contains(neighbour), lengths[index] < lengths[neighbour] / 2 else { continue }
      let (sum, length) = (counts[index] + counts[neighbour], lengths[index] + lengths[neighbour])
      for index in [index, neighbour] { (counts[index], lengths[index]) = (sum, length) }
    }
    return zip(counts, lengths).map { $0 / $1 }
  }
}

extension Summary.Block {
  /// - Parameter blocks: at least one, in the order of time, and without gaps.
  fileprivate init(together blocks: ArraySlice<Summary.Block>) {
    self = blocks.first ?? Summary.Block(t: 0)
    for block in blocks.dropFirst() {
      // The numbers may come from a file: whatever it claims, adding them up must not trap.
      scheduled &+= block.scheduled
      submitted &+= block.submitted
      accepted &+= block.accepted
      rejected &+= block.rejected
      errored &+= block.errored
      ambiguous &+= block.ambiguous
      completedEarliest &+= block.completedEarliest
      completedLatest &+= block.completedLatest
      polls &+= block.polls
      slipMax = [slipMax, block.slipMax].compactMap { $0 }.max()
    }
    guard blocks.count > 1 else { return }
    accept = Self.merged(blocks.map(\.accept))
    completionLower = Self.merged(blocks.map(\.completionLower))
    completionUpper = Self.merged(blocks.map(\.completionUpper))
  }

  private static func merged(_ lists: [[Summary.Pair]]) -> [Summary.Pair] {
    var counts: [Int: UInt64] = [:]
    for pair in lists.joined() { counts[pair.index, default: 0] &+= pair.count }
    return counts.sorted { $0.key < $1.key }.map { Summary.Pair(index: $0.key, count: $0.value) }
  }
}

extension Summary.Run {
  /// When the warm-up ended, in seconds since the run began.
  package var warmEnds: Double { Self.finite((loadBegan ?? 0) + warmup) }

  /// When the load ended, in seconds since the run began; what follows is the drain.
  package var loadEnds: Double { Self.finite(warmEnds + loadWindow) }

  private static func finite(_ seconds: Double) -> Double { seconds.isFinite ? Swift.max(0, seconds) : 0 }
}
