/// What became of the orders of each stage of a load, and what was sent or received during each stage; empty if the load has no stages.
///
/// An order belongs to the stage in which it was due, whatever becomes of it later. What is sent or received belongs to the stage in
/// progress at that time.
struct StageBooks: Sendable {
  /// One stage, as far as the ledger needs to know it.
  struct Plan: Sendable {
    /// When the stage ends, in nanoseconds since the load began.
    var ends: Int64
    /// Whether a verdict depends on one of its latencies, so that they must also be known without our own lag.
    var isJudged = false
  }

  /// What became of one stage.
  struct Book: Sendable {
    var counts = OrderCounts()
    /// Orders that were due both in this stage and in the load window.
    private(set) var due = 0
    /// What was sent or received both in this stage and in the load window.
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

  /// When each stage ends, in nanoseconds since the load began; sorted.
  private let ends: [Int64]
  private(set) var books: [Book]

  init(_ plans: [Plan]) {
    ends = plans.map(\.ends)
    books = plans.map { Book(isJudged: $0.isJudged) }
  }

  var isEmpty: Bool { books.isEmpty }

  /// When the stage with this number, counted from 0, begins and ends.
  func span(_ place: Int, since began: Instant) -> (begin: Instant, end: Instant) {
    (began + (place == 0 ? 0 : ends[place - 1]), began + ends[place])
  }

  /// Changes the book of the stage in progress this many nanoseconds after the load began; does nothing if there is none.
  mutating func at(_ time: Int64, _ change: (inout Book) -> Void) {
    guard let place = place(at: time) else { return }
    change(&books[place])
  }

  /// The number, counted from 0, of the stage in progress this many nanoseconds after the load began; `nil` if there is none. The very end of
  /// the last stage still belongs to it.
  func place(at time: Int64) -> Int? {
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
