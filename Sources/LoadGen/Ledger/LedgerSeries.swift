import Shared

extension Ledger {
  /// The latencies of one loop, named as in `docs/measurement.md`.
  struct Latencies: Sendable {
    /// Due → create acknowledged.
    var accept = LatencySeries()
    /// Create sent → create acknowledged.
    var acceptService = LatencySeries()
    /// Due → create refused.
    var reject = LatencySeries()
    /// Sent → answered, of polls.
    var poll = LatencySeries()
    /// Sent → answered, for each other kind of request that was made.
    private var others: [RequestKind: LatencySeries] = [:]
    /// Due → dispatched: our own delay.
    var slip = LatencySeries()
    /// Dispatched → sent: the wait for a free connection.
    var connectionWait = LatencySeries()
    /// How much later than asked for the core was woken.
    var loopLag = LatencySeries()

    /// Sent → answered, for a kind of request and those that count with it (`RequestKind.series`).
    subscript(what: RequestKind) -> LatencySeries {
      _read {
        switch what.series {
        case .create: yield acceptService
        case .poll: yield poll
        case let kind: yield others[kind, default: LatencySeries()]
        }
      }
      _modify {
        switch what.series {
        case .create: yield &acceptService
        case .poll: yield &poll
        case let kind: yield &others[kind, default: LatencySeries()]
        }
      }
    }

    mutating func merge(_ other: Latencies) {
      accept.merge(other.accept)
      acceptService.merge(other.acceptService)
      reject.merge(other.reject)
      poll.merge(other.poll)
      for (kind, series) in other.others { others[kind, default: LatencySeries()].merge(series) }
      slip.merge(other.slip)
      connectionWait.merge(other.connectionWait)
      loopLag.merge(other.loopLag)
    }
  }

  /// The durations that are known as intervals, of orders that completed or had not ended. See `docs/measurement.md`, "What is known of one
  /// order".
  struct Intervals: Sendable {
    var completion = IntervalSeries()
    var queueWait = IntervalSeries()
    var processing = IntervalSeries()
    var turnaround = IntervalSeries()

    mutating func merge(_ other: Intervals) {
      completion.merge(other.completion)
      queueWait.merge(other.queueWait)
      processing.merge(other.processing)
      turnaround.merge(other.turnaround)
    }
  }

  /// The latencies and intervals that thresholds may be set on, less slip and loop lag: the least that the target may have taken.
  struct LagFree: Sendable {
    var accept = LatencySeries()
    var acceptService = LatencySeries()
    var reject = LatencySeries()
    var completion = IntervalSeries()
    var queueWait = IntervalSeries()
    var processing = IntervalSeries()
    var turnaround = IntervalSeries()

    mutating func merge(_ other: LagFree) {
      accept.merge(other.accept)
      acceptService.merge(other.acceptService)
      reject.merge(other.reject)
      completion.merge(other.completion)
      queueWait.merge(other.queueWait)
      processing.merge(other.processing)
      turnaround.merge(other.turnaround)
    }
  }
}
