import Shared

/// What no run can have written, although it can be read: reports compute with these figures, and would go astray, or never end.
extension Summary {
  /// More than any run can count, and few enough that sums of counts are exact.
  static let mostCounted = 100_000_000_000_000

  /// More seconds than any run lasts, and more of anything per second than any run does.
  static let longest = 1e17

  /// The most thresholds, errors, claims and other entries of one list.
  static let mostEntries = 10_000

  /// The most blocks, and the most readings of one claim.
  static let mostPieces = 720

  /// What is wrong first, in a sentence that names the place and what would be right; `nil` where nothing is.
  var fault: String? {
    entriesFault ?? countsFault ?? timesFault ?? histogramsFault(histograms, "histograms") ?? blocks.fault ?? stagesFault
  }

  private var entriesFault: String? {
    let lists: [(String, Int, Int)] =
      [
        ("outcomes", outcomes.count, Self.mostEntries), ("run.labels", run.labels.count, Self.mostEntries),
        ("scenario", scenario.count, Self.mostEntries), ("latency", latency.count, Self.mostEntries),
        ("intervals", intervals.count, Self.mostEntries), ("histograms", histograms.count, Self.mostEntries),
        ("stages", stages.count, Self.mostEntries), ("errors", errors.count, Self.mostEntries),
        ("traffic", traffic.count, Self.mostEntries), ("audit.checks", audit.checks.count, Self.mostEntries),
        ("thresholds", thresholds.count, Self.mostEntries), ("generator.reasons", generator.reasons.count, Self.mostEntries),
        ("exemplars", exemplars.count, Self.mostEntries), ("blocks.items", blocks.items.count, Self.mostPieces),
      ] + audit.checks.map { ("audit.checks.series", $0.series.count, Self.mostPieces) }
      + exemplars.map { ("exemplars.events", $0.events.count, Self.mostEntries) }
    guard let (name, count, most) = lists.first(where: { $0.1 > $0.2 }) else { return nil }
    return "the summary's '\(name)' has \(count) entries; at most \(most) would be right"
  }

  private var countsFault: String? {
    var counts = orders.named + latency.flatMap { $1.counts("latency.\($0)") } + intervals.flatMap { $1.counts("intervals.\($0)") }
    counts += errors.map { ("errors.count", $0.count) }
    counts += thresholds.compactMap(\.certainty).flatMap { certainty in
      [certainty.count, certainty.beyondLower, certainty.beyondUpper, certainty.needed ?? 0].map { ("thresholds.certainty", $0) }
    }
    counts += traffic.flatMap { kind in
      [kind.requests, kind.asExpected, kind.contrary, kind.unclear].map { ("traffic", $0) }
    }
    counts += [("audit.samples", audit.samples)] + audit.checks.flatMap { [("audit.checks", $0.samples), ("audit.checks", $0.outside)] }
    if let polls {
      counts += [("polls.count", polls.count), ("polls.requests", polls.requests)] + polls.delayed.map { ("polls.delayed", $1) }
      counts += polls.service.map { [("polls.service.creates_queued", $0.createsQueued)] } ?? []
    }
    counts += cookies.map { [("cookies.answers", $0.answers)] } ?? []
    counts += endsByCounts.map { [("ends_by_counts.orders", $0.orders)] } ?? []
    counts += simulation.map { $0.completion.counts("simulation.completion") + [("simulation.outside", $0.outside)] } ?? []
    counts += [("environment.cores", environment.cores), ("generator.event_loops", generator.eventLoops)]
    if let bytes = generator.peakMemoryBytes, bytes < 0 { return Self.fault("generator.peak_memory_bytes", bytes) }
    return counts.lazy.compactMap(Self.fault).first
  }

  private var timesFault: String? {
    var times: [(String, Double?)] = [
      ("run.duration", run.duration), ("run.warmup", run.warmup), ("run.load_window", run.loadWindow),
      ("run.drain_window", run.drainWindow), ("run.load_began", run.loadBegan),
      ("generator.cpu_seconds", generator.cpuSeconds), ("generator.busy_share", generator.busyShare),
      ("rates.offered", rates.offered), ("rates.accepted", rates.accepted), ("rates.completed", rates.completed),
      ("rates.polls", rates.polls), ("rates.requests", rates.requests),
      ("rates.completed_whole_run", rates.completedWholeRun), ("rates.polls_whole_run", rates.pollsWholeRun), ("polls.share", polls?.share),
      ("polls.adapted", polls?.adapted?.shortest), ("polls.adapted", polls?.adapted?.longest),
      ("polls.service", polls?.service?.creates), ("polls.service", polls?.service?.polls),
      ("polls.service", polls?.service?.pollsWhileCreating), ("simulation.mean_wait", simulation?.meanWait),
      ("simulation.utilisation", simulation?.utilisation),
    ]
    times += latency.flatMap { name, figures in figures.values.all.map { ("latency.\(name)", $0) } }
    times += intervals.flatMap { name, figures in (figures.lower.all + figures.upper.all).map { ("intervals.\(name)", $0) } }
    times += exemplars.flatMap { $0.events.map { ("exemplars.events.t", $0.t) } }
    times += audit.checks.flatMap { [("audit.checks.first_at", $0.firstAt)] + $0.series.map { ("audit.checks.series", $0.t) } }
    times += thresholds.map { ("thresholds.first_at", $0.firstAt) }
    times += thresholds.compactMap(\.certainty).flatMap {
      [("thresholds.certainty", $0.confidence), ("thresholds.certainty", $0.effective)]
    }
    let lengths: [(String, Double?)] = [
      ("run.duration", run.duration), ("run.warmup", run.warmup), ("run.load_window", run.loadWindow),
      ("run.drain_window", run.drainWindow),
      ("run.load_began", run.loadBegan), ("rates.offered", rates.offered), ("rates.accepted", rates.accepted),
      ("rates.completed", rates.completed), ("rates.polls", rates.polls), ("rates.requests", rates.requests),
    ]
    if let (name, value) = lengths.first(where: { $0.1 ?? 0 < 0 }) {
      return "the summary's '\(name)' is \(value ?? 0), which no run can have: it is 0 at least"
    }
    if UInt64(run.seed) == nil {
      return "the summary's 'run.seed' is '\(Legible.line(run.seed, limit: 40))': a whole number from 0 to \(UInt64.max) would be right"
    }
    return times.lazy.compactMap(Self.fault).first
  }

  private var stagesFault: String? {
    for stage in stages {
      let counts =
        [("stages.stage", stage.stage)] + stage.orders.named.map { ("stages.\($0)", $1) }
        + stage.latency.flatMap { $1.counts("stages.latency.\($0)") } + stage.intervals.flatMap { $1.counts("stages.intervals.\($0)") }
      let rates = stage.rates
      let times: [(String, Double?)] =
        [
          ("stages.begins", stage.begins), ("stages.window", stage.window), ("stages.rates", rates.offered),
          ("stages.rates", rates.accepted),
          ("stages.rates", rates.completed), ("stages.rates", rates.polls), ("stages.rates", rates.requests),
        ] + stage.latency.flatMap { name, figures in figures.values.all.map { ("stages.latency.\(name)", $0) } }
        + stage.intervals.flatMap { name, figures in (figures.lower.all + figures.upper.all).map { ("stages.intervals.\(name)", $0) } }
      let fault =
        counts.lazy.compactMap(Self.fault).first ?? times.lazy.compactMap(Self.fault).first
        ?? histogramsFault(stage.histograms, "stages.histograms")
      if let fault { return fault }
    }
    return nil
  }

  private func histogramsFault(_ histograms: [String: Histogram], _ place: String) -> String? {
    let impossible = histograms.filter { !$0.value.isPossible }.keys
    guard let name = impossible.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else { return nil }
    return
      "the summary's '\(place).\(name)' is no histogram that a run can have: its counts, its sum, its least and greatest value must fit "
      + "one another; the summary of the run as it was written would be right"
  }

  private static func fault(_ name: String, _ count: Int) -> String? {
    (0...mostCounted).contains(count)
      ? nil : "the summary's '\(name)' is \(count), which no run can count: a whole number from 0 to \(mostCounted) would be right"
  }

  private static func fault(_ name: String, _ value: Double?) -> String? {
    guard let value, !(abs(value) <= longest) else { return nil }
    return "the summary's '\(name)' is \(value), which no run can have: a number up to \(longest) would be right"
  }
}

extension Summary.LatencyFigures {
  fileprivate func counts(_ name: String) -> [(String, Int)] { [(name, count), (name, censored)] }
}

extension Summary.IntervalFigures {
  fileprivate func counts(_ name: String) -> [(String, Int)] { [(name, count), (name, censored)] }
}

extension Summary.Distribution {
  fileprivate var all: [Double?] { [min, mean, p50, p90, p95, p99, p999, max] }
}

extension Summary.Histogram {
  /// Whether it can hold what it says. A sum may be off by what adding up that many numbers costs.
  fileprivate var isPossible: Bool {
    guard let histogram, histogram.count <= UInt64(Summary.mostCounted), sum.isFinite else { return false }
    guard let least = histogram.min, let greatest = histogram.max else { return true }
    let count = Double(histogram.count)
    return sum >= Double(least) * count * (1 - 1e-3) && sum <= Double(greatest) * count * (1 + 1e-3)
  }
}

extension Summary.Blocks {
  /// Later than any run: the end of the year 9999.
  private static let latest = 253_402_300_800

  fileprivate var fault: String? {
    guard (1...1_000_000_000).contains(seconds) else {
      return "the summary's 'blocks.seconds' is \(seconds), which is no length: a whole number from 1 up would be right"
    }
    guard items.allSatisfy({ (0...Self.latest).contains($0.t) }), zip(items, items.dropFirst()).allSatisfy({ $0.t < $1.t }) else {
      return "the summary's 'blocks.items' are not by rising 't', in seconds of Unix time"
    }
    guard items.allSatisfy(\.isPossible) else {
      return "the summary's 'blocks.items' have counts that no run can have: the summary of the run as it was written would be right"
    }
    return nil
  }
}

extension Summary.Block {
  fileprivate var isPossible: Bool {
    let counts = [scheduled, submitted, accepted, rejected, errored, ambiguous, completedEarliest, completedLatest, polls]
    return counts.allSatisfy { (0...Summary.mostCounted).contains($0) } && !(abs(slipMax ?? 0) > Summary.longest)
      && [accept, completionLower, completionUpper].allSatisfy(\.isPossible)
  }
}

extension [Summary.Pair] {
  private static let indices = 0...HistogramBucket(holding: LatencyHistogram.highestValue).index

  fileprivate var isPossible: Bool {
    let most = UInt64(Summary.mostCounted)
    var total: UInt64 = 0
    for pair in self {
      guard Self.indices.contains(pair.index), (1...most).contains(pair.count) else { return false }
      total += pair.count
      if total > most { return false }
    }
    return zip(self, dropFirst()).allSatisfy { $0.index < $1.index }
  }
}
