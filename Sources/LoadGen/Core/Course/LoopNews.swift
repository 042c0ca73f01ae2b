/// What the core of one event loop reports to the run.
enum LoopNews: Sendable {
  /// The metrics were read, or could not be: every loop must be told of the window.
  case scraped(Scrape)
  /// Every account has logged in, and the first scrape was made or has failed.
  case ready
  /// An account cannot log in, so there will be no load.
  case cannotBegin(Failure)
  /// Every create of this loop so far was refused in the same way, and often enough to report it (`RefusedStart.enough`). Reported once,
  /// with the latest refusal.
  case onlyRefused(Failure)
  /// Every order of this loop has ended, and no more will come.
  case drained
  /// The last scrape was made, or has failed.
  case concluded
}
