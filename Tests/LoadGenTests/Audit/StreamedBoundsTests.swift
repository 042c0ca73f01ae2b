import Shared
import Testing

@testable import LoadRun

/// What the tallies of a run say is reckoned while it goes on, an order at a time, by several loops, and most orders are forgotten long
/// before the end. Here it is reckoned once more, from all orders and all readings at once, as `docs/measurement.md` puts it.
@Suite("Bounds that are reckoned while a run goes on")
struct StreamedBoundsTests {
  @Test("They are those that all of its orders give at once, in a thousand random runs", arguments: Seeds.blocks(1_000, of: 250))
  func sameAsAtOnce(seeds: Range<UInt64>) throws {
    var readings = 0
    for seed in seeds {
      let drawn = try RandomRun(seed: seed)
      let scenario = try drawn.scenario()
      // A login that is lost on the way ends a run before it begins.
      guard let result = try? Simulation(drawn.simulation(scenario)).run() else { continue }
      let (ledger, scrapes) = (result.run.ledger, result.run.scrapes)
      #expect(ledger.evidence.isComplete)
      let atOnce = AtOnce(ledger.evidence.orders, scrapes.map(\.window), scenario.dialect.assumptions)
      let told = Told(ledger.tallies, count: scrapes.count)
      #expect(told == Told(atOnce, count: scrapes.count), "seed \(seed)")
      readings += scrapes.count
    }
    #expect(readings > 4 * seeds.count)
  }

  /// The figures that are compared: for each reading the lower and the upper one.
  private struct Told: Equatable {
    var total, unfinished, pending, processing: [[Int128]]
    var ended: [[[Int128]]]
    /// The sums over the orders that had surely completed, in nanoseconds.
    var completion: [[Int128]]
    /// How many more may have, each once for its least and its greatest duration.
    var maybeCompleted: [[Int128]]

    init(_ tallies: ScrapeTallies, count: Int) {
      func ends(_ tally: ScrapeTallies.Count) -> [[Int128]] {
        zip(tally.lower.values(count: count), tally.upper.values(count: count)).map { [Int128($0), Int128($1)] }
      }
      total = ends(tallies.total)
      unfinished = ends(tallies.unfinished)
      pending = ends(tallies.byStatus[.pending])
      processing = ends(tallies.byStatus[.processing])
      ended = OrderStatus.allCases.filter(\.hasEnded).map { ends(tallies.byStatus[$0]) }
      let durations = tallies.completion
      completion = zip(durations.sureLower.values(count: count), durations.sureUpper.values(count: count)).map { [$0, $1] }
      maybeCompleted = (0..<count).map { index in
        [durations.maybeLower, durations.maybeUpper].map { Int128($0[index]?.count ?? 0) }
      }
    }

    init(_ atOnce: AtOnce, count: Int) {
      total = (0..<count).map(atOnce.total)
      unfinished = (0..<count).map(atOnce.unfinished)
      pending = (0..<count).map(atOnce.pending)
      processing = (0..<count).map(atOnce.processing)
      ended = OrderStatus.allCases.filter(\.hasEnded).map { status in (0..<count).map { atOnce.ended($0, status) } }
      completion = (0..<count).map(atOnce.completion)
      maybeCompleted = (0..<count).map(atOnce.maybeCompleted)
    }
  }

  /// The rules, literally: each reading against each order.
  private struct AtOnce {
    let orders: [SettledOrder]
    let windows: [ScrapeWindow]
    let assumptions: Dialect.Assumptions
    /// When each reading was sent, less how old its figures may be; no later than that of any later reading.
    let sent: [Instant]

    init(_ orders: [SettledOrder], _ windows: [ScrapeWindow], _ assumptions: Dialect.Assumptions) {
      self.orders = orders.filter { $0.outcome.wasAccepted || $0.outcome == .ambiguous }
      self.windows = windows
      self.assumptions = assumptions
      sent = windows.indices.map { index in windows[index...].map { $0.sent + -assumptions.maxAge.nanoseconds }.min() ?? .never }
    }

    // MARK: What is known of one order at one reading

    private func surely(_ instant: Instant, by index: Int) -> Bool {
      assumptions.readYourWrites && instant != .never && instant <= sent[index]
    }

    private func perhaps(_ instant: Instant, by index: Int) -> Bool { instant < windows[index].received }

    private func surelyExists(_ order: SettledOrder, by index: Int) -> Bool {
      order.outcome.wasAccepted && surely(order.createReceived, by: index)
    }

    private func surelyEnded(_ order: SettledOrder, by index: Int) -> Bool {
      assumptions.final && surely(order.endedReceived, by: index)
    }

    /// Whether it cannot have been processed by a reading, and put back into the queue, before it was last seen there.
    private func isUnstarted(_ order: SettledOrder, by index: Int) -> Bool {
      switch assumptions.requeue {
      case .never: true
      case .any: false
      case .onRestart: windows.first { $0.asked >= order.lastPendingSent }.map { sent[index] >= $0.opened } ?? false
      }
    }

    /// Whether it may have gone back into the queue after it was last seen there.
    private func mayBeBack(_ order: SettledOrder, by index: Int) -> Bool {
      switch assumptions.requeue {
      case .never: false
      case .any: true
      case .onRestart: windows[...index].contains { $0.opened > order.lastPendingSent }
      }
    }

    // MARK: How many at one reading

    private func count(_ isSure: (SettledOrder) -> Bool, _ isPossible: (SettledOrder) -> Bool) -> [Int128] {
      [Int128(orders.count(where: isSure)), Int128(orders.count(where: isPossible))]
    }

    func total(_ index: Int) -> [Int128] {
      count({ surelyExists($0, by: index) }, { perhaps($0.createSent, by: index) })
    }

    func unfinished(_ index: Int) -> [Int128] {
      count(
        { surelyExists($0, by: index) && !perhaps($0.lastUnfinishedSent, by: index) },
        { perhaps($0.createSent, by: index) && !surelyEnded($0, by: index) })
    }

    func pending(_ index: Int) -> [Int128] {
      count(
        { surelyExists($0, by: index) && !perhaps($0.lastPendingSent, by: index) && isUnstarted($0, by: index) },
        { order in
          let isFirst = !surely(order.startedReceived, by: index)
          // Where it may change after its end, it may be anything from then on.
          let hasChanged = !assumptions.final && perhaps(order.lastUnfinishedSent, by: index)
          return perhaps(order.createSent, by: index)
            && (isFirst || mayBeBack(order, by: index) && !surelyEnded(order, by: index) || hasChanged)
        })
    }

    func processing(_ index: Int) -> [Int128] {
      count(
        {
          surely($0.startedReceived, by: index) && !perhaps($0.lastUnfinishedSent, by: index) && !mayBeBack($0, by: index)
        },
        { order in
          let mayHaveStarted = perhaps(order.lastPendingSent, by: index)
          return perhaps(order.createSent, by: index)
            && (mayHaveStarted ? !surelyEnded(order, by: index) : !isUnstarted(order, by: index))
        })
    }

    func ended(_ index: Int, _ status: OrderStatus) -> [Int128] {
      let outcome = OrderOutcome(ended: status)
      return count(
        { $0.outcome == outcome && surelyEnded($0, by: index) },
        { ($0.outcome == outcome || !$0.outcome.hasEnded || !assumptions.final) && perhaps($0.lastUnfinishedSent, by: index) })
    }

    private var completed: [SettledOrder] {
      assumptions.final && assumptions.readYourWrites ? orders.filter { $0.outcome == .completed } : []
    }

    func completion(_ index: Int) -> [Int128] {
      let sure = completed.filter { surelyEnded($0, by: index) }.map(\.history.completion)
      return [sure.reduce(0) { $0 + Int128($1.lower) }, sure.reduce(0) { $0 + Int128($1.upper ?? 0) }]
    }

    func maybeCompleted(_ index: Int) -> [Int128] {
      let count = completed.count { perhaps($0.lastUnfinishedSent, by: index) && !surelyEnded($0, by: index) }
      return [Int128(count), Int128(count)]
    }
  }
}
