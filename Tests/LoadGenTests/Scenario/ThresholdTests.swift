import Shared
import Testing

@testable import LoadRun

@Suite("Threshold")
struct ThresholdTests {
  @Test(
    "A text that is no threshold is refused with what would be right",
    arguments: [
      ("accept.p(99)", "none of the signs"), ("accept.p(99)<", "no limit"), ("accept.p(99)<50", "needs a unit"),
      ("accept.p(0)<50ms", "is no percentile"), ("accept.p(100.1)<50ms", "is no percentile"), ("accept<50ms", "it says none"),
      ("accept.best<50ms", "'best' is none of them"), ("lost==one", "is no count"), ("errors.rate<101%", "from 0% to 100%"),
      ("complet.p(9)<1s", "did you mean 'complete"), ("accepted.rate>x", "write it as in 200/s"),
      ("failed.share<1%", "looked at by count, rate"), ("scheduled.rate<1%", "looked at by count, and"), ("polls<1%", "polls.rate"),
      ("offered<1/s", "offered is looked at by rate"), ("failed.rate<1/s", "its limit"),
    ])
  func refuses(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try Threshold(text: text) }
    #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
  }

  /// Ten orders, completed after something from 1 to 2 s; each create answered in 10 ms.
  private func figures(acceptMilliseconds: Int64 = 10, unanswered: Int = 0) -> ThresholdFigures {
    var ledger = Ledger(settings: Ledger.Settings(warmup: 0, planned: 1, epochAtZero: 0, assumptions: Dialect.Assumptions(), audits: false))
    ledger.began(at: Instant(0))
    for index in 0..<10 as Range<UInt64> {
      var order = OrderHistory(index: index, due: Instant(0), dispatched: Instant(0))
      ledger.scheduled(order)
      ledger.submitting(order, at: Instant(0))
      order.createWasSent(at: Instant(0))
      let received = Instant(acceptMilliseconds * 1_000_000)
      guard index >= unanswered else {
        ledger.created(order, .ambiguous, received: received, lag: CreateLag())
        ledger.settled(order, id: nil, .ambiguous, at: received, lag: IntervalLag())
        continue
      }
      order.createReceived = Instant(0)
      ledger.created(order, nil, received: received, lag: CreateLag())
      order.observe(.pending, sent: Instant(1_000_000_000), received: Instant(1_000_000_001))
      order.observe(.ended, sent: Instant(1_900_000_000), received: Instant(2_000_000_000))
      ledger.settled(order, id: nil, .completed, at: Instant(2_000_000_000), lag: IntervalLag())
    }
    return ThresholdFigures(
      orders: Summary.Orders(ledger.counts), measured: Summary.Measured(ledger),
      rates: Summary.Rates(ledger), polls: ledger.pollCalls, readings: 0, servedIsAlive: nil)
  }

  private func scenario(_ settings: [(Setting, [String])] = []) throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:1"], from: "the test")
    for (setting, texts) in settings { layers.set(setting, texts, from: "--\(setting.rawValue)") }
    return try Scenario(layers)
  }

  @Test("Every count has a rule on its number and, as a part of another, on its share; all are read back as they were written")
  func everyCount() throws {
    for name in Threshold.Metric.counts {
      #expect(try Threshold(text: "\(name)==0").metric == .orders(name))
      #expect(try Threshold(text: "\(name).count<=7").metric == .orders(name))
    }
    let shares = [
      "not_sent", "submitted", "rejected", "errored", "ambiguous", "cancelled", "failed", "unfinished", "timed_out", "run_end", "lost",
      "unknown_status", "untracked",
    ]
    #expect(Threshold.Metric.shares.sorted() == shares.sorted())
    for name in shares {
      let rule = try Threshold(text: "\(name).rate < 2.5%")
      #expect(rule.metric == .share(name) && rule.limit == 0.025 && rule.metric.unit == .share)
    }
    // In orders per second, as ever.
    #expect(try Threshold(text: "accepted.rate>=10/s").metric == .rate("accepted"))
    #expect(try Threshold(text: "completed.rate>=10/s").metric == .rate("completed"))
    #expect(try Threshold(text: "polls.errors.rate<1%").metric == .pollErrorRate)
    #expect(try Threshold(text: "metrics.readings>3").metric == .readings)
  }

  @Test("A rule of the user's own takes the place of the implicit one on the same figure, however it looks at it")
  func replaced() throws {
    let all = try scenario().thresholds.map(\.expression)
    #expect(all.count == ImplicitThreshold.all.count - 1, "nothing is served")
    for (own, implicit) in [
      ("timed_out.rate<5%", "timed_out==0"), ("not_sent<10", "not_sent==0"), ("errors.count<5", "errors.rate<1%"),
      ("failed==0", "failed.rate<1%"),
      ("polls.errors.count<9", "polls.errors.rate<1%"), ("metrics.readings>=5", "metrics.readings>0"), ("accepted>=100", "accepted>0"),
    ] {
      #expect(try scenario([(.threshold, [own])]).thresholds.map(\.expression) == all.filter { $0 != implicit } + [own])
    }
    // Per second is another figure: a rate of 0/s must not let a dead API pass.
    #expect(try scenario([(.threshold, ["accepted.rate>=0/s"])]).thresholds.map(\.expression) == all + ["accepted.rate>=0/s"])
  }

  @Test("Each implicit rule is switched off by its name, and --no-follow by itself exempts all that are about following")
  func switchedOff() throws {
    for rule in ImplicitThreshold.all {
      let rules = try scenario([(.noThreshold, [rule.name])]).thresholds
      #expect(!rules.contains(rule.threshold))
    }
    #expect(
      try scenario([(.noFollow, ["true"])]).thresholds.map(\.expression) == [
        "accepted>0", "errors.rate<1%", "not_sent==0", "metrics.readings>0",
      ])
    let error = #expect(throws: ConfigurationError.self) { try scenario([(.noThreshold, ["timedout"])]) }
    #expect(error?.description.contains("did you mean 'timed_out'?") == true)
  }

  @Test(
    "A rule on an interval passes only where it holds at both ends, and is open where it holds at one",
    arguments: [
      ("completion.p(95)<3s", "pass"), ("completion.p(95)<500ms", "fail"), ("completion.p(95)<1500ms", "undecided"),
      ("completion.max>=900ms", "pass"), ("completion.mean>1500ms", "undecided"), ("accept.p(99)<50ms", "pass"),
      ("accept.max<1ms", "fail"), ("accepted==10", "pass"), ("lost!=0", "fail"), ("accepted.rate>=10/s", "pass"),
      ("errors.rate<1%", "pass"), ("metrics.p(50)<1s", "fail"),
    ])
  func decides(text: String, verdict: String) throws {
    let (threshold, isOurDoing) = try #require(try Threshold(text: text).evaluate(figures(), withoutLag: figures(), of: scenario()))
    #expect(threshold.verdict.rawValue == verdict, "\(threshold)")
    #expect(!isOurDoing)
    #expect(verdict != "undecided" || threshold.note.contains("polling every"))
  }

  @Test("A create without an answer counts as infinitely slow at the far end")
  func censored() throws {
    let figures = figures(unanswered: 1)
    let high = try #require(try Threshold(text: "accept.p(99)<1h").evaluate(figures, withoutLag: figures, of: scenario())).threshold
    #expect(high.verdict != .pass)
    #expect(high.upper == nil)
    let median = try #require(try Threshold(text: "accept.med<1h").evaluate(figures, withoutLag: figures, of: scenario())).threshold
    #expect(median.verdict == .pass)
  }

  @Test("A rule that fails only with our own lag decides nothing, and that is our doing")
  func ownLag() throws {
    let threshold = try Threshold(text: "accept.p(99)<50ms")
    let (ours, isOurDoing) = try #require(
      threshold.evaluate(figures(acceptMilliseconds: 60), withoutLag: figures(acceptMilliseconds: 40), of: scenario()))
    #expect(ours.verdict == .undecided && isOurDoing)
    let (theirs, isOursToo) = try #require(
      threshold.evaluate(figures(acceptMilliseconds: 60), withoutLag: figures(acceptMilliseconds: 55), of: scenario()))
    #expect(theirs.verdict == .fail && !isOursToo)
  }

  @Test(
    "Orders that may have come to nothing for our own lag decide no count and no rate, and those beyond them do",
    arguments: [
      ("errors.rate<1%", 1, true), ("errors.rate<1%", 2, false), ("ambiguous==0", 1, true), ("ambiguous==0", 2, false),
      ("accepted>=10", 1, true), ("accepted.rate>=10/s", 1, true), ("accepted.rate>=10/s", 2, false), ("completed==10", 1, true),
    ])
  func ownDoing(text: String, lost: Int, isOurDoing: Bool) throws {
    let figures = figures(unanswered: lost)
    var own = OwnDoing()
    own.add(.ambiguous, isMeasured: true)
    var withoutLag = figures
    withoutLag.orders = figures.orders.without(own, follows: true)
    withoutLag.rates = figures.rates.without(own, window: 1, follows: true)
    let (threshold, isOurs) = try #require(try Threshold(text: text).evaluate(figures, withoutLag: withoutLag, of: scenario()))
    #expect(isOurs == isOurDoing)
    #expect(threshold.verdict == (isOurDoing ? .undecided : .fail))
  }

  @Test("Without what may be our own doing no order is missing, and none is counted twice")
  func ownDoingConserves() {
    var own = OwnDoing()
    for outcome in OrderOutcome.allCases { own.add(outcome, isMeasured: true) }
    #expect(own.all == 3)
    let orders = Summary.Orders(
      scheduled: 12, notSent: 2, submitted: 10, accepted: 4, rejected: 1, errored: 2, ambiguous: 3, completed: 4, attempts: 10)
    #expect(orders.conserved)
    for follows in [false, true] { #expect(orders.without(own, follows: follows).conserved) }
  }
}
