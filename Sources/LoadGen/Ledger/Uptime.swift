import Shared

/// What the connections that scrapes were answered on show about restarts of the target, and so about orders that it put back into the queue.
///
/// Where that happens on a restart alone, it did not happen from the opening of a connection until the last request that was answered on it was
/// sent. Not until the answer's receipt: an answer may outlive the process that gave it.
struct Uptime: Sendable {
  private let requeue: Dialect.Requeue
  /// For each scrape that brought figures, in order: when its connection had been opened, and when it was sent.
  private var open: [(from: Instant, to: Instant)] = []

  init(_ requeue: Dialect.Requeue) { self.requeue = requeue }

  /// Whether a scrape was answered on another connection than the one before, which shows nothing of the time until it was opened.
  func hasNewConnection(_ window: ScrapeWindow) -> Bool { open.last.map { $0.from < window.opened } ?? true }

  mutating func add(_ window: ScrapeWindow) { open.append((window.opened, window.asked)) }

  /// From when on nothing was put back until an instant; `nil` if it may have been at any time before.
  func began(before instant: Instant) -> Instant? {
    switch requeue {
    case .never: return Instant(.min)
    case .any: return nil
    case .onRestart:
      // The connection of the first scrape that was sent after the instant had been open for as long as that.
      let proof = open.partitioningIndex(where: { $0.to >= instant })
      return proof < open.count ? open[proof].from : nil
    }
  }

  /// The first scrape by which an order may have been put back since an instant; `nil` if it cannot have been.
  func firstScrapeAfterEnd(since instant: Instant) -> Int? {
    switch requeue {
    case .never: nil
    case .any: 0
    case .onRestart: open.partitioningIndex(where: { $0.from > instant })
    }
  }
}

extension Array {
  /// The first place from which on `has` is true; `count` if it is true nowhere. Once true, it must be true at all later places.
  func partitioningIndex(where has: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if has(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
