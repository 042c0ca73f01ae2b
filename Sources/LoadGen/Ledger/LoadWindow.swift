/// The load's own time, and what came of it while it lasted: what rates are counted over. See `docs/measurement.md`, "Rates".
///
/// It begins when the warm-up is over. That of an open load ends when its plan does, or when it was cut short; that of a closed load when
/// the last of its creates is answered or given up.
struct LoadWindow: Sendable {
  /// How long an open load's plan is, in seconds from its beginning; `nil` for a closed load.
  private let planned: Double?
  /// In nanoseconds.
  private let warmup: Int64
  /// When the load began.
  private(set) var began: Instant?
  /// Nothing counts before the load began.
  private(set) var opens = Instant.never
  /// When an open load's plan ends.
  private var closes = Instant.never
  /// When it was ended before its time.
  private var cut: Instant?
  /// Orders that were due in it.
  private(set) var due = 0
  /// What was received in it, or sent.
  private(set) var tally = Tally()
  /// A closed load's last create so far that was answered or given up.
  private var lastCreate = Instant(.min)
  /// What came later than that: it counts as soon as another create does, here or in another loop.
  private var later = LaterTallies()

  /// Counts of what was received, or sent.
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

  mutating func began(at instant: Instant) {
    began = instant
    opens = instant + warmup
    // Up, so that what is due in the last fraction of a nanosecond is due in it; plans are shorter than what 64 bits hold, or endless.
    if let planned { closes = instant + Int64(min(9e18, max(0, planned * 1e9).rounded(.up))) }
  }

  /// So many orders were due then.
  mutating func scheduled(due instant: Instant, count: Int = 1) {
    if contains(instant) { due += count }
  }

  /// An open load was ended before its plan was carried out.
  mutating func cut(at instant: Instant) { cut = max(cut ?? instant, instant) }

  mutating func add(_ more: Tally, at instant: Instant) {
    guard contains(instant) else { return }
    if planned == nil, instant > lastCreate { later.add(more, at: instant) } else { tally += more }
  }

  /// A create was answered, or given up.
  mutating func createEnded(at instant: Instant) {
    guard planned == nil, instant > lastCreate else { return }
    lastCreate = instant
    tally += later.take(until: instant)
  }

  /// Whether what happened then may count; in a closed load that is so until no create follows.
  func contains(_ instant: Instant) -> Bool { instant >= opens && instant <= closes }

  /// When the load ended; `nil` where it never began.
  var ended: Instant? {
    guard let began else { return nil }
    return planned == nil ? max(began, lastCreate) : min(closes, cut ?? .never)
  }

  /// How long it is, in seconds; 0 where the load ended within its warm-up.
  var seconds: Double {
    guard let ended else { return 0 }
    // What was asked for, to the last digit, where that is what came.
    if let planned, ended == closes { return max(0, planned - Double(warmup) / 1e9) }
    return Double(max(0, ended - opens)) / 1e9
  }

  /// The part of it that lies between two instants, in seconds.
  func seconds(from begin: Instant, to end: Instant) -> Double {
    guard let ended else { return 0 }
    return Double(max(0, min(end, ended) - max(begin, opens))) / 1e9
  }

  /// Adds another loop's.
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
