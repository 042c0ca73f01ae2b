/// When the target's own figures are read: once before the load, regularly during it, once after it. One reading at a time.
struct Observer {
  /// Its own connection, so that a reading never waits for the orders' requests.
  static let connection = 0

  enum Turn { case rest, read, again, ready, concluded }

  private enum Stage {
    case idle, first, during, resting
    /// The last reading waits for the answer to an earlier one.
    case beforeLast
    case last
  }

  let isActive: Bool
  /// When the reading that is under way was sent.
  var sent = Instant.never
  /// A reading waits for its connection.
  var isConnecting = false
  private var stage = Stage.idle
  private var attempts = 0
  private var isUnderWay = false

  init(isActive: Bool) { self.isActive = isActive }

  /// The first reading is to be made.
  mutating func begin() -> Turn {
    guard isActive else { return .ready }
    stage = .first
    return startReading()
  }

  /// The connection was opened.
  mutating func connected() -> Turn {
    guard isConnecting else { return .rest }
    isConnecting = false
    return .read
  }

  /// The time of a reading during the load has come.
  mutating func timer() -> Turn { stage == .during && !isUnderWay ? startReading() : .rest }

  /// A reading brought figures, or did not.
  mutating func answered(_ wasRead: Bool) -> Turn {
    isUnderWay = false
    switch stage {
    case .first:
      if !wasRead, tryAgain() { return .read }
      stage = .during
      return .ready
    case .during: return .again
    case .last:
      if !wasRead, tryAgain() { return .read }
      stage = .resting
      return .concluded
    case .beforeLast:
      stage = .last
      return startReading()
    case .idle, .resting: return .rest
    }
  }

  /// No more readings until the last.
  mutating func rest() {
    stage = .resting
  }

  /// The connection was closed by us, and with it what was under way.
  mutating func abandon() {
    rest()
    isUnderWay = false
    isConnecting = false
  }

  /// The last reading is to be made.
  mutating func conclude() -> Turn {
    guard isActive else { return .concluded }
    guard !isUnderWay else {
      stage = .beforeLast
      return .rest
    }
    stage = .last
    return startReading()
  }

  private mutating func startReading() -> Turn {
    attempts = 1
    isUnderWay = true
    return .read
  }

  private mutating func tryAgain() -> Bool {
    guard attempts < CoreSettings.readingAttempts else { return false }
    attempts += 1
    isUnderWay = true
    return true
  }
}
