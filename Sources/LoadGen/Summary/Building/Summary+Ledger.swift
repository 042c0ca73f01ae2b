import Shared

/// Parts of a summary, each made from a ledger.
extension Summary.Orders {
  init(_ counts: OrderCounts) {
    self.init(
      scheduled: counts.scheduled, notSent: counts[.notSent], submitted: counts.submitted, accepted: counts.accepted,
      rejected: counts[.rejected], errored: counts[.errored], ambiguous: counts[.ambiguous],
      completed: counts[.completed], cancelled: counts[.cancelled], failed: counts[.failed],
      unfinished: counts.unfinished, timedOut: counts[.timedOut], runEnd: counts[.runEnd], lost: counts[.lost],
      unknownStatus: counts[.unknownStatus], untracked: counts[.untracked],
      // A create is never repeated, except when its token was refused.
      attempts: counts.submitted + counts.resubmitted)
  }
}

extension Summary {
  /// The latencies and intervals, with the histograms that they are derived from.
  struct Measured {
    var latency: [String: LatencyFigures] = [:]
    var intervals: [String: IntervalFigures] = [:]
    var histograms: [String: Histogram] = [:]

    /// As they were saved.
    init(_ summary: Summary) {
      (latency, intervals, histograms) = (summary.latency, summary.intervals, summary.histograms)
    }

    init(_ ledger: Ledger) {
      let latencies = ledger.latencies
      add(.accept, latencies.accept)
      add(.acceptService, latencies.acceptService)
      addIfAny(.reject, latencies.reject)
      add(.request(.poll), latencies.poll)
      addIfAny(.pollGap, ledger.pollGaps.kept)
      addIfAny(.pollGapAsked, ledger.pollGaps.asked)
      add(.request(.metrics), latencies[.metrics])
      for kind in LatencyName.others where kind != .metrics { addIfAny(.request(kind), latencies[kind]) }
      add(.slip, latencies.slip)
      add(.connectionWait, latencies.connectionWait)
      add(.loopLag, latencies.loopLag)
      add(.completion, ledger.intervals.completion)
      add(.queueWait, ledger.intervals.queueWait)
      add(.processing, ledger.intervals.processing)
      add(.turnaround, ledger.intervals.turnaround)
    }

    /// The same, but with our own lag subtracted from the figures on which thresholds may be set.
    init(withoutLag ledger: Ledger) {
      self.init(ledger)
      add(ledger.withoutLag)
    }

    private mutating func add(_ withoutLag: Ledger.LagFree) {
      add(.accept, withoutLag.accept)
      add(.acceptService, withoutLag.acceptService)
      addIfAny(.reject, withoutLag.reject)
      add(.completion, withoutLag.completion)
      add(.queueWait, withoutLag.queueWait)
      add(.processing, withoutLag.processing)
      add(.turnaround, withoutLag.turnaround)
    }

    /// What is known about the orders of a single stage.
    init(_ stage: StageBooks.Book) {
      add(.accept, stage.latencies.accept)
      add(.acceptService, stage.latencies.acceptService)
      addIfAny(.reject, stage.latencies.reject)
      add(.slip, stage.latencies.slip)
      add(.connectionWait, stage.latencies.connectionWait)
      add(.completion, stage.intervals.completion)
      add(.queueWait, stage.intervals.queueWait)
      add(.processing, stage.intervals.processing)
      add(.turnaround, stage.intervals.turnaround)
    }

    /// The same, but with our own lag subtracted from the figures on which thresholds may be set.
    init(withoutLag stage: StageBooks.Book) {
      self.init(stage)
      add(stage.withoutLag)
    }

    /// A kind of request that was never made gets no entry.
    private mutating func addIfAny(_ name: LatencyName, _ series: LatencySeries) {
      if !series.observed.isEmpty || !series.censored.isEmpty { add(name, series) }
    }

    private mutating func add(_ name: LatencyName, _ series: LatencySeries) {
      latency[name.rawValue] = LatencyFigures(observed: series.observed, censored: series.censored)
      histograms[HistogramName.observed(name)] = Histogram(series.observed)
      histograms[HistogramName.censored(name)] = Histogram(series.censored)
    }

    private mutating func add(_ name: IntervalName, _ series: IntervalSeries) {
      intervals[name.rawValue] = IntervalFigures(lower: series.lower, upper: series.upper, censored: series.censored)
      histograms[HistogramName.lower(name)] = Histogram(series.lower)
      histograms[HistogramName.upper(name)] = Histogram(series.upper)
      histograms[HistogramName.censored(name)] = Histogram(series.censored)
    }
  }
}

extension Summary.Blocks {
  init(_ blocks: Blocks) {
    let first = blocks.first ?? 0
    self.init(
      seconds: blocks.seconds,
      items: blocks.items.enumerated().map { offset, block in
        Summary.Block(
          t: (first + offset) * blocks.seconds, scheduled: block.scheduled, submitted: block.submitted,
          accepted: block.accepted, rejected: block.rejected, errored: block.errored, ambiguous: block.ambiguous,
          completedEarliest: block.completedEarliest, completedLatest: block.completedLatest, polls: block.polls,
          slipMax: Double(block.slipMax) / 1e9, accept: Self.pairs(block.accept),
          completionLower: Self.pairs(block.completionLower), completionUpper: Self.pairs(block.completionUpper))
      })
  }

  private static func pairs(_ histogram: CoarseHistogram) -> [Summary.Pair] {
    histogram.buckets.map { Summary.Pair(index: $0.index, count: $0.count) }
  }
}

extension Summary.Rates {
  init(_ ledger: Ledger) {
    func rate(_ count: Int, over seconds: Double) -> Double? { seconds > 0 ? Double(count) / seconds : nil }
    let (load, window) = (ledger.load, ledger.load.seconds)
    self.init(
      offered: rate(load.due, over: window), accepted: rate(load.tally.accepted, over: window),
      completed: rate(load.tally.completed, over: window), polls: rate(load.tally.polls, over: window),
      requests: rate(load.tally.requests, over: window),
      completedWholeRun: rate(ledger.counts[.completed], over: ledger.wholeRun), pollsWholeRun: rate(ledger.polls, over: ledger.wholeRun))
  }
}

extension Summary.ErrorCount {
  static func list(_ failures: FailureCounts) -> [Summary.ErrorCount] {
    failures.sorted.map { key, entry in
      Summary.ErrorCount(
        phase: key.phase.rawValue, kind: key.kind.rawValue, status: key.status, count: entry.count, example: entry.example)
    }
  }
}
