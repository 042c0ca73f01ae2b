/// The course of a whole run: the accounts log in and the metrics are read for the first time, the load runs, the last orders end, and the
/// metrics are read for the last time. Takes events and returns actions: the engine drives it in real time, the simulation in virtual time.
struct RunCourse: Sendable {
  /// What has happened.
  enum Event: Sendable {
    case begin
    /// - Parameter from: the number of the loop that reports it.
    case news(LoopNews, from: Int)
    /// The check that `confirm` asks for found everything in order.
    case confirmed
    /// The user ends the run.
    case interrupt
    /// Every create is refused, and no more are to be sent.
    case giveUp
    /// The time that `awaitPatience` asks for is over: the run ends, whatever is still missing.
    case patienceIsOver
  }

  /// What is to be done.
  enum Action: Sendable {
    /// Every loop logs in its accounts, and the first loop reads the metrics.
    case begin
    /// Every loop is ready: check whether the run may begin, and if so answer `confirmed`.
    case confirm
    /// Every loop's load begins at this instant.
    case start(Instant)
    /// Tell every loop of a scrape.
    case tell(ScrapeWindow)
    /// Every create of some loop is refused: check whether any loop has had one accepted, and whether the run is to go on; if not, answer
    /// `giveUp`.
    case judge(Failure)
    /// Every loop gives up everything in hand.
    case stop
    /// The first loop reads the metrics for the last time.
    case conclude
    /// Answer `patienceIsOver` after `patience`.
    case awaitPatience
    /// There is nothing more to wait for: every loop stops and closes its connections.
    case end
  }

  private enum Stage { case beginning, loading, concluding, ended }

  /// How long the last scrape may take after a run was cut short, in seconds.
  static let patience: Int64 = 1

  private let loops: Int
  private var stage = Stage.beginning
  private var ready: Set<Int> = []
  private var drained: Set<Int> = []
  private var start: Instant?
  /// All scrapes that brought figures, in the order in which they were received.
  private(set) var scrapes: [Scrape] = []
  /// No figures of a later scrape may be older: what happened before this is not looked at again.
  private var horizon: Instant?
  private var agesAreTold = false
  /// Why there was no load, if an account could not log in.
  private(set) var refusal: Failure?
  /// Whether the user ended the run.
  private(set) var wasInterrupted = false
  /// Whether the run was ended before its plan because every create was refused.
  private(set) var wasRefused = false

  /// - Parameter loops: how many event loops there are; they are numbered from 0.
  init(loops: Int) { self.loops = loops }

  var hasEnded: Bool { stage == .ended }

  /// Whether the first scrape had been received before the load began.
  var hasBaseline: Bool {
    guard let start, let first = scrapes.first else { return false }
    return first.window.received <= start
  }

  /// Once the run has ended, events are ignored.
  /// - Returns: what is to be done, in this order.
  mutating func handle(_ event: Event, at now: Instant) -> [Action] {
    guard stage != .ended else { return [] }
    switch event {
    case .begin: return [.begin]
    case .news(let news, let loop): return take(news, from: loop)
    case .confirmed: return stage == .beginning ? load(from: now) : []
    case .interrupt:
      guard !wasInterrupted else { return [] }
      wasInterrupted = true
      // Before the load there is nothing to give up, but the last scrape is still made: starting a load that was stopped ends at once.
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
      let scrape = withoutOldFigures(scrape)
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

  /// Figures that are too old to be compared with what is still known count as not had.
  private mutating func withoutOldFigures(_ scrape: Scrape) -> Scrape {
    var scrape = scrape
    if let horizon, scrape.window.sent < horizon { scrape.window.hasFigures = false }
    if scrape.window.age > 0 { agesAreTold = true }
    horizon = max(horizon ?? scrape.window.received, scrape.window.received + -(agesAreTold ? ScrapeWindow.longestAge : 0))
    return scrape
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
