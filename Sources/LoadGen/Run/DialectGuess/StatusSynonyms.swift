import Shared

/// The words by which APIs tell where an order stands.
enum StatusSynonyms {
  /// The status that a word means, in any case and with any separators; `nil` where it may mean anything.
  static func status(_ word: some StringProtocol) -> OrderStatus? { status(NameWords(word)) }

  static func status(_ name: NameWords) -> OrderStatus? {
    let word = name.joined
    return OrderStatus.allCases.first { words[$0]?.contains(word) ?? false }
  }

  private static let words: [OrderStatus: Set<ByteText>] = [
    .pending: [
      "pending", "queued", "queue", "new", "created", "accepted", "received", "waiting", "wait", "submitted", "placed", "scheduled", "open",
      "enqueued", "backlog", "notstarted", "todo", "ready", "registered", "inqueue", "unprocessed", "initial", "initiated", "confirmed",
    ],
    .processing: [
      "processing", "inprogress", "running", "run", "started", "active", "working", "inprocess", "executing", "progress", "preparing",
      "cooking", "busy", "beingprocessed", "ongoing", "inwork", "picking", "packing",
    ],
    .completed: [
      "completed", "complete", "done", "finished", "succeeded", "success", "successful", "processed", "fulfilled", "delivered", "shipped",
      "closed", "served", "ok", "ended", "settled",
    ],
    .cancelled: ["cancelled", "canceled", "aborted", "withdrawn", "revoked", "cancel", "voided", "void", "removed"],
    .failed: ["failed", "error", "failure", "rejected", "errored", "faulted", "declined", "dead", "err", "timedout", "expired"],
  ]

  /// The most common ones, to start from where an API says none.
  static let common: [OrderStatus: [String]] = [
    .pending: ["pending", "queued", "new", "created"], .processing: ["processing", "in_progress", "running", "started"],
    .completed: ["completed", "complete", "done", "finished", "succeeded"], .cancelled: ["cancelled", "canceled"],
    .failed: ["failed", "error", "rejected"],
  ]
}
