import Shared

extension Ledger {
  /// The latencies of one loop, by the names of `docs/measurement.md`.
  struct Latencies: Sendable {
    /// Due → create acknowledged.
    var accept = LatencySeries()
    /// Create sent → create acknowledged.
    var acceptService = LatencySeries()
    /// Due → create refused.
    var reject = LatencySeries()
    /// Sent → answered, of each other kind of request.
    var poll = LatencySeries()
    var metrics = LatencySeries()
    var cancel = LatencySeries()
    var duplicate = LatencySeries()
    var invalid = LatencySeries()
    var list = LatencySeries()
    var orderMetrics = LatencySeries()
    var login = LatencySeries()
    /// Due → dispatched: our own delay.
    var slip = LatencySeries()
    /// Dispatched → sent: no connection was free.
    var connectionWait = LatencySeries()
    /// How much later than it asked for the core was woken.
    var loopLag = LatencySeries()

    /// Pages of a list that is searched are polls; whatever gets a token is a login.
    subscript(what: RequestKind) -> LatencySeries {
      _read { yield self[keyPath: Self.place(of: what)] }
      _modify { yield &self[keyPath: Self.place(of: what)] }
    }

    private static func place(of what: RequestKind) -> WritableKeyPath<Latencies, LatencySeries> {
      switch what {
      case .create: \.acceptService
      case .poll, .listPoll: \.poll
      case .metrics: \.metrics
      case .cancel: \.cancel
      case .duplicate: \.duplicate
      case .invalid: \.invalid
      case .list: \.list
      case .orderMetrics: \.orderMetrics
      case .register, .login, .refresh: \.login
      }
    }

    mutating func merge(_ other: Latencies) {
      accept.merge(other.accept)
      acceptService.merge(other.acceptService)
      reject.merge(other.reject)
      poll.merge(other.poll)
      metrics.merge(other.metrics)
      cancel.merge(other.cancel)
      duplicate.merge(other.duplicate)
      invalid.merge(other.invalid)
      list.merge(other.list)
      orderMetrics.merge(other.orderMetrics)
      login.merge(other.login)
      slip.merge(other.slip)
      connectionWait.merge(other.connectionWait)
      loopLag.merge(other.loopLag)
    }
  }

  /// The durations that are known as intervals, of the orders that completed or had not ended.
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

  /// What thresholds may be set on, less slip and loop lag: the other end of what the target may have done.
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
