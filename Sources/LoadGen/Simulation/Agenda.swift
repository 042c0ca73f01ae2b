import HeapModule

/// What is going to happen in virtual time, in order: the earlier first, and of what comes at the same instant what was arranged first.
///
/// A class, because everything in a simulation arranges something, and nothing ever leaves the simulation's thread.
final class Agenda {
  enum Occurrence: Sendable {
    /// A loop's core is to be woken.
    case wake(loop: Int)
    /// A connection is there.
    case connected(Line)
    /// A request has come to the system.
    case arrived(request: Int)
    /// The system has worked out what it answers.
    case decided(request: Int)
    /// The answer has come to the client.
    case answered(request: Int)
    /// An order was processed.
    case processed(Ticket)
    /// A batch may begin.
    case batch
  }

  /// One of a loop's connections, and which of its successive lives is meant.
  struct Line: Sendable, Hashable {
    var loop: Int32
    var connection: Int32
    var life: UInt32
  }

  private struct Entry: Comparable {
    var at: Instant
    var number: UInt64
    var what: Occurrence

    static func < (left: Entry, right: Entry) -> Bool { (left.at, left.number) < (right.at, right.number) }
    static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
  }

  private var heap = Heap<Entry>()
  private var arranged: UInt64 = 0
  /// Virtual time: that of what happened last.
  private(set) var now = Instant(0)

  func arrange(_ what: Occurrence, at instant: Instant) {
    arranged += 1
    heap.insert(Entry(at: max(now, instant), number: arranged, what: what))
  }

  func arrange(_ what: Occurrence, after nanoseconds: Int64) { arrange(what, at: now + nanoseconds) }

  /// The next occurrence, at whose time it is now; `nil` where nothing is going to happen any more.
  func next() -> Occurrence? {
    guard let entry = heap.popMin() else { return nil }
    now = entry.at
    return entry.what
  }
}
