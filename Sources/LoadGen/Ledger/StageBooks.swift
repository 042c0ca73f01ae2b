/// What became of the orders of each stage of a load, and what was received while it lasted; empty where the load has no stages.
///
/// An order belongs to the stage in which it was due, whatever comes of it later; what is received belongs to the stage that lasts then.
struct StageBooks: Sendable {
  /// One stage, as the ledger must know of it.
  struct Plan: Sendable {
    /// In nanoseconds since the load began.
    var ends: Int64
    /// Whether a verdict hangs on one of its latencies, so that they must be known without our own lag, too.
    var isJudged = false
  }

  struct Book: Sendable {
    var counts = OrderCounts()
    /// Orders that were due in it, and in the load window.
    private(set) var due = 0
    /// What was received while it lasted, or sent, in the load window.
    private(set) var tally = LoadWindow.Tally()
    var latencies = Ledger.Latencies()
    var intervals = Ledger.Intervals()
    var withoutLag = Ledger.LagFree()
    let isJudged: Bool

    mutating func scheduled(inWindow: Bool, count: Int = 1) {
      counts.scheduled += count
      if inWindow { due += count }
    }

    mutating func add(_ more: LoadWindow.Tally) { tally += more }

    fileprivate mutating func merge(_ other: Book) {
      counts.merge(other.counts)
      due += other.due
      tally += other.tally
      latencies.merge(other.latencies)
      intervals.merge(other.intervals)
      withoutLag.merge(other.withoutLag)
    }
  }

  /// When each ends, in nanoseconds since the load began.
  private let ends: [Int64]
  private(set) var books: [Book]

  init(_ plans: [Plan]) {
    ends = plans.map(\.ends)
    books = plans.map { Book(isJudged: $0.isJudged) }
  }

  var isEmpty: Bool { books.isEmpty }

  /// When a stage begins and ends.
  func span(_ place: Int, since began: Instant) -> (begin: Instant, end: Instant) {
    (began + (place == 0 ? 0 : ends[place - 1]), began + ends[place])
  }

  /// Changes the book of the stage that lasts so many nanoseconds after the load began; none where all are over.
  mutating func at(_ time: Int64, _ change: (inout Book) -> Void) {
    guard let place = place(at: time) else { return }
    change(&books[place])
  }

  /// The very end of the last stage belongs to it.
  private func place(at time: Int64) -> Int? {
    guard time >= 0, let last = ends.last, time <= last else { return nil }
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func merge(_ other: StageBooks) {
    for place in books.indices where place < other.books.count { books[place].merge(other.books[place]) }
  }
}
