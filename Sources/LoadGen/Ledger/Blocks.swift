import Shared

/// What happened when: counts and latencies by blocks of time. Blocks are aligned to the epoch, without gaps, and double in length whenever
/// there would be more than `most` of them.
struct Blocks: Sendable {
  static let most = 720

  /// One block. An order's latencies belong to the block in which the order was due, so that all latencies of a block are of the same
  /// orders.
  struct Block: Sendable {
    var scheduled = 0
    var submitted = 0
    var accepted = 0
    var rejected = 0
    var errored = 0
    var ambiguous = 0
    /// Completed orders whose earliest possible end lies in this block.
    var completedEarliest = 0
    /// Completed orders whose latest possible end lies in this block.
    var completedLatest = 0
    var polls = 0
    /// The greatest slip of an order due in this block, in nanoseconds.
    var slipMax: Int64 = 0
    var accept = CoarseHistogram()
    var completionLower = CoarseHistogram()
    var completionUpper = CoarseHistogram()

    /// Frees spare memory. Called once the block's time is over, when little is still to come of the orders due in it.
    mutating func compact() {
      accept.compact()
      completionLower.compact()
      completionUpper.compact()
    }

    mutating func merge(_ other: Block) {
      scheduled += other.scheduled
      submitted += other.submitted
      accepted += other.accepted
      rejected += other.rejected
      errored += other.errored
      ambiguous += other.ambiguous
      completedEarliest += other.completedEarliest
      completedLatest += other.completedLatest
      polls += other.polls
      slipMax = max(slipMax, other.slipMax)
      accept.merge(other.accept)
      completionLower.merge(other.completionLower)
      completionUpper.merge(other.completionUpper)
    }
  }

  /// Nanoseconds from the epoch to instant 0.
  private let epoch: Int64
  /// The length of each block.
  private(set) var seconds = 1
  /// The number of the first block, which begins `first * seconds` after the epoch; `nil` while there are none.
  private(set) var first: Int?
  /// The blocks in order of time, beginning with number `first`.
  private(set) var items: [Block] = []
  /// The time and place of the block that was changed last: the next change is nearly always to the same one.
  private var near = (begin: Int64.max, end: Int64.min, place: 0)

  init(epochAtZero epoch: Int64) { self.epoch = epoch }

  /// Changes the block that contains an instant, which is created if there is none yet. Does nothing for `never`.
  mutating func at(_ instant: Instant, _ change: (inout Block) -> Void) {
    guard instant != .never else { return }
    if instant.nanoseconds < near.begin || instant.nanoseconds >= near.end { findNear(instant) }
    change(&items[near.place])
  }

  private mutating func findNear(_ instant: Instant) {
    let place = position(of: instant)
    let begin = Int64(((first ?? 0) + place) * seconds) * 1_000_000_000 - epoch
    near = (begin, begin + Int64(seconds) * 1_000_000_000, place)
  }

  private mutating func position(of instant: Instant) -> Int {
    while true {
      let number = Int((epoch + instant.nanoseconds) / 1_000_000_000) / seconds
      guard let begin = first else {
        first = number
        items = [Block()]
        return 0
      }
      if number < begin {
        guard items.count + begin - number <= Self.most else {
          double()
          continue
        }
        items.insert(contentsOf: repeatElement(Block(), count: begin - number), at: 0)
        first = number
      } else if number - begin >= items.count {
        guard number - begin < Self.most else {
          double()
          continue
        }
        // The last block may still be busy with the orders that were due in it, so only the one before it is compacted.
        if items.count > 1 { items[items.count - 2].compact() }
        items.append(contentsOf: repeatElement(Block(), count: number - begin - items.count + 1))
      }
      return number - (first ?? number)
    }
  }

  private mutating func double() {
    guard let begin = first else { return }
    var merged: [Block] = []
    for (offset, item) in items.enumerated() {
      if merged.isEmpty || (begin + offset).isMultiple(of: 2) {
        merged.append(item)
      } else {
        merged[merged.count - 1].merge(item)
      }
    }
    items = merged
    first = begin / 2
    seconds *= 2
    near = (.max, .min, 0)
  }

  mutating func merge(_ other: Blocks) {
    var other = other
    while other.seconds < seconds { other.double() }
    while seconds < other.seconds { double() }
    guard let otherFirst = other.first else { return }
    for (offset, item) in other.items.enumerated() {
      let nanoseconds = Int64((otherFirst + offset) * other.seconds) * 1_000_000_000 - epoch
      // If this doubles the blocks, no harm is done: a block's place follows from its time.
      at(Instant(nanoseconds)) { $0.merge(item) }
    }
  }
}
