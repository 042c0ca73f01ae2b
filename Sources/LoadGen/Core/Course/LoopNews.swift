/// What one event loop's core tells the run that it belongs to.
enum LoopNews: Sendable {
  /// The metrics were read, or could not be: every loop is to be told when.
  case scraped(Scrape)
  /// Every account has logged in, and the first scrape was made, or could not be.
  case ready
  /// An account cannot log in: there will be no load.
  case cannotBegin(Failure)
  /// Every create of this loop was refused in the same way so far, and they are enough to say so: told once, with the latest refusal.
  case onlyRefused(Failure)
  /// Every order of this loop has ended, and none will come.
  case drained
  /// The last scrape was made, or could not be.
  case concluded
}
