import Shared
import Testing

@testable import LoadRun

/// Three scrapes, of 10 to 20, 30 to 40 and 50 to 60; and orders whose stamps lie between and within them.
@Suite("Which orders a reading must and may count")
struct ScrapeTalliesTests {
  private static let windows = [(10, 20), (30, 40), (50, 60)].map { ScrapeWindow(sent: Instant($0), received: Instant($1)) }

  /// Created in [12, 25], seen pending at 28, processing at 33 to 36, completed by 45.
  private static var order: OrderHistory {
    var order = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
    order.createWasSent(at: Instant(12))
    order.createReceived = Instant(25)
    order.observe(.pending, sent: Instant(28), received: Instant(29))
    order.observe(.processing, sent: Instant(33), received: Instant(36))
    order.observe(.ended, sent: Instant(42), received: Instant(45))
    return order
  }

  private func tallies(
    _ order: OrderHistory, _ outcome: OrderOutcome, _ change: (inout Dialect.Assumptions) -> Void = { _ in }
  ) -> ScrapeTallies {
    var assumptions = Dialect.Assumptions(requeue: .never)
    change(&assumptions)
    return self.tallies(order, outcome, Self.windows, assumptions)
  }

  private func tallies(
    _ order: OrderHistory, _ outcome: OrderOutcome, _ windows: [ScrapeWindow], _ assumptions: Dialect.Assumptions
  ) -> ScrapeTallies {
    var tallies = ScrapeTallies(assumptions: assumptions)
    tallies.settled(order, outcome)
    for window in windows { tallies.read(window) }
    tallies.finish()
    return tallies
  }

  /// As in `0 1 1 to 1 1 1`: the least and the greatest number at each scrape.
  private func words(_ count: ScrapeTallies.Count, _ scrapes: Int = 3) -> String {
    func words(_ sum: DifferenceArray<Int>) -> String { sum.values(count: scrapes).map { "\($0)" }.joined(separator: " ") }
    return "\(words(count.lower)) to \(words(count.upper))"
  }

  @Test("An order is there from the sending of its create on, perhaps, and from its acknowledgement on, surely")
  func exists() {
    #expect(words(tallies(Self.order, .completed).total) == "0 1 1 to 1 1 1")
    var late = Self.order
    late.createSent = Instant(20)
    #expect(words(tallies(late, .completed).total) == "0 1 1 to 0 1 1", "sent when the answer had come: it cannot be in it")
    late.createReceived = Instant(30)
    #expect(words(tallies(late, .completed).total) == "0 1 1 to 0 1 1", "acknowledged when the reading was sent: it must be in it")
  }

  @Test("Where orders may change after their end, one that was seen to end may be anything from then on, and stays where it was before")
  func changesAfterItsEnd() {
    let tallies = tallies(Self.order, .completed) { $0.final = false }
    for status in OrderStatus.allCases where status.hasEnded {
      #expect(words(tallies.byStatus[status]) == "0 0 0 to 0 1 1", "\(status)")
    }
    #expect(words(tallies.byStatus[.pending]) == "0 0 0 to 1 1 1")
    #expect(words(tallies.byStatus[.processing]) == "0 0 0 to 0 1 1")
    #expect(words(tallies.unfinished) == "0 0 0 to 1 1 1" && words(tallies.total) == "0 1 1 to 1 1 1")
  }

  @Test("Where it stands follows from what the polls were answered, as long as it cannot go back")
  func stands() {
    let tallies = tallies(Self.order, .completed)
    #expect(words(tallies.byStatus[.pending]) == "0 0 0 to 1 1 0")
    #expect(words(tallies.byStatus[.processing]) == "0 0 0 to 0 1 0")
    #expect(words(tallies.byStatus[.completed]) == "0 0 1 to 0 1 1")
    #expect(words(tallies.byStatus[.cancelled]) == "0 0 0 to 0 0 0")
    #expect(words(tallies.unfinished) == "0 0 0 to 1 1 0")
  }

  @Test("Where it may be put back, it may be pending and processing alike until it has ended")
  func requeued() {
    let tallies = tallies(Self.order, .completed) { $0.requeue = .any }
    #expect(words(tallies.byStatus[.pending]) == "0 0 0 to 1 1 0")
    #expect(words(tallies.byStatus[.processing]) == "0 0 0 to 1 1 0")
    #expect(words(tallies.byStatus[.completed]) == "0 0 1 to 0 1 1")
  }

  @Test(
    "Where it may be put back on a restart alone, it stands for as long as the readings' connection had stayed open",
    arguments: [
      // The connection of each reading was opened at; pending; processing.
      ([5, 5, 5], "0 0 0 to 1 1 0", "0 0 0 to 0 1 0"),
      ([5, 25, 25], "0 0 0 to 1 1 0", "0 0 0 to 1 1 0"),
      ([5, 5, 45], "0 0 0 to 1 1 0", "0 0 0 to 0 1 0"),
      ([5, 5, 5, 5], "0 1 0 0 to 1 1 0 0", "0 0 1 0 to 0 0 1 1"),
      ([5, 5, 45, 45], "0 0 0 0 to 1 1 1 1", "0 0 0 0 to 1 1 1 1"),
      ([5, 5, 5, 75], "0 1 0 0 to 1 1 0 1", "0 0 1 0 to 0 0 1 1"),
      ([5, 25, 45, 65], "0 0 0 0 to 1 1 1 1", "0 0 0 0 to 1 1 1 1"),
    ])
  func requeuedOnRestart(opened: [Int64], pending: String, processing: String) {
    var order = Self.order
    var windows = Self.windows
    if opened.count == 4 {
      // Seen pending at 42, processing at 44, and completed by 72.
      order = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
      order.createWasSent(at: Instant(12))
      order.createReceived = Instant(25)
      order.observe(.pending, sent: Instant(42), received: Instant(43))
      order.observe(.processing, sent: Instant(44), received: Instant(46))
      order.observe(.processing, sent: Instant(62), received: Instant(64))
      order.observe(.ended, sent: Instant(70), received: Instant(72))
      windows.append(ScrapeWindow(sent: Instant(70), received: Instant(80)))
    }
    for place in windows.indices { windows[place].opened = Instant(opened[place]) }
    let tallies = tallies(order, .completed, windows, Dialect.Assumptions(requeue: .onRestart))
    #expect(words(tallies.byStatus[.pending], windows.count) == pending)
    #expect(words(tallies.byStatus[.processing], windows.count) == processing)
  }

  @Test("An answer may outlive the process that gave it: until its receipt, its connection proves nothing")
  func onItsWay() {
    var order = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
    order.createWasSent(at: Instant(12))
    order.createReceived = Instant(25)
    // Pending while the second reading is under way, and its connection is another one afterwards.
    order.observe(.pending, sent: Instant(35), received: Instant(41))
    order.observe(.processing, sent: Instant(48), received: Instant(49))
    order.observe(.ended, sent: Instant(62), received: Instant(64))
    var windows = Self.windows + [ScrapeWindow(sent: Instant(70), received: Instant(80))]
    for (place, opened) in [5, 5, 45, 45].enumerated() { windows[place].opened = Instant(Int64(opened)) }
    let tallies = tallies(order, .completed, windows, Dialect.Assumptions(requeue: .onRestart))
    #expect(words(tallies.byStatus[.processing], 4) == "0 0 0 0 to 1 1 1 0", "it may have been begun by the first, and put back")
    #expect(words(tallies.byStatus[.pending], 4) == "0 0 0 0 to 1 1 1 0")
  }

  @Test("What was seen on one connection that had stayed open was not interrupted by a restart: a way back, and a start before an end")
  func onOneConnection() {
    let assumptions = Dialect.Assumptions(requeue: .onRestart)
    #expect(Self.order.lastProcessing(assumptions).lower == 0, "nothing is known of the connections")
    // Each answer on a connection that was opened by then; seen processing by polls that were sent at 30, 34 and 39.
    for (opened, isUnbroken) in [([99, 30, 34, 39], true), ([5, 5, 5, 5], true), ([99, 31, 34, 39], false), ([99, 30, 34, 40], false)] {
      var order = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
      order.createWasSent(at: Instant(12))
      order.observe(.processing, sent: Instant(30), received: Instant(31), opened: Instant(Int64(opened[0])))
      order.observe(.processing, sent: Instant(34), received: Instant(36), opened: Instant(Int64(opened[1])))
      order.observe(.processing, sent: Instant(39), received: Instant(41), opened: Instant(Int64(opened[2])))
      order.observe(.ended, sent: Instant(46), received: Instant(47), opened: Instant(Int64(opened[3])))
      #expect(order.lastProcessing(assumptions).lower == (isUnbroken ? 8 : 0), "\(opened)")
    }
    for (opened, isWrong) in [(31, false), (30, true)] {
      var back = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
      back.createWasSent(at: Instant(26))
      back.observe(.processing, sent: Instant(30), received: Instant(36))
      back.observe(.pending, sent: Instant(37), received: Instant(38), opened: Instant(Int64(opened)))
      #expect(back.wentBackWrongly(assumptions) == isWrong)
      #expect(back.wentBackWrongly(Dialect.Assumptions(requeue: .never)) && !back.wentBackWrongly(Dialect.Assumptions(requeue: .any)))
      #expect(!back.wentBackWrongly(Dialect.Assumptions(requeue: .never, readYourWrites: false)), "it may be an older answer")
    }
    var page = OrderHistory(index: 0, due: Instant(11), dispatched: Instant(11))
    page.createWasSent(at: Instant(26))
    page.observe(.begun, sent: Instant(30), received: Instant(36))
    page.observe(.pending, sent: Instant(35), received: Instant(38), opened: Instant(5))
    #expect(!page.wentBack, "it was asked for before that was known")
  }

  @Test("A target whose answers may be from before what it said already must count nothing")
  func staleAnswers() {
    let tallies = tallies(Self.order, .completed) { $0.readYourWrites = false }
    #expect(words(tallies.total) == "0 0 0 to 1 1 1")
    #expect(words(tallies.byStatus[.completed]) == "0 0 0 to 0 1 1")
  }

  @Test("Figures that may be old count as of their greatest age: what came since need not be in them, and what was then may be")
  func old() {
    let tallies = tallies(Self.order, .completed) { $0.maxAge = .nanoseconds(10) }
    #expect(words(tallies.total) == "0 0 1 to 1 1 1")
    #expect(words(tallies.byStatus[.pending]) == "0 0 0 to 1 1 0")
    #expect(words(tallies.byStatus[.completed]) == "0 0 0 to 0 1 1")
  }

  @Test("An order whose create was not answered may be there or not, and may have ended in any way, at any time")
  func ambiguous() {
    var order = OrderHistory(index: 0, due: Instant(31), dispatched: Instant(31))
    order.createWasSent(at: Instant(32))
    let tallies = tallies(order, .ambiguous)
    #expect(words(tallies.total) == "0 0 0 to 0 1 1")
    for status in OrderStatus.allCases { #expect(words(tallies.byStatus[status]) == "0 0 0 to 0 1 1", "\(status)") }
    #expect(tallies.neverSeenToEnd.values(count: 3) == [0, 1, 1] && tallies.firstNeverSeenToEnd == Instant(32))
  }

  @Test("An order that was refused, or not one byte of it sent, is nowhere")
  func nowhere() {
    for outcome in [OrderOutcome.rejected, .errored, .notSent] {
      #expect(words(tallies(Self.order, outcome).total) == "0 0 0 to 0 0 0", "\(outcome)")
    }
  }

  @Test("A duration counts surely from the reading on that must know of the end, and perhaps, up to what it can have taken, before")
  func durations() {
    let tallies = tallies(Self.order, .completed)
    // Created by 25 and unfinished at 33; created at 12 and ended by 45.
    #expect(tallies.completion.sureLower.values(count: 3) == [0, 0, 8])
    #expect(tallies.completion.sureUpper.values(count: 3) == [0, 0, 33])
    // At the second reading it can have ended by 40 at the latest.
    #expect(tallies.completion.maybeLower[1]?.falling.map(\.bucket.lowest) == [8])
    #expect(tallies.completion.maybeUpper[1]?.falling.map(\.bucket.lowest) == [28])
    #expect(tallies.completion.maybeUpper[0] == nil && tallies.completion.maybeUpper[2] == nil)
    // Begun after 28, and by 36.
    #expect(tallies.processing.sureUpper.values(count: 3) == [0, 0, 17])
    #expect(tallies.processing.maybeUpper[1]?.falling.map(\.bucket.lowest) == [12])
  }

  @Test("Each reading that may be the first to count an order's end knows what it then took, from the reading before and its own")
  func newlyCompleted() {
    let tallies = tallies(Self.order, .completed)
    // By the second it had ended at 40 at the latest; if the third is the first, not yet at 30, and created by 25.
    #expect(tallies.completion.new.maybeLower.mapValues { $0.falling.map(\.bucket.lowest) } == [1: [8], 2: [8]])
    #expect(tallies.completion.new.maybeUpper.mapValues { $0.falling.map(\.bucket.lowest) } == [1: [28], 2: [33]])
    var late = Self.order
    late.createReceived = Instant(13)
    late.lastUnfinishedSent = Instant(41)
    late.endedReceived = Instant(49)
    let sure = self.tallies(late, .completed).completion.new
    #expect(sure.sure(at: 2) == NewlyCompleted.Sure(count: 1, lower: 28, upper: 37) && sure.maybeLower.isEmpty)
    #expect(sure.sure(at: 1).count == 0 && sure.sure(at: 7).count == 0)
    late.lastUnfinishedSent = Instant(12)
    let narrowed = self.tallies(late, .completed).completion.new
    // If the third is the first, it had not ended at 30.
    #expect(narrowed.maybeLower[2]?.falling.map(\.bucket.lowest) == [17])
  }

  @Test("An order waits until no reading to come can be before its last stamp, and comes to the same whenever it is told")
  func whenever() {
    let early = tallies(Self.order, .completed)
    var late = ScrapeTallies(assumptions: Dialect.Assumptions(requeue: .never))
    for window in Self.windows { late.read(window) }
    late.settled(Self.order, .completed)
    late.finish()
    #expect(words(late.total) == words(early.total))
    for status in OrderStatus.allCases { #expect(words(late.byStatus[status]) == words(early.byStatus[status])) }
    #expect(late.completion.sureUpper.values(count: 3) == early.completion.sureUpper.values(count: 3))
  }

  @Test("A reading that brought nothing has no place, and says only that no later one was sent before its end")
  func failed() {
    var tallies = ScrapeTallies(assumptions: Dialect.Assumptions(requeue: .never))
    tallies.read(Self.windows[0])
    tallies.read(ScrapeWindow(sent: Instant(22), received: Instant(26), hasFigures: false))
    tallies.settled(Self.order, .completed)
    for window in Self.windows.dropFirst() { tallies.read(window) }
    tallies.finish()
    #expect(tallies.windows.count == 3)
    #expect(words(tallies.total) == "0 1 1 to 1 1 1")
  }

  @Test("Where answers say how old their figures are, in whatever order, none needs an order that came after its figures' time")
  func ages() {
    var atLeast = 0
    for seed in 0..<300 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var tallies = ScrapeTallies(assumptions: Dialect.Assumptions(requeue: .never))
      var (windows, acknowledged): ([ScrapeWindow], [Int64]) = ([], [])
      for time in 1...40 as ClosedRange<Int64> {
        if dice.int(0...2) == 0 {
          let age = Int64(dice.int(1...9) * 100)
          windows.append(ScrapeWindow(sent: Instant(time * 100 - 5 - age), received: Instant(time * 100), age: age))
          tallies.read(windows[windows.count - 1])
        } else {
          var order = OrderHistory(index: 0, due: Instant(0), dispatched: Instant(0))
          order.createWasSent(at: Instant(time * 100))
          order.createReceived = Instant(time * 100 + 10)
          acknowledged.append(time * 100 + 10)
          tallies.settled(order, .timedOut)
        }
      }
      tallies.finish()
      for (window, least) in zip(windows, tallies.total.lower.values(count: windows.count)) {
        let known = acknowledged.count { $0 <= window.sent.nanoseconds }
        #expect(least <= known, "seed \(seed): of \(known) at \(window.sent.nanoseconds)")
        atLeast += least
      }
    }
    #expect(atLeast > 1_000, "some are needed nonetheless")
  }
}
