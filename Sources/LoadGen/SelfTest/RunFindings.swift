import Shared

/// What is wrong with a simulated run, in words; empty where everything holds that must hold for any run.
package struct RunFindings {
  package private(set) var all: [String] = []
  /// The outcome of the run.
  let result: Simulation.Result
  let settings: Simulation.Settings
  let scenario: Scenario

  /// More events than any random run needs: one that has more goes round in circles.
  private static let mostEvents = 2_000_000

  /// Makes the run and checks it, and where nothing is wrong and the run has a lie, once more with the lie.
  package init(_ run: RandomRun) throws {
    let scenario = try run.scenario()
    try self.init(run.simulation(scenario), of: scenario)
    if all.isEmpty, let lie = run.lie { all += unseenLie(lie) }
  }

  /// Makes the run and checks it.
  init(_ settings: Simulation.Settings, of scenario: Scenario) throws {
    (self.settings, self.scenario) = (settings, scenario)
    result = Simulation(settings).outcome(most: Self.mostEvents)
    all += result.leftBehind
    if let refusal = result.refusal {
      // If a login is refused, or lost on the way, the run ends before it begins.
      if !mayLoseLogins { all.append("it did not begin: \(refusal.example)") }
      expect(result.run.ledger.counts.scheduled, 0, "orders of a run that did not begin")
      return
    }
    checkBooks(result)
    checkRates(result)
    checkSeries(result)
    checkTruth(result)
    checkAudit(result)
    try checkVerdict(result)
    all += Self.lateness(result.run.ledger, settings.generator)
  }

  /// Whether nobody else sends orders to the system.
  private var isExclusive: Bool { settings.system.othersOrders == nil }

  /// Whether the answer to a login may be late or missing.
  private var mayLoseLogins: Bool { !scenario.accounts.isEmpty && (!isUntroubled || scenario.requestTimeout < .milliseconds(100)) }

  /// Whether every request is answered in time.
  private var isCalm: Bool {
    isUntroubled && settings.generator.interruptAt == nil && settings.system.tokenLifetime == nil && scenario.requestTimeout >= .seconds(10)
  }

  /// Whether nothing goes wrong in the system, or on the way to it.
  private var isUntroubled: Bool { settings.system.faults.isEmpty && settings.system.stalls.isEmpty && settings.system.restarts.isEmpty }

  /// The most orders that the system may hide although they exist.
  private var hidden: Int {
    if let every = settings.system.hidesEvery { return result.books.total / every + 1 }
    return settings.system.faults[.notFound] > 0 ? result.books.total : 0
  }

  private mutating func expect(_ left: Int, _ right: Int, _ what: String) {
    if left != right { all.append("\(what): \(left) and \(right)") }
  }

  /// The equations of docs/measurement.md, "Conservation": no order is forgotten, and none reported twice.
  private mutating func checkBooks(_ result: Simulation.Result) {
    let counts = result.run.ledger.counts
    expect(counts.scheduled, counts.submitted + counts[.notSent], "scheduled = submitted + not sent")
    expect(
      counts.submitted, counts.accepted + counts[.rejected] + counts[.errored] + counts[.ambiguous],
      "submitted = accepted + rejected + errored + ambiguous")
    expect(
      counts.accepted, counts[.completed] + counts[.cancelled] + counts[.failed] + counts.unfinished,
      "accepted = completed + cancelled + failed + unfinished")
    let stories = result.stories
    expect(counts.scheduled, stories.scheduled.count + stories.passedOver, "orders in the books, and orders that were told of")
    let attempts = counts.submitted + counts.resubmitted
    if result.sent[.create] ?? 0 > attempts {
      all.append("\(result.sent[.create] ?? 0) creates were sent, of \(attempts) that are counted")
    }
    if stories.earlyPolls > 0 { all.append("\(stories.earlyPolls) polls came sooner than their policy allows") }
    // A search in a list asks for a pause between two walks, and not for a gap between polls.
    if isUntroubled, settings.generator.busy == 0, settings.system.tokenLifetime == nil, scenario.dialect.status.source != .list {
      let postponed = PollDelay.allCases.reduce(0) { $0 + result.run.ledger.pollGaps[$1] }
      if stories.latePolls > postponed { all.append("\(stories.latePolls) polls came later than asked for, and \(postponed) were held up") }
    }
    if stories.created != stories.scheduled { all.append("not every order that was taken up was answered or given up, once") }
    if stories.settled != stories.scheduled { all.append("not every order's story ended, once") }
    if counts[.lost] > (scenario.dialect.assumptions.readYourWrites ? hidden : 0) {
      all.append("\(counts[.lost]) orders are said to be lost")
    }
    if counts.resubmitted > result.expired {
      all.append("\(counts.resubmitted) creates were sent again, and \(result.expired) tokens refused")
    }
    checkBlocks(result.run.ledger)
    if !result.run.wasInterrupted, !result.run.wasRefused {
      checkPlan(stories)
      checkDue(result)
    }
    guard isExclusive else { return }
    let total = result.books.total - settings.system.ordersBefore
    let beside = RequestKind.sideRequests.filter(\.isCreate).reduce(0) { sum, what in
      sum + result.run.ledger.traffic[what].contrary + result.run.ledger.traffic[what].unclear
    }
    if total < counts.accepted { all.append("\(counts.accepted) accepted orders, of which the system has \(total)") }
    if !result.run.wasInterrupted, total > counts.accepted + counts[.ambiguous] + beside {
      all.append("the system has \(total) orders, more than the \(counts.accepted) accepted and \(counts[.ambiguous]) ambiguous ones")
    }
  }

  /// The blocks add up to the whole run.
  private mutating func checkBlocks(_ ledger: Ledger) {
    let (counts, blocks) = (ledger.counts, ledger.blocks.items)
    func sum(_ figure: (Blocks.Block) -> Int) -> Int { blocks.reduce(0) { $0 + figure($1) } }
    expect(sum(\.scheduled), counts.scheduled, "orders scheduled in blocks, and in all")
    expect(sum(\.submitted), counts.submitted, "orders submitted in blocks, and in all")
    expect(sum(\.accepted), counts.accepted, "orders accepted in blocks, and in all")
    expect(sum(\.rejected), counts[.rejected], "orders rejected in blocks, and in all")
    expect(sum(\.errored), counts[.errored], "orders errored in blocks, and in all")
    expect(sum(\.ambiguous), counts[.ambiguous], "orders ambiguous in blocks, and in all")
    expect(sum(\.completedEarliest), counts[.completed], "earliest ends in blocks, and orders completed")
    expect(sum(\.completedLatest), counts[.completed], "latest ends in blocks, and orders completed")
    expect(sum(\.polls), ledger.polls, "polls in blocks, and in all")
  }

  /// The plan's orders were all taken up, and no others.
  private mutating func checkPlan(_ stories: Stories) {
    guard let orders = scenario.orders, scenario.duration == nil else { return }
    let scheduled = stories.scheduled.count + stories.passedOver
    switch scenario.load {
    case .stages, .recorded:
      // Stages and recorded times may end before the limit on orders.
      if scheduled > orders { all.append("\(scheduled) orders were scheduled, of at most \(orders)") }
    case .open, .closed:
      guard stories.passedOver == 0 else { return expect(scheduled, orders, "orders scheduled, and planned") }
      var planned = Stories.Sum()
      for index in 0..<UInt64(orders) { planned.add(index) }
      if stories.scheduled != planned {
        all.append("\(stories.scheduled.count) orders were scheduled, and not those that were planned: \(orders)")
      }
    }
  }

  /// The orders of an open load are due when the plan says, whatever the client does, and are counted in the block of that time.
  private mutating func checkDue(_ result: Simulation.Result) {
    let ledger = result.run.ledger
    // Orders that are given up all at once count as due at the beginning of their stretch of time.
    guard scenario.load.isOpen, result.stories.passedOver == 0, let zero = ledger.load.began else { return }
    var plan = scenario.plan(LoopShare(index: 0, count: 1))
    var due = Stories.Sum()
    var planned: [Int: Int] = [:]
    while let arrival = plan.next() {
      due.add(arrival.index, due: zero + arrival.due)
      planned[Int((zero + arrival.due).nanoseconds / 1_000_000_000) / ledger.blocks.seconds, default: 0] += 1
    }
    if result.stories.due != due { all.append("orders were due at other times than those of the plan") }
    for (offset, block) in ledger.blocks.items.enumerated() {
      let number = (ledger.blocks.first ?? 0) + offset
      expect(block.scheduled, planned[number] ?? 0, "orders scheduled in block \(number), and planned")
    }
  }

  /// Rates are counted over the length of the load's plan, and what happened in it is the sum of what happened in its stages.
  private mutating func checkRates(_ result: Simulation.Result) {
    let ledger = result.run.ledger
    let (load, books) = (ledger.load, ledger.stages.books)
    for (whole, part, what) in [
      (load.due, \StageBooks.Book.due, "due"), (load.tally.accepted, \.tally.accepted, "accepted"),
      (load.tally.completed, \.tally.completed, "completed"), (load.tally.polls, \.tally.polls, "polled"),
      (load.tally.requests, \.tally.requests, "asked for"), (ledger.counts.scheduled, \.counts.scheduled, "scheduled"),
      (ledger.counts.accepted, \.counts.accepted, "accepted in all"), (ledger.counts[.completed], \.counts[.completed], "completed in all"),
    ] as [(Int, KeyPath<StageBooks.Book, Int>, String)] where !books.isEmpty {
      expect(books.reduce(0) { $0 + $1[keyPath: part] }, whole, "what was \(what) in the stages, and in the load")
    }
    guard scenario.load.isOpen, result.stories.passedOver == 0, !result.run.wasInterrupted, let planned = scenario.arrivalSpan else {
      return
    }
    let (warmup, end) = (scenario.warmup.nanoseconds, Int64((planned * 1e9).rounded(.up)))
    var plan = scenario.plan(LoopShare(index: 0, count: 1))
    var due = 0
    while let arrival = plan.next() { if arrival.due >= warmup, arrival.due <= end { due += 1 } }
    expect(load.due, due, "orders due in the load window, and planned")
    let offered = Summary.Rates(ledger).offered ?? 0
    let length = max(0, planned - scenario.warmup.seconds)
    if abs(offered * length - Double(due)) > 1e-6, length > 0 {
      all.append("\(offered) orders/s offered, and \(due) in \(length) s planned")
    }
  }

  /// Nothing is missing from a latency: what did not end is censored.
  private mutating func checkSeries(_ result: Simulation.Result) {
    let ledger = result.run.ledger
    let (stories, latencies) = (result.stories, ledger.latencies)
    func count(_ series: LatencySeries) -> Int { Int(series.observed.count + series.censored.count) }
    expect(count(latencies.slip), stories.measured, "slips, and measured orders")
    expect(count(latencies.accept) + count(latencies.reject), stories.measured, "accept and reject latencies, and measured orders")
    expect(count(latencies.connectionWait), stories.measured, "waits for a connection, and measured orders")
    expect(
      count(latencies.acceptService) + count(latencies.reject), stories.sent,
      "accept service and reject latencies, and orders that were sent")
    for (name, series) in [
      ("completion", ledger.intervals.completion), ("queue wait", ledger.intervals.queueWait), ("processing", ledger.intervals.processing),
      ("turnaround", ledger.intervals.turnaround),
    ] {
      expect(Int(series.lower.count), Int(series.upper.count), "lower and upper ends of \(name)")
      let timed = scenario.follows ? stories.timed : 0
      expect(Int(series.lower.count + series.censored.count), timed, "\(name) intervals, and orders that have one")
    }
    checkWithoutLag(ledger, stories)
    // Where a list is searched, a page counts as a poll.
    let polls = (result.sent[.poll] ?? 0) + (result.sent[.listPoll] ?? 0)
    expect(count(latencies.poll), polls, "poll latencies, and polls")
    let gaps = ledger.pollGaps.adapted ?? scenario.poll.first...scenario.poll.first
    if gaps.lowerBound < scenario.poll.first || gaps.upperBound > scenario.poll.longest || (!scenario.poll.isAdaptive && gaps.count > 1) {
      all.append("the gap between polls was \(gaps.lowerBound) to \(gaps.upperBound) ns, which is not \(scenario.poll)")
    }
    if let most = scenario.maxPolls {
      let allowed = Int(most.perSecond * result.run.ended.seconds) + scenario.eventLoops
      if polls > allowed { all.append("\(polls) polls, of at most \(allowed)") }
    }
    for series in LatencyName.others {
      let sent = RequestKind.allCases.reduce(0) { $0 + ($1.series == series ? result.sent[$1] ?? 0 : 0) }
      expect(count(latencies[series]), sent, "\(series.rawValue) latencies, and requests")
    }
  }

  /// The latencies and durations without our own lag, which exist where a verdict depends on them, are of the same orders.
  private mutating func checkWithoutLag(_ ledger: Ledger, _ stories: Stories) {
    func count(_ series: LatencySeries) -> Int { Int(series.observed.count + series.censored.count) }
    let (judged, without) = (settings.ledger.judgesLatencies, ledger.withoutLag)
    expect(count(without.accept) + count(without.reject), judged ? stories.measured : 0, "latencies without lag, and measured orders")
    expect(
      count(without.acceptService) + count(without.reject), judged ? stories.sent : 0,
      "service latencies without lag, and orders that were sent")
    let timed = judged && scenario.follows ? stories.timed : 0
    for series in [without.completion, without.queueWait, without.processing, without.turnaround] {
      expect(Int(series.lower.count), Int(series.upper.count), "lower and upper ends without lag")
      expect(Int(series.lower.count + series.censored.count), timed, "intervals without lag, and orders that have one")
    }
  }

  /// What is said about orders is true.
  private mutating func checkTruth(_ result: Simulation.Result) {
    if let first = result.truth.firstOutside { all.append("\(result.truth.outside) orders are told otherwise than they were: \(first)") }
    let ledger = result.run.ledger
    let takesWrongly = settings.system.faults[.wronglyTaken] > 0
    for what in ledger.traffic.kinds where ledger.traffic[what].contrary > 0 && !(takesWrongly && what.isCreate) {
      all.append("a truthful system is said to have done wrong: \(what.rawValue), \(ledger.traffic[what].contrary) times")
    }
    for what in ledger.traffic.kinds where isCalm && what != .orderMetrics && what != .cancel {
      let unclear = ledger.traffic[what].unclear - tooLate(what, ledger)
      if unclear > 0 { all.append("\(unclear) answers to \(what.rawValue) are said to be unclear, although all were clear") }
    }
    if ledger.orderClaims.outsideCount > 0 { all.append("the true duration of an order is not believed: \(ledger.orderClaims.outside)") }
  }

  /// How many requests may have had no answer in time: those of a system that works on few at a time may wait for any time.
  private func tooLate(_ what: RequestKind, _ ledger: Ledger) -> Int {
    guard settings.system.answerLimit != nil else { return 0 }
    return ledger.failures.sorted.reduce(0) { $1.key.phase == what && $1.key.kind == .timeout ? $0 + $1.entry.count : $0 }
  }

  /// A truthful system is never contradicted, and a lie that the audit says it would see would be seen.
  private mutating func checkAudit(_ result: Simulation.Result) {
    for exclusivity in [Exclusivity.declared, .inferred, .denied] where exclusivity != .declared || isExclusive {
      for check in Self.audit(result, scenario, exclusivity)?.checks ?? [] {
        if AuditCheck.isConformance(check.name) {
          checkConformance(check, result.run.ledger.traffic)
          continue
        }
        // A list that hides orders is not truthful.
        if settings.system.hidesEvery != nil, scenario.dialect.metrics?.source == .list { continue }
        let isWrong = check.verdict == .contradicted || (check.verdict == .unexplained && isExclusive)
        if isWrong { all.append("\(exclusivity): \(check.sentence)") }
        for lie in Self.unseenLies(check) { all.append("\(exclusivity): \(lie)") }
      }
    }
  }

  /// The check is contradicted where requests were accepted that had to be refused, and only there.
  private mutating func checkConformance(_ check: AuditCheck, _ traffic: TrafficCounts) {
    let what: RequestKind? =
      switch check.name {
      case "duplicates taken": .duplicate
      case "invalid orders taken": .invalid
      default: nil
      }
    let isContrary = what.map { traffic[$0].contrary > 0 } ?? false
    if (check.verdict == .contradicted) != isContrary { all.append("\(check.sentence), and it was \(isContrary ? "so" : "not so")") }
  }

  /// The audit of the run, as if the user had said this about exclusivity.
  static func audit(_ result: Simulation.Result, _ scenario: Scenario, _ exclusivity: Exclusivity) -> Audit? {
    AuditedRun(
      result.run.ledger, scrapes: result.run.scrapes, hasBaseline: result.run.hasBaseline, dialect: scenario.dialect,
      exclusivity: exclusivity
    ).map(Audit.init)
  }

  private mutating func checkVerdict(_ result: Simulation.Result) throws {
    let target = try TargetURL(text: scenario.targetText)
    let summary = Summary(RunFacts(result.run, of: scenario, at: target, startedAt: "1970-01-01T00:00:00.000Z"))
    all += Self.falsePasses(summary, scenario, result, settings.system)
  }

  /// Checks that at the tightest reading, a lie slightly greater than the check's resolution would have been seen.
  private static func unseenLies(_ check: AuditCheck) -> [String] {
    guard check.leastLie == nil, check.outside.isEmpty, let resolution = check.resolution,
      let tightest = check.samples.filter({ $0.resolution != nil }).min(by: { ($0.resolution ?? 0) < ($1.resolution ?? 0) })
    else { return [] }
    let least = check.unit == .orders ? resolution : resolution * (1 + 1e-9) + 1e-9
    return [least, -least].compactMap { lie in
      let range = tightest.range.lowerBound + lie...tightest.range.upperBound + lie
      let isSeen = range.upperBound < tightest.bounds.lower || tightest.bounds.upper.map { range.lowerBound > $0 } ?? false
      return isSeen ? nil : "\(check.name) does not see a lie of \(lie) about \(tightest.claim.text), within \(tightest.bounds)"
    }
  }
}
