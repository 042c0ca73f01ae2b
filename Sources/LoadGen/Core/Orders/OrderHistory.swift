/// Everything that is known of one order, as time stamps. `docs/measurement.md` says what follows from them.
///
/// The order was started within (`lastPendingSent`, `startedReceived`] and ended within (`lastUnfinishedSent`, `endedReceived`].
struct OrderHistory: Sendable {
  /// The order's number in the whole run, counted from 0.
  var index: UInt64
  /// When the schedule wanted the request to be sent.
  var due: Instant
  /// When our loop took it up.
  var dispatched: Instant
  var createSent = Instant.never
  /// `never` without an acknowledgement.
  var createReceived = Instant.never
  /// When the latest poll that was answered "not ended yet" was sent; before any, when the create was sent.
  var lastUnfinishedSent = Instant.never
  /// When the latest poll that was answered "still pending" was sent; before any, when the create was sent.
  var lastPendingSent = Instant.never
  /// The earliest receipt of an answer that said "processing" or beyond, since it was last seen pending.
  var startedReceived = Instant.never
  /// The earliest receipt of an answer that said "ended".
  var endedReceived = Instant.never
  /// Whether it was seen pending after having been seen processing or beyond.
  var wentBack = false
  /// Whether that was seen on a connection that had been open since before the answer that still said processing: no restart can be why.
  var wentBackWhileOpen = false
  /// Whether no restart can have come between the answer that first said it was started and the latest one: each of them came on a connection
  /// that had been open since before the one before it.
  var isUnbroken = false

  init(index: UInt64, due: Instant, dispatched: Instant) {
    self.index = index
    self.due = due
    self.dispatched = dispatched
  }

  /// The create was sent. Until a poll shows more, it is also the latest sending at which the order had neither started nor ended.
  mutating func createWasSent(at sent: Instant) {
    createSent = sent
    lastUnfinishedSent = sent
    lastPendingSent = sent
  }

  /// Takes in what an answer showed.
  /// - Parameters:
  ///   - sent: when the request was sent.
  ///   - received: when its answer was received.
  ///   - opened: since when the connection that brought it had been open.
  mutating func observe(_ status: Sighting, sent: Instant, received: Instant, opened: Instant = .never) {
    let isOpen = opened <= lastUnfinishedSent
    if startedReceived == .never { isUnbroken = true } else if !isOpen { isUnbroken = false }
    switch status {
    case .pending:
      lastUnfinishedSent = max(lastUnfinishedSent, sent)
      lastPendingSent = max(lastPendingSent, sent)
      // A page of a list that was asked for before that may have been answered before it.
      if startedReceived <= sent {
        // It was put back into the queue: only the start that leads to the end counts.
        wentBack = true
        if isOpen { wentBackWhileOpen = true }
        startedReceived = .never
      }
    case .unfinished: lastUnfinishedSent = max(lastUnfinishedSent, sent)
    case .processing:
      lastUnfinishedSent = max(lastUnfinishedSent, sent)
      startedReceived = min(startedReceived, received)
    case .begun: startedReceived = min(startedReceived, received)
    case .ended:
      startedReceived = min(startedReceived, received)
      endedReceived = min(endedReceived, received)
    }
  }

  /// Where an answer showed an order to be.
  enum Sighting {
    case pending, processing
    /// Pending or processing; the answer does not say which.
    case unfinished
    /// Processing or beyond; the answer does not say which.
    case begun
    case ended
  }
}
