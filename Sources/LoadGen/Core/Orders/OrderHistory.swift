/// All that is known of one order, as stamps. What follows from them is said in `docs/measurement.md`.
///
/// It ended in (`lastUnfinishedSent`, `endedReceived`], it was started in (`lastPendingSent`, `startedReceived`].
struct OrderHistory: Sendable {
  /// The order's number in the whole run, counted from 0.
  var index: UInt64
  /// When the schedule wanted the request.
  var due: Instant
  /// When our loop took it up.
  var dispatched: Instant
  var createSent = Instant.never
  /// `never` without an acknowledgement.
  var createReceived = Instant.never
  /// The latest sending of a poll that was answered with "not ended yet"; the create's own before any.
  var lastUnfinishedSent = Instant.never
  /// The latest sending of a poll that was answered with "still pending"; the create's own before any.
  var lastPendingSent = Instant.never
  /// The earliest receipt of an answer that said "processing", or beyond.
  var startedReceived = Instant.never
  /// The earliest receipt of an answer that said "ended".
  var endedReceived = Instant.never
  /// It was seen processing and then pending again.
  var wentBack = false

  init(index: UInt64, due: Instant, dispatched: Instant) {
    self.index = index
    self.due = due
    self.dispatched = dispatched
  }

  mutating func createWasSent(at sent: Instant) {
    createSent = sent
    lastUnfinishedSent = sent
    lastPendingSent = sent
  }

  /// Takes up what a poll was answered.
  mutating func observe(_ status: Sighting, sent: Instant, received: Instant) {
    switch status {
    case .pending:
      lastUnfinishedSent = max(lastUnfinishedSent, sent)
      lastPendingSent = max(lastPendingSent, sent)
      if startedReceived != .never {
        // Put back into the queue: what counts is the start that leads to the end.
        wentBack = true
        startedReceived = .never
      }
    case .processing:
      lastUnfinishedSent = max(lastUnfinishedSent, sent)
      startedReceived = min(startedReceived, received)
    case .begun: startedReceived = min(startedReceived, received)
    case .ended:
      startedReceived = min(startedReceived, received)
      endedReceived = min(endedReceived, received)
    }
  }

  /// What an answer showed of where an order stood.
  enum Sighting {
    case pending, processing
    /// Processing, or beyond: it is not said which.
    case begun
    case ended
  }
}
