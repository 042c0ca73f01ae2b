import Shared

@testable import LoadRun

extension Ledger {
  /// All that a ledger says which must not depend on how its orders were dealt out among loops.
  var fingerprint: [String: String] {
    var parts: [String: String] = [
      "scheduled": "\(counts.scheduled)", "submitted": "\(counts.submitted)", "accepted": "\(counts.accepted)",
      "outcomes": "\(OrderOutcome.allCases.map { counts[$0] })", "strays": "\(lateResponses)", "wentBack": "\(wentBackWrongly)",
      "polls": "\(polls)", "requests": "\(requests)", "lastEvent": "\(lastEvent)",
      "own doing": "\(ownDoing)", "failures": "\(failures.sorted.map { "\($0.key) \($0.entry.count)" })",
      "slowest": "\(exemplars.slowest.map { $0.order.turnaround.upper })", "lost": "\(exemplars.lost.map(\.order.index))",
      "back": "\(exemplars.wentBack.map(\.order.index))", "shared ids": "\(sharedIDs.orders) \(sharedIDs.ids)",
    ]
    add("accept", latencies.accept, to: &parts)
    add("acceptService", latencies.acceptService, to: &parts)
    for what in RequestKind.allCases { add(what.rawValue, latencies[what], to: &parts) }
    parts["traffic"] = "\(traffic.kinds.map { ($0, traffic[$0]) })"
    parts["claims"] = "\(orderClaims.count) \(orderClaims.outside)"
    add("slip", latencies.slip, to: &parts)
    add("pollGap", pollGaps.kept, to: &parts)
    add("pollGapAsked", pollGaps.asked, to: &parts)
    parts["pollDelays"] = "\(PollDelay.allCases.map { pollGaps[$0] })"
    add("connectionWait", latencies.connectionWait, to: &parts)
    add("loopLag", latencies.loopLag, to: &parts)
    add("accept without lag", withoutLag.accept, to: &parts)
    for (name, series) in [
      ("completion", intervals.completion), ("queueWait", intervals.queueWait), ("processing", intervals.processing),
      ("turnaround", intervals.turnaround), ("turnaround without lag", withoutLag.turnaround),
    ] { parts[name] = "\(series.lower.print) \(series.upper.print) \(series.censored.print)" }
    parts["blocks"] = "\(blocks.seconds) \(blocks.first ?? 0) \(blocks.items.map(\.print))"
    parts["load"] = "\(load.due) \(load.tally) \(load.seconds) \(load.ended ?? .never) \(wholeRun)"
    addStages(to: &parts)
    addTallies(to: &parts)
    return parts
  }

  private func addStages(to parts: inout [String: String]) {
    for (place, book) in stages.books.enumerated() {
      let outcomes = OrderOutcome.allCases.map { book.counts[$0] }
      parts["stage \(place)"] = "\(book.due) \(book.tally) \(book.counts.scheduled) \(book.counts.accepted) \(outcomes)"
      add("stage \(place) accept", book.latencies.accept, to: &parts)
      add("stage \(place) slip", book.latencies.slip, to: &parts)
      add("stage \(place) accept without lag", book.withoutLag.accept, to: &parts)
      for (name, series) in [("completion", book.intervals.completion), ("turnaround without lag", book.withoutLag.turnaround)] {
        parts["stage \(place) \(name)"] = "\(series.lower.print) \(series.upper.print) \(series.censored.print)"
      }
    }
  }

  private func add(_ name: String, _ series: LatencySeries, to parts: inout [String: String]) {
    parts[name] = "\(series.observed.print) \(series.censored.print)"
  }

  private func addTallies(to parts: inout [String: String]) {
    let count = tallies.windows.count
    parts["windows"] = "\(tallies.windows.map { [$0.sent, $0.received] })"
    parts["total"] = tallies.total.print(count)
    for status in OrderStatus.allCases { parts["tally \(status)"] = tallies.byStatus[status].print(count) }
    for (span, durations) in [("completion", tallies.completion), ("processing", tallies.processing)] {
      parts["sure \(span)"] = "\(durations.sureLower.values(count: count)) \(durations.sureUpper.values(count: count))"
      for index in 0..<count {
        let ends = [durations.maybeLower[index], durations.maybeUpper[index]].map { ($0 ?? Spread()).falling }
        parts["maybe \(span) \(index)"] = "\(ends.map { $0.map { "\($0.bucket.index) \($0.count)" } })"
      }
    }
    parts["neverSeenToEnd"] = "\(tallies.neverSeenToEnd.values(count: count)) \(tallies.firstNeverSeenToEnd)"
  }
}

extension LatencyHistogram {
  fileprivate var print: String { "\(buckets.map { "\($0.index):\($0.count)" }) \(min ?? 0) \(max ?? 0)" }
}

extension ScrapeTallies.Count {
  fileprivate func print(_ count: Int) -> String { "\(lower.values(count: count)) \(upper.values(count: count))" }
}

extension Blocks.Block {
  var print: String {
    let counts = [scheduled, submitted, accepted, rejected, errored, ambiguous, completedEarliest, completedLatest, polls, Int(slipMax)]
    return "\(counts) \(accept.buckets) \(completionLower.buckets) \(completionUpper.buckets)"
  }
}
