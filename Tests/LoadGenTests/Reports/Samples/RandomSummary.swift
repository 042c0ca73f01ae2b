import Shared

@testable import LoadReports
@testable import LoadRun

/// Summaries as wild as their types allow, from a seed: for what must hold of every one, however odd.
struct RandomSummary {
  let random: SeededRandom
  private var drawn: UInt64 = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func next() -> UInt64 {
    drawn += 1
    return random.bits(.orderContent, drawn)
  }

  private mutating func chance(_ percent: UInt64) -> Bool { next() % 100 < percent }

  private mutating func count() -> Int { Int(next() >> (20 + next() % 44)) }

  private mutating func number() -> Double? {
    switch next() % 8 {
    case 0: nil
    case 1: 0
    case 2: Double(next() % 10_000)
    case 3: 1e15 * Double(next() % 99)
    default: Double(next() % 1_000_000_007) / 1e9
    }
  }

  /// With all that breaks markup, terminals and tables.
  private mutating func text() -> String {
    let pieces = [
      "a", "ord-1", " ", "<script>alert(1)</script>", "\"", "'", "&amp;", "&", "]]>", "|", "`", "\n", "\u{0}", "\u{1B}[31m", "\u{7F}", "é",
      "🧾",
      "\u{FFFE}", "\u{202E}", "-->", "\\", "<details>", "\r", "\t", "{}", ",", "=HYPERLINK(1)", "\u{85}",
    ]
    return (0..<next() % 6).map { _ in pieces[Int(next() % UInt64(pieces.count))] }.joined()
  }

  private mutating func word() -> String? { chance(30) ? nil : text() }

  private mutating func list<T>(_ upTo: UInt64, _ make: (inout RandomSummary) -> T) -> [T] {
    (0..<next() % (upTo + 1)).map { _ in make(&self) }
  }

  private mutating func table<T>(_ names: [String], _ make: (inout RandomSummary) -> T) -> [String: T] {
    var all: [String: T] = [:]
    for name in names where chance(80) { all[name] = make(&self) }
    if chance(20) { all[text()] = make(&self) }
    return all
  }

  private mutating func pick<T: CaseIterable>(_: T.Type) -> T where T.AllCases == [T] { T.allCases[Int(next() % UInt64(T.allCases.count))] }

  mutating func histogram() -> LatencyHistogram {
    var histogram = LatencyHistogram()
    for _ in 0..<next() % 20 { histogram.record(Int64(next() >> (37 + next() % 26))) }
    return histogram
  }

  private mutating func distribution() -> Summary.Distribution {
    Summary.Distribution(
      min: number(), mean: number(), p50: number(), p90: number(), p95: number(), p99: number(), p999: number(), max: number())
  }

  private mutating func orders() -> Summary.Orders {
    var orders = Summary.Orders()
    orders.timedOut = count()
    orders.runEnd = count()
    orders.lost = count()
    orders.unknownStatus = count()
    orders.untracked = count()
    orders.unfinished = orders.timedOut + orders.runEnd + orders.lost + orders.unknownStatus + orders.untracked
    orders.completed = count()
    orders.cancelled = count()
    orders.failed = count()
    orders.accepted = orders.completed + orders.cancelled + orders.failed + orders.unfinished
    orders.rejected = count()
    orders.errored = count()
    orders.ambiguous = count()
    orders.submitted = orders.accepted + orders.rejected + orders.errored + orders.ambiguous
    orders.notSent = count()
    orders.scheduled = orders.submitted + orders.notSent
    orders.attempts = orders.submitted + count()
    return orders
  }

  private mutating func block(_ t: Int) -> Summary.Block {
    var block = Summary.Block(t: t)
    block.scheduled = count()
    block.accepted = count()
    block.completedEarliest = count()
    block.completedLatest = count()
    block.slipMax = number()
    block.accept = [Summary.Pair](histogram())
    block.completionLower = [Summary.Pair](histogram())
    block.completionUpper = [Summary.Pair](histogram())
    return block
  }

  private mutating func check() -> Summary.Check {
    Summary.Check(
      name: text(), meaning: text(), unit: chance(20) ? nil : pick(FigureUnit.self), claimed: number(), claimedText: word(),
      lower: number(), upper: number(), resolution: number(), verdict: pick(Summary.CheckVerdict.self), samples: count(),
      outside: count(), firstAt: number(), worstBy: number(), sentence: text(),
      series: list(20) { Summary.Reading(t: $0.number() ?? 1, claimed: $0.number(), lower: $0.number(), upper: $0.number()) })
  }

  private mutating func stage() -> Summary.Stage {
    Summary.Stage(
      stage: count(), rate: text(), begins: number() ?? 0, window: number() ?? 0, orders: orders(),
      rates: Summary.StageRates(offered: number(), accepted: number(), completed: number(), polls: number(), requests: number()),
      latency: table(LatencyName.allCases.map(\.rawValue)) {
        Summary.LatencyFigures(count: $0.count(), censored: $0.count(), values: $0.distribution())
      },
      intervals: table(IntervalName.allCases.map(\.rawValue)) {
        Summary.IntervalFigures(count: $0.count(), censored: $0.count(), lower: $0.distribution(), upper: $0.distribution())
      },
      histograms: table(["accept"]) { Summary.Histogram($0.histogram()) })
  }

  mutating func summary() -> Summary {
    let decision = Decision(list(3) { $0.pick(Outcome.self) })
    let latencyNames = LatencyName.allCases.map(\.rawValue)
    let intervalNames = IntervalName.allCases.map(\.rawValue)
    let ends = latencyNames + intervalNames.flatMap { [$0 + ".lower", $0 + ".upper"] }
    let start = SampleRun.epoch
    return Summary(
      verdict: decision.verdict, exitCode: decision.exitCode, outcomes: decision.outcomes,
      run: Summary.Run(
        id: text(), seed: String(next()), scenarioHash: text(), labels: table([text(), "k"]) { $0.text() },
        target: Summary.Target(url: text(), version: word()), share: "1/1", startedAt: chance(50) ? "2026-09-21T14:13:20.5Z" : text(),
        duration: number() ?? 0, warmup: number() ?? 0, loadWindow: number() ?? 0, drainWindow: number() ?? 0,
        served: chance(50) ? nil : Summary.Served(command: text(), exit: word())),
      scenario: table(["name", "rate", text()]) { $0.text() },
      environment: Summary.Environment(os: text(), cores: count(), toolVersion: text()),
      orders: orders(),
      latency: table(latencyNames) { Summary.LatencyFigures(count: $0.count(), censored: $0.count(), values: $0.distribution()) },
      intervals: table(intervalNames) {
        Summary.IntervalFigures(count: $0.count(), censored: $0.count(), lower: $0.distribution(), upper: $0.distribution())
      },
      histograms: table(ends + (latencyNames + intervalNames).map { $0 + ".censored" }) { Summary.Histogram($0.histogram()) },
      blocks: Summary.Blocks(seconds: 1 << Int(next() % 8), items: list(12) { $0.block(start + $0.count() % 900) }.sorted { $0.t < $1.t }),
      rates: Summary.Rates(
        offered: number(), accepted: number(), completed: number(), polls: number(), requests: number(), completedWholeRun: number(),
        pollsWholeRun: number()),
      stages: list(3) { $0.stage() },
      polls: chance(20)
        ? nil
        : Summary.Polls(
          count: count(), requests: count(), share: number(), delayed: table(["cap", "answer"]) { $0.count() },
          adapted: chance(50) ? nil : Summary.Polls.Adapted(shortest: number() ?? 0, longest: number() ?? 0),
          service: chance(50)
            ? nil
            : Summary.Polls.Service(
              creates: number() ?? 0, polls: number() ?? 0, pollsWhileCreating: number() ?? 0, createsQueued: count())),
      errors: list(5) {
        Summary.ErrorCount(
          phase: $0.text(), kind: $0.text(), status: $0.chance(50) ? nil : Int($0.next() % 600), count: $0.count(), example: $0.word())
      },
      traffic: list(3) {
        Summary.Traffic(kind: $0.text(), requests: $0.count(), asExpected: $0.count(), contrary: $0.count(), unclear: $0.count())
      },
      audit: Summary.Audit(
        verdict: pick(Summary.AuditVerdict.self),
        assumptions: Summary.Assumptions(
          exclusive: word(), snapshot: word(), final: word(), requeue: word(), readYourWrites: word(), clockRate: word(), maxAge: word()),
        samples: count(), checks: list(5) { $0.check() },
        cause: chance(50) ? nil : Summary.Cause(kind: text(), figures: list(3) { $0.text() }, sentence: text())),
      thresholds: list(5) {
        Summary.Threshold(
          expression: $0.text(), implicit: $0.chance(50), unit: $0.chance(20) ? nil : $0.pick(FigureUnit.self), lower: $0.number(),
          upper: $0.number(), verdict: $0.pick(Summary.ThresholdVerdict.self), firstAt: $0.number(), note: $0.text())
      },
      generator: Summary.Generator(
        valid: chance(50), reasons: list(3) { $0.text() }, cpuSeconds: number(), peakMemoryBytes: chance(50) ? nil : count(),
        busyShare: chance(50) ? nil : number(),
        eventLoops: count()),
      exemplars: list(3) {
        Summary.Exemplar(
          orderID: $0.word(), reason: $0.text(), events: $0.list(3) { Summary.Exemplar.Event(t: $0.number() ?? 0, what: $0.text()) })
      })
  }
}
