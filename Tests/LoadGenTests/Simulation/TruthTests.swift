import Shared
import Testing

@testable import LoadRun

@Suite("The client side tells the truth")
struct TruthTests {
  @Test(
    "Whatever befalls a run, it ends, its books balance, its intervals hold the truth, and a truthful target is not contradicted",
    arguments: Seeds.blocks(60, of: 10))
  func holdsForEverySeed(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let run = try VirtualRun(try .random(seed: seed))
      let findings = run.endFindings + run.bookFindings + run.intervalFindings + run.windowFindings + run.auditFindings + run.mergeFindings
      #expect(findings.isEmpty, "seed \(seed): \(findings.prefix(5).joined(separator: "; "))")
    }
  }
}

/// What is wrong with a run, in words; nothing where all holds.
extension VirtualRun {
  /// It comes to an end by itself, and leaves nothing behind.
  var endFindings: [String] {
    var found: [String] = []
    if !ended { found.append("it did not end") }
    if drained.count != loops.count, refusal == nil { found.append("only the loops \(drained.sorted()) drained") }
    for (index, loop) in loops.enumerated() {
      if loop.outstanding > 0 { found.append("loop \(index) still has \(loop.outstanding) orders in hand") }
      if loop.afterEnd > 0 { found.append("loop \(index) asked for \(loop.afterEnd) things after the end") }
      if !loop.lines.isEmpty { found.append("loop \(index) still has connections \(loop.lines.keys.sorted())") }
    }
    return found
  }

  /// The equations of docs/measurement.md, "Conservation", and that nothing is dropped from a latency.
  var bookFindings: [String] {
    var found: [String] = []
    func expect(_ left: Int, _ right: Int, _ what: String) { if left != right { found.append("\(what): \(left) and \(right)") } }
    let ledger = merged()
    let counts = ledger.counts
    expect(counts.scheduled, common.stories.count, "scheduled, and the orders that were told of")
    expect(counts.scheduled, counts.submitted + counts[.notSent], "scheduled = submitted + not sent")
    expect(
      counts.submitted, counts.accepted + counts[.rejected] + counts[.errored] + counts[.ambiguous],
      "submitted = accepted + rejected + errored + ambiguous")
    expect(
      counts.accepted, counts[.completed] + counts[.cancelled] + counts[.failed] + counts.unfinished,
      "accepted = completed + cancelled + failed + unfinished")
    for (index, story) in common.stories {
      if story.scheduled != 1 || story.created != 1 || story.settled.count != 1 {
        found.append("order \(index) was scheduled \(story.scheduled), created \(story.created), settled \(story.settled.count) times")
      }
    }
    if scenario.stopsAt == nil, refusal == nil, scenario.isOpen || scenario.end.time == nil, let orders = plannedOrders {
      expect(common.stories.keys.filter { $0 < UInt64(orders) }.count, orders, "orders of the plan")
    }
    return found + latencyFindings(ledger)
  }

  private var plannedOrders: Int? { scenario.isOpen ? try? scenario.plannedOrders() : scenario.end.orders.map(Int.init) }

  private func latencyFindings(_ ledger: Ledger) -> [String] {
    var found: [String] = []
    func expect(_ series: LatencySeries, _ count: Int, _ what: String) {
      let total = Int(series.observed.count + series.censored.count)
      if total != count { found.append("\(what) has \(total) of \(count)") }
    }
    func expect(_ series: IntervalSeries, _ count: Int, _ what: String) {
      if series.lower.count != series.upper.count { found.append("\(what) has lower and upper ends of different orders") }
      let total = Int(series.lower.count + series.censored.count)
      if total != count { found.append("\(what) has \(total) of \(count)") }
    }
    let began = ledger.load.began ?? Instant(0)
    let measured = common.stories.values.compactMap(\.settled.first).filter { $0.order.due - began >= scenario.warmup }
    let sent = measured.filter { $0.order.createSent != .never }.count
    expect(ledger.latencies.slip, measured.count, "slip")
    // A complete refusal has a latency of its own.
    let refused = measured.filter { $0.outcome == .rejected }.count
    expect(ledger.latencies.accept, measured.count - refused, "accept")
    expect(ledger.latencies.acceptService, sent - refused, "accept_service")
    expect(ledger.latencies.reject, refused, "reject")
    expect(ledger.latencies.connectionWait, measured.count, "connection_wait")
    expect(ledger.withoutLag.accept, measured.count - refused, "accept without lag")
    expect(ledger.withoutLag.acceptService, sent - refused, "accept_service without lag")
    expect(ledger.withoutLag.reject, refused, "reject without lag")
    let timed = measured.filter { $0.outcome == .completed || ($0.outcome.wasAccepted && !$0.outcome.hasEnded) }.count
    let (with, without) = (ledger.intervals, ledger.withoutLag)
    let all = [
      with.completion, with.queueWait, with.processing, with.turnaround, without.completion, without.queueWait,
      without.processing, without.turnaround,
    ]
    for (number, series) in all.enumerated() { expect(series, timed, "interval \(number)") }
    func written(_ kinds: Exchange...) -> Int { loops.reduce(0) { sum, loop in kinds.reduce(sum) { $0 + (loop.written[$1] ?? 0) } } }
    expect(ledger.latencies.poll, written(.poll, .sweep), "poll")
    expect(ledger.latencies.login, written(.register, .login, .refresh), "login")
    for what in [Exchange.metrics, .cancel, .duplicate, .invalid, .list, .orderMetrics] {
      expect(ledger.latencies[what], written(what), what.rawValue)
      // Those that no connection could be had for are given up, and were never written.
      let judged = ledger.traffic[what].all
      // One that was refused for its token is sent again; one that was cut off by the end is not judged.
      if judged > written(what), what != .orderMetrics, what != .list, what != .invalid {
        found.append("\(what) was judged \(judged) times")
      }
    }
    for what in ledger.traffic.kinds where ledger.traffic[what].contrary > 0 && front.settings.doors.takesWrongly == 0 {
      found.append("a truthful target is said to have done wrong: \(what) \(ledger.traffic[what])")
    }
    if ledger.orderClaims.outsideCount > 0 { found.append("a true duration is not believed: \(ledger.orderClaims.outside)") }
    return found
  }

  /// What is said of an order is so.
  var intervalFindings: [String] {
    var found: [String] = []
    for (index, story) in common.stories {
      guard let (order, id, outcome) = story.settled.first, outcome.wasAccepted, let number = front.numbers[index] else { continue }
      let truth = target.orders[number]
      if let id, id.text != "\(number)" { found.append("order \(index) is the target's \(number), not \(id)") }
      func expect(_ bounds: Bounds<Int64>, from: Instant, to: Instant, _ what: String) {
        // Never is later than any lower end.
        let lasted = to == .never ? Int64.max : to - from
        if lasted < bounds.lower || bounds.upper.map({ lasted > $0 }) ?? false {
          found.append("\(what) of order \(index) was \(lasted), not in \(bounds)")
        }
      }
      if truth.created < order.createSent || truth.created > order.createReceived {
        found.append("order \(index) was created at another time")
      }
      if outcome.hasEnded, OrderOutcome(ended: truth.status) != outcome { found.append("order \(index) ended \(truth.status)") }
      expect(order.completion, from: truth.created, to: truth.ended, "completion")
      expect(order.turnaround, from: order.due, to: truth.ended, "turnaround")
      // A start that came to nothing, and that no poll saw undone, cannot be told from the one that counts.
      // One that was cancelled while it was pending never began.
      guard truth.requeues == 0, truth.status != .cancelled || truth.started != .never else { continue }
      expect(order.queueWait, from: truth.created, to: truth.started, "queue wait")
      if truth.started != .never { expect(order.processing, from: truth.started, to: truth.ended, "processing") }
    }
    return found
  }

  /// A truthful target is never contradicted, whatever is assumed that is so.
  var auditFindings: [String] {
    guard scenario.audits else { return [] }
    var found: [String] = []
    for exclusivity in [Exclusivity.declared, .inferred, .denied] where exclusivity != .declared || scenario.others == 0 {
      let audit = audit(exclusivity)
      for check in audit.checks {
        let isWrong = check.verdict == .contradicted || (check.verdict == .unexplained && scenario.others == 0)
        if isWrong { found.append("\(exclusivity): \(check.sentence)") }
        found += resolutionFindings(check).map { "\(exclusivity): \($0)" }
      }
    }
    return found
  }

  /// A lie of a little more than what is said would have been seen at the tightest reading.
  private func resolutionFindings(_ check: AuditCheck) -> [String] {
    guard check.leastLie == nil, check.outside.isEmpty, let resolution = check.resolution,
      let tightest = check.samples.filter({ $0.resolution != nil }).min(by: { ($0.resolution ?? 0) < ($1.resolution ?? 0) })
    else { return [] }
    let lie = check.unit == .orders ? resolution : resolution * (1 + 1e-9) + 1e-9
    return [lie, -lie].compactMap { lie in
      let told = tightest.range.lowerBound + lie...tightest.range.upperBound + lie
      let bounds = tightest.bounds
      let isSeen = told.upperBound < bounds.lower || bounds.upper.map { told.lowerBound > $0 } ?? false
      return isSeen ? nil : "\(check.name) does not see a lie of \(lie) about \(tightest.claim.text), within \(bounds)"
    }
  }

  /// Several loops know what one would have known.
  var mergeFindings: [String] {
    var one = common.ledger
    one.finish()
    let whole = one.fingerprint
    let orders: [(Int, Int) -> Bool] = [(<), (>)]
    return orders.flatMap { order in
      let parts = merged(order).fingerprint
      return whole.filter { parts[$0.key] != $0.value }.map { "\($0.key) of one loop is \($0.value), of several \(parts[$0.key] ?? "")" }
    }
  }
}
