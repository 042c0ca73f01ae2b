/// What is going to happen in virtual time, in order: the earlier first, and of what comes at the same instant what was arranged first.
///
/// A heap with four children to a node: half as deep as one with two, and the children of a node lie side by side.
struct EventQueue: ~Copyable {
  enum Occurrence: Sendable {
    /// A connection is there, or could not be opened.
    case connected(Line)
    case refused(Line)
    /// The system's end of a connection is gone: at first it alone knows, then the client hears it.
    case cutOff(Line)
    case hungUp(Line)
    /// A request has come to the system.
    case arrived(request: Int32)
    /// The system has worked out what it answers.
    case decided(request: Int32)
    /// The answer has come to the client.
    case answered(request: Int32)
    /// An order was processed, in one of the system's lives.
    case processed(Ticket, life: UInt32)
    /// A batch may begin.
    case batch(life: UInt32)
    /// Somebody else sends an order.
    case othersOrder
    /// One of the system's pauses begins: it stands still, or it is down.
    case stall(Int32)
    case restart(Int32)
    /// The system is back.
    case up
    /// The run begins.
    case begin
    /// All loops are told of a scrape.
    case scrape
    /// The user ends the run.
    case interrupt
    /// A run that was cut short waits no longer.
    case patience
  }

  /// One of a loop's connections, and which of its successive lives is meant.
  struct Line: Sendable, Hashable {
    var loop: Int32
    var connection: Int32
    var life: UInt32
  }

  private struct Entry {
    var at: Instant
    var number: UInt64
    var what: Occurrence

    func comes(before other: Entry) -> Bool { at < other.at || (at == other.at && number < other.number) }
  }

  private var heap: [Entry] = []
  private var arranged: UInt64 = 0
  /// Virtual time: that of what happened last.
  private(set) var now = Instant(0)

  /// When the next occurrence is due; `never` where nothing is arranged.
  var next: Instant { heap.first?.at ?? .never }

  mutating func arrange(_ what: Occurrence, at instant: Instant) {
    arranged += 1
    let entry = Entry(at: max(now, instant), number: arranged, what: what)
    heap.append(entry)
    heap.withUnsafeMutableBufferPointer { heap in
      var place = heap.count - 1
      while place > 0 {
        let parent = (place - 1) / 4
        guard entry.comes(before: heap[parent]) else { break }
        heap[place] = heap[parent]
        place = parent
      }
      heap[place] = entry
    }
  }

  mutating func arrange(_ what: Occurrence, after nanoseconds: Int64) { arrange(what, at: now + nanoseconds) }

  /// The next occurrence, at whose time it is now; `nil` where nothing is going to happen any more.
  mutating func takeNext() -> Occurrence? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else {
      now = last.at
      return last.what
    }
    heap.withUnsafeMutableBufferPointer { heap in
      var place = 0
      while true {
        let begin = place * 4 + 1
        guard begin < heap.count else { break }
        var least = begin
        for child in begin + 1..<max(begin + 1, min(begin + 4, heap.count)) where heap[child].comes(before: heap[least]) { least = child }
        guard heap[least].comes(before: last) else { break }
        heap[place] = heap[least]
        place = least
      }
      heap[place] = last
    }
    now = first.at
    return first.what
  }

  /// Time goes on to an instant before which nothing is arranged.
  mutating func pass(to instant: Instant) { now = max(now, instant) }
}
