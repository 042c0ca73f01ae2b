/// The load window, over which rates are computed, and what happened in it. See `docs/measurement.md`, "Rates".
///
/// It begins when the warm-up is over. That of an open load ends with its plan, or when the load was cut short; that of a closed load ends
/// when its last create was answered or given up.
struct LoadWindow: Sendable {
  /// The length of an open load's plan, in seconds from its beginning; `nil` for a closed load.
  private let planned: Double?
  /// In nanoseconds.
  private let warmup: Int64
  /// When the load began; `nil` before.
  private(set) var began: Instant?
  /// When the warm-up is over; `never` before the load begins, so that nothing counts.
  private(set) var opens = Instant.never
  /// When an open load's plan ends; `never` for a closed load.
  private var closes = Instant.never
  /// When the load was ended before its plan was complete.
  private var cut: Instant?
  /// How many orders were due in the window.
  private(set) var due = 0
  /// What was sent or received in the window.
  private(set) var tally = Tally()
  /// When the latest create of a closed load so far was answered or given up.
  private var lastCreate = Instant(.min)
  /// What happened later than that: it counts as soon as a later create ends, in this loop or in another.
  private var later = LaterTallies()

  /// Counts of what was sent or received.
  struct Tally: Sendable, Equatable {
    var accepted = 0
    var completed = 0
    /// Polls that were answered or given up.
    var polls = 0
    /// Creates that were sent, and other requests that were answered or given up.
    var requests = 0

    static func += (left: inout Tally, right: Tally) {
      left.accepted += right.accepted
      left.completed += right.completed
      left.polls += right.polls
      left.requests += right.requests
    }
  }

  /// - Parameters:
  ///   - planned: the length of an open load's plan in seconds; `nil` for a closed load.
  ///   - warmup: in nanoseconds.
  init(planned: Double?, warmup: Int64) {
    self.planned = planned
    self.warmup = warmup
  }

  /// The load began. `opens` and `closes` follow from this instant.
  mutating func began(at instant: Instant) {
    began = instant
    opens = instant + warmup
    // Rounded up, so that an order due in the last fraction of a nanosecond is inside. Plans fit into 64 bits, or have no end.
    if let planned { closes = instant + Int64(min(9e18, max(0, planned * 1e9).rounded(.up))) }
  }

  /// `count` orders were due at this instant.
  mutating func scheduled(due instant: Instant, count: Int = 1) {
    if contains(instant) { due += count }
  }

  /// The load was ended before its plan was complete. The latest cut counts.
  mutating func cut(at instant: Instant) { cut = max(cut ?? instant, instant) }

  /// Counts what was sent or received at an instant, if it falls into the window.
  mutating func add(_ more: Tally, at instant: Instant) {
    guard contains(instant) else { return }
    if planned == nil, instant > lastCreate { later.add(more, at: instant) } else { tally += more }
  }

  /// A create was answered or given up.
  mutating func createEnded(at instant: Instant) {
    guard planned == nil, instant > lastCreate else { return }
    lastCreate = instant
    tally += later.take(until: instant)
  }

  /// Whether what happened at this instant may count. In a closed load it only does once a later create has ended.
  func contains(_ instant: Instant) -> Bool { instant >= opens && instant <= closes }

  /// When the load ended; `nil` if it never began.
  var ended: Instant? {
    guard let began else { return nil }
    return planned == nil ? max(began, lastCreate) : min(closes, cut ?? .never)
  }

  /// The length of the window, in seconds; 0 if the load ended within its warm-up.
  var seconds: Double {
    guard let ended else { return 0 }
    // If an open load ran to its end, exactly the length that was asked for, without rounding.
    if let planned, ended == closes { return max(0, planned - Double(warmup) / 1e9) }
    return Double(max(0, ended - opens)) / 1e9
  }

  /// The length of the part of the window between two instants, in seconds.
  func seconds(from begin: Instant, to end: Instant) -> Double {
    guard let ended else { return 0 }
    return Double(max(0, min(end, ended) - max(begin, opens))) / 1e9
  }

  /// Adds the window of another loop. The order does not matter.
  mutating func merge(_ other: LoadWindow) {
    if began == nil, let begin = other.began { began(at: begin) }
    if let otherCut = other.cut { cut(at: otherCut) }
    due += other.due
    tally += other.tally
    lastCreate = max(lastCreate, other.lastCreate)
    later.merge(other.later)
    tally += later.take(until: lastCreate)
  }
}
