/// What is going to happen in virtual time: the earliest first, and, at the same instant, what was arranged first.
///
/// A heap with four children per node: half as deep as a binary one, and the children of a node are next to each other in memory.
struct EventQueue: ~Copyable {
  /// Something that can happen in virtual time.
  enum Occurrence: Sendable {
    /// A connection is open, or could not be opened.
    case connected(Line)
    case refused(Line)
    /// The system's end of a connection is closed: first only the system knows, then the client hears of it.
    case cutOff(Line)
    case hungUp(Line)
    /// A request has reached the system.
    case arrived(request: Int32)
    /// The system has worked out its answer to a request.
    case decided(request: Int32)
    /// An answer has reached the client.
    case answered(request: Int32)
    /// An order has been processed; the life is that of the system in which its processing began.
    case processed(Ticket, life: UInt32)
    /// It is time for a batch.
    case batch(life: UInt32)
    /// Somebody else creates an order.
    case othersOrder
    /// A pause of the system begins, in which it stands still, or is down; the number is the pause's place in the settings.
    case stall(Int32)
    case restart(Int32)
    /// The system is up again.
    case up
    /// The run begins.
    case begin
    /// All loops are told of the next reading of the metrics.
    case scrape
    /// The user ends the run.
    case interrupt
    /// The patience with a run that was cut short is over.
    case patience
  }

  /// A connection of a loop, and which of its successive lives is meant.
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
  /// The present instant of virtual time: that of the last occurrence.
  private(set) var now = Instant(0)

  /// When the next occurrence is due; `never` where nothing is arranged.
  var next: Instant { heap.first?.at ?? .never }

  /// Arranges an occurrence; for an instant in the past, it happens now.
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

  /// Arranges an occurrence some nanoseconds from now.
  mutating func arrange(_ what: Occurrence, after nanoseconds: Int64) { arrange(what, at: now + nanoseconds) }

  /// Removes the next occurrence, and moves time to its instant; `nil` where nothing is arranged.
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

  /// Moves time forward to an instant; nothing may be arranged before it.
  mutating func pass(to instant: Instant) { now = max(now, instant) }
}
