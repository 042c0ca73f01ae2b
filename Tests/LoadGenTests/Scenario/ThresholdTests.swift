import Shared
import Testing

@testable import LoadGen

@Suite("Threshold")
struct ThresholdTests {
  @Test(
    "A text that is no threshold is refused with what would be right",
    arguments: [
      ("accept.p(99)", "none of the signs"), ("accept.p(99)<", "no limit"), ("accept.p(99)<50", "needs a unit"),
      ("accept.p(0)<50ms", "is no percentile"), ("accept.p(100.1)<50ms", "is no percentile"), ("accept<50ms", "it says none"),
      ("accept.best<50ms", "'best' is none of them"), ("lost==one", "is no count"), ("errors.rate<101%", "from 0% to 100%"),
      ("complet.p(9)<1s", "did you mean 'complete"), ("accepted.rate>x", "write it as in 200/s"),
    ])
  func refuses(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try Threshold(text: text) }
    #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
  }

  /// Ten orders, completed after something from 1 to 2 s; each create answered in 10 ms.
  private func figures(acceptMilliseconds: Int64 = 10, unanswered: Int = 0) -> ThresholdFigures {
    var ledger = Ledger(settings: Ledger.Settings(warmup: 0, epochAtZero: 0, assumptions: Dialect.Assumptions(), audits: false))
    ledger.began(at: Instant(0))
    for index in 0..<10 as Range<UInt64> {
      var order = OrderHistory(index: index, due: Instant(0), dispatched: Instant(0))
      ledger.scheduled(order)
      ledger.submitting(order)
      order.createWasSent(at: Instant(0))
      let received = Instant(acceptMilliseconds * 1_000_000)
      guard index >= unanswered else {
        ledger.created(order, .ambiguous, received: received, lag: 0)
        ledger.settled(order, id: nil, .ambiguous, at: received, lag: 0)
        continue
      }
      order.createReceived = Instant(0)
      ledger.created(order, nil, received: received, lag: 0)
      order.observe(.pending, sent: Instant(1_000_000_000), received: Instant(1_000_000_001))
      order.observe(.ended, sent: Instant(1_900_000_000), received: Instant(2_000_000_000))
      ledger.settled(order, id: nil, .completed, at: Instant(2_000_000_000), lag: 0)
    }
    return ThresholdFigures(
      orders: Summary.Orders(ledger.counts), measured: Summary.Measured(ledger),
      rates: Summary.Rates(ledger, window: 1, offeredOver: nil), servedIsAlive: nil)
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
    let (threshold, isOurDoing) = try Threshold(text: text).evaluate(figures(), withoutLag: figures())
    #expect(threshold.verdict.rawValue == verdict, "\(threshold)")
    #expect(!isOurDoing)
    #expect(verdict != "undecided" || threshold.note.contains("polling every"))
  }

  @Test("A create without an answer counts as infinitely slow at the far end")
  func censored() throws {
    let (high, _) = try Threshold(text: "accept.p(99)<1h").evaluate(figures(unanswered: 1), withoutLag: figures(unanswered: 1))
    #expect(high.verdict != .pass)
    #expect(high.upper == nil)
    let (median, _) = try Threshold(text: "accept.med<1h").evaluate(figures(unanswered: 1), withoutLag: figures(unanswered: 1))
    #expect(median.verdict == .pass)
  }

  @Test("A rule that fails only with our own lag decides nothing, and that is our doing")
  func ownLag() throws {
    let threshold = try Threshold(text: "accept.p(99)<50ms")
    let (ours, isOurDoing) = threshold.evaluate(figures(acceptMilliseconds: 60), withoutLag: figures(acceptMilliseconds: 40))
    #expect(ours.verdict == .undecided && isOurDoing)
    let (theirs, isOursToo) = threshold.evaluate(figures(acceptMilliseconds: 60), withoutLag: figures(acceptMilliseconds: 55))
    #expect(theirs.verdict == .fail && !isOursToo)
  }
}
