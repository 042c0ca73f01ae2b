import Shared

/// What happened when: blocks of time, aligned to the epoch, that double in length so that there are never more than `most`.
struct Blocks: Sendable {
  static let most = 720

  /// One block. An order's latencies stand in the block in which it was due, so that one block speaks of the same orders throughout.
  struct Block: Sendable {
    var scheduled = 0
    var submitted = 0
    var accepted = 0
    var rejected = 0
    var errored = 0
    var ambiguous = 0
    /// Orders whose earliest possible end lies here.
    var completedEarliest = 0
    /// Orders whose latest possible end lies here.
    var completedLatest = 0
    var polls = 0
    /// In nanoseconds.
    var slipMax: Int64 = 0
    var accept = CoarseHistogram()
    var completionLower = CoarseHistogram()
    var completionUpper = CoarseHistogram()

    /// Its time is over: of what was due in it, little is still to come.
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

  /// The epoch's nanoseconds at instant 0.
  private let epoch: Int64
  private(set) var seconds = 1
  /// The number of the first block: its begin is `first * seconds` after the epoch.
  private(set) var first: Int?
  private(set) var items: [Block] = []
  /// The block that was changed last: nearly always it is the next one's, too.
  private var near = (begin: Int64.max, end: Int64.min, place: 0)

  init(epochAtZero epoch: Int64) { self.epoch = epoch }

  /// The block at an instant, made where there is none yet. Only its own time is ever told to it, never a later order's.
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
        // The last one may still be busy with what was due in it.
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
      // Doubling on the way is no matter: the place follows from the time.
      at(Instant(nanoseconds)) { $0.merge(item) }
    }
  }
}
