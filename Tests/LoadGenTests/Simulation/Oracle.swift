import Shared

@testable import LoadRun

/// What a run's books must be, by the orders' stories and `docs/measurement.md` alone: it shares no code with the ledger and the audit.
struct Oracle {
  private(set) var findings: [String] = []
  private let stories: [SimulatedTranscript.Story]
  private let ledger: Ledger
  private let scenario: Scenario
  private let began: Instant
  private let ended: Instant

  init(_ result: Simulation.Result, _ scenario: Scenario) {
    ledger = result.run.ledger
    self.scenario = scenario
    stories = result.transcript?.stories ?? []
    began = ledger.load.began ?? Instant(0)
    ended = ledger.load.ended ?? .never
    guard ledger.load.began != nil, result.stories.passedOver == 0 else { return }
    checkCounts()
    checkDurations()
    checkWindow()
    checkStages()
    checkSeries(result.sent)
  }

  private mutating func expect(_ told: Int, _ right: Int, _ what: String) {
    if told != right { findings.append("\(what): \(told), and in truth \(right)") }
  }

  private mutating func checkCounts() {
    expect(ledger.counts.scheduled, stories.count, "orders scheduled")
    expect(Set(stories.map(\.order.index)).count, stories.count, "orders that are told of")
    for outcome in OrderOutcome.allCases {
      expect(ledger.counts[outcome], stories.count { $0.outcome == outcome }, "orders that are \(outcome)")
    }
    expect(ledger.counts.accepted, stories.count(where: wasAccepted), "orders accepted")
    expect(ledger.counts.submitted, stories.count { $0.outcome != .notSent }, "orders submitted")
  }

  private func isMeasured(_ story: SimulatedTranscript.Story) -> Bool { story.order.due - began >= scenario.warmup.nanoseconds }

  /// "What is known of one order": between which durations it lies, in nanoseconds.
  private func bounds(_ order: OrderHistory) -> [(what: String, lower: Int64, upper: Int64?)] {
    func lower(_ from: Instant, _ to: Instant) -> Int64 { from == .never || to == .never ? 0 : max(0, to - from) }
    func upper(_ from: Instant, _ to: Instant) -> Int64? { from == .never || to == .never ? nil : max(0, to - from) }
    let (last, pending) = (order.lastUnfinishedSent, order.lastPendingSent)
    return [
      ("completion", lower(order.createReceived, last), upper(order.createSent, order.endedReceived)),
      ("queue wait", lower(order.createReceived, pending), upper(order.createSent, order.startedReceived)),
      ("processing", lower(order.startedReceived, last), upper(pending, order.endedReceived)),
      ("turnaround", lower(order.due, last), upper(order.due, order.endedReceived)),
    ]
  }

  /// They hold the truth, and are what the ledger has.
  private mutating func checkDurations() {
    let told = [ledger.intervals.completion, ledger.intervals.queueWait, ledger.intervals.processing, ledger.intervals.turnaround]
    var kept = told.map { _ in (lower: LatencyHistogram(), upper: LatencyHistogram(), censored: 0) }
    for story in stories {
      let bounds = bounds(story.order)
      if wasAccepted(story), ![.cancelled, .failed].contains(story.outcome), isMeasured(story), scenario.follows {
        for (place, bound) in bounds.enumerated() {
          if let upper = bound.upper {
            kept[place].lower.record(bound.lower)
            kept[place].upper.record(upper)
          } else {
            kept[place].censored += 1
          }
        }
      }
      guard let truth = story.truth, scenario.follows else { continue }
      let hasBegun = truth.started != .never
      for (place, (begin, end)) in [
        (truth.created, truth.ended), (truth.created, truth.started), (truth.started, truth.ended), (story.order.due, truth.ended),
      ].enumerated() {
        // A start that came to nothing, and that no poll saw undone, cannot be told from the one that counts.
        if place == 1 || place == 2, truth.wasRequeued || !hasBegun { continue }
        let lasted = end == .never ? Int64.max : end - begin
        if lasted < bounds[place].lower || bounds[place].upper.map({ lasted > $0 }) ?? false {
          findings.append("\(bounds[place].what) of order \(story.order.index) was \(lasted), not in \(bounds[place])")
        }
      }
    }
    for (place, series) in told.enumerated() {
      let same = series.lower.buckets.elementsEqual(kept[place].lower.buckets) { $0.index == $1.index && $0.count == $1.count }
      let alike = series.upper.buckets.elementsEqual(kept[place].upper.buckets) { $0.index == $1.index && $0.count == $1.count }
      if !same || !alike { findings.append("interval \(place) is of other durations") }
      expect(Int(series.censored.count), kept[place].censored, "censored of interval \(place)")
    }
  }

  private func isInWindow(_ instant: Instant) -> Bool { instant >= began + scenario.warmup.nanoseconds && instant <= ended }

  private func wasAccepted(_ story: SimulatedTranscript.Story) -> Bool {
    ![.notSent, .rejected, .errored, .ambiguous].contains(story.outcome)
  }

  private mutating func checkWindow() {
    expect(ledger.load.due, stories.count { isInWindow($0.order.due) }, "orders due in the window")
    expect(ledger.load.tally.accepted, stories.count { wasAccepted($0) && isInWindow($0.order.createReceived) }, "orders accepted in it")
    expect(
      ledger.load.tally.completed, stories.count { $0.outcome == .completed && isInWindow($0.order.endedReceived) },
      "orders completed in it")
  }

  private mutating func checkStages() {
    var from = began
    for (place, (plan, book)) in zip(scenario.stagePlans, ledger.stages.books).enumerated() {
      let to = began + plan.ends
      let isLast = place == scenario.stagePlans.count - 1
      func holds(_ instant: Instant) -> Bool { instant >= from && (instant < to || (isLast && instant == to)) }
      let own = stories.filter { holds($0.order.due) }
      for outcome in OrderOutcome.allCases {
        expect(book.counts[outcome], own.count { $0.outcome == outcome }, "orders of stage \(place + 1) that are \(outcome)")
      }
      expect(book.due, own.count { isInWindow($0.order.due) }, "orders due in stage \(place + 1) and the window")
      func during(_ instant: Instant) -> Bool { holds(instant) && isInWindow(instant) }
      expect(book.tally.accepted, stories.count { wasAccepted($0) && during($0.order.createReceived) }, "accepted in stage \(place + 1)")
      expect(
        book.tally.completed, stories.count { $0.outcome == .completed && during($0.order.endedReceived) },
        "completed in stage \(place + 1)")
      let refused = own.count { isMeasured($0) && $0.outcome == .rejected }
      expect(count(book.latencies.accept), own.count(where: isMeasured) - refused, "accept latencies of stage \(place + 1)")
      from = to
    }
  }

  private func count(_ series: LatencySeries) -> Int { Int(series.observed.count + series.censored.count) }

  private mutating func checkSeries(_ requests: [RequestKind: Int]) {
    let measured = stories.filter(isMeasured)
    let refused = measured.count { $0.outcome == .rejected }
    let written = measured.count { $0.order.createSent != .never }
    let latencies = ledger.latencies
    expect(count(latencies.slip), measured.count, "slips")
    expect(count(latencies.accept), measured.count - refused, "accept latencies")
    expect(count(latencies.acceptService), written - refused, "accept latencies from the sending")
    expect(count(latencies.reject), refused, "reject latencies")
    expect(count(latencies.connectionWait), measured.count, "waits for a connection")
    func sent(_ kinds: RequestKind...) -> Int { kinds.reduce(0) { $0 + (requests[$1] ?? 0) } }
    expect(count(latencies.poll), sent(.poll, .listPoll), "latencies of polls")
    expect(count(latencies[.login]), sent(.register, .login, .refresh), "latencies of logins")
    for what in [RequestKind.metrics, .cancel, .duplicate, .invalid, .list, .orderMetrics] {
      expect(count(latencies[what]), sent(what), "latencies of \(what)")
    }
  }
}
