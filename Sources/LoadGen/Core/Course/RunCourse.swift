/// The course of a whole run: accounts log in and the metrics are read for the first time, the load comes, the last orders end, the metrics are
/// read for the last time. What happened in, what is to be done out: the engine drives it in real time, the simulation in virtual time.
struct RunCourse: Sendable {
  enum Event: Sendable {
    case begin
    case news(LoopNews, from: Int)
    /// What `confirm` asks for was found in order.
    case confirmed
    /// The user ends the run.
    case interrupt
    /// Every create is refused, and no more are to be sent.
    case giveUp
    /// The time that `awaitPatience` asks for is over.
    case patienceIsOver
  }

  enum Action: Sendable {
    /// Every loop logs its accounts in; the first one reads the metrics.
    case begin
    /// Every loop is ready: look whether the run is to begin, and say `confirmed`.
    case confirm
    /// Every loop's load begins at this instant.
    case start(Instant)
    /// Every loop is told of a scrape.
    case tell(ScrapeWindow)
    /// Every create of some loop is refused: look whether any loop's was accepted, and whether the run is to go on; if not, say `giveUp`.
    case judge(Failure)
    /// Every loop gives up what it has in hand.
    case stop
    /// The first loop reads the metrics for the last time.
    case conclude
    /// Say `patienceIsOver` after `patience`.
    case awaitPatience
    /// Nothing more is awaited: every loop stops, and closes its connections.
    case end
  }

  private enum Stage { case beginning, loading, concluding, ended }

  /// How long the last scrape may take once a run was cut short, in seconds.
  static let patience: Int64 = 1

  private let loops: Int
  private var stage = Stage.beginning
  private var ready: Set<Int> = []
  private var drained: Set<Int> = []
  private var start: Instant?
  /// All scrapes that brought figures, in order.
  private(set) var scrapes: [Scrape] = []
  /// Why there was no load, where an account was not let in.
  private(set) var refusal: Failure?
  /// The user ended the run.
  private(set) var wasInterrupted = false
  /// It was ended before its plan because every create was refused.
  private(set) var wasRefused = false

  /// - Parameter loops: the event loops, numbered from 0.
  init(loops: Int) { self.loops = loops }

  var hasEnded: Bool { stage == .ended }

  /// Whether the first scrape was made before the first order was sent.
  var hasBaseline: Bool {
    guard let start, let first = scrapes.first else { return false }
    return first.window.received <= start
  }

  /// - Returns: what is to be done, in order.
  mutating func handle(_ event: Event, at now: Instant) -> [Action] {
    guard stage != .ended else { return [] }
    switch event {
    case .begin: return [.begin]
    case .news(let news, let loop): return take(news, from: loop)
    case .confirmed: return stage == .beginning ? load(from: now) : []
    case .interrupt:
      guard !wasInterrupted else { return [] }
      wasInterrupted = true
      // Before the load there is nothing to give up, and the last scrape is made nonetheless.
      return [.stop, .awaitPatience] + (stage == .beginning ? load(from: now) : [])
    case .giveUp:
      guard stage == .loading, !wasInterrupted, !wasRefused else { return [] }
      wasRefused = true
      return [.stop, .awaitPatience]
    case .patienceIsOver: return end()
    }
  }

  private mutating func take(_ news: LoopNews, from loop: Int) -> [Action] {
    switch news {
    case .scraped(let scrape):
      if scrape.window.hasFigures { scrapes.append(scrape) }
      return [.tell(scrape.window)]
    case .ready:
      ready.insert(loop)
      return stage == .beginning && ready.count == loops ? [.confirm] : []
    case .cannotBegin(let failure):
      guard stage == .beginning else { return [] }
      refusal = failure
      return end()
    case .onlyRefused(let failure): return stage == .loading && !wasInterrupted && !wasRefused ? [.judge(failure)] : []
    case .drained:
      drained.insert(loop)
      guard stage == .loading, drained.count == loops else { return [] }
      stage = .concluding
      return [.conclude]
    case .concluded: return stage == .concluding ? end() : []
    }
  }

  private mutating func load(from now: Instant) -> [Action] {
    stage = .loading
    start = now
    return [.start(now)]
  }

  private mutating func end() -> [Action] {
    stage = .ended
    return [.end]
  }
}
