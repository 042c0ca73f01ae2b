import HeapModule

/// What is to be looked at, and when: a heap, so that a million orders cost no scheduled task each.
struct Timers: ~Copyable {
  enum Subject: Sendable {
    case order(Handle)
    case connection(UInt32)
    /// A closed load's user that pauses.
    case user(UInt32)
    /// The oldest call that waits for a connection.
    case queue
    /// The next scrape of the metrics.
    case metrics
    /// The next search of the list, or its next page.
    case listPoll
    /// The next poll that the cap allows.
    case polls
    /// A connection that could not be opened may be tried again.
    case rested(UInt32)
    /// One more connection may be open.
    case ramp
    /// A token is to be renewed.
    case sessions
  }

  struct Timer: Comparable {
    var at: Instant
    var subject: Subject
    /// Rises with every timer: it orders equal times, the rare ones apart that lie four billion timers apart.
    var number: UInt32

    static func < (left: Timer, right: Timer) -> Bool {
      (left.at, left.number) < (right.at, right.number)
    }

    static func == (left: Timer, right: Timer) -> Bool { left.number == right.number }
  }

  private var heap = Heap<Timer>()
  private var last: UInt32 = 0

  var next: Instant? { heap.min?.at }

  mutating func set(_ subject: Subject, at: Instant) {
    last &+= 1
    heap.insert(Timer(at: at, subject: subject, number: last))
  }

  /// The next timer whose time has come.
  mutating func popDue(by now: Instant) -> Timer? {
    guard let first = heap.min, first.at <= now else { return nil }
    return heap.removeMin()
  }

  mutating func removeAll() { heap = Heap() }
}
