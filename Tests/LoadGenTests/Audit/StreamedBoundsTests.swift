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
    var total, unfinished: [[Int128]]
    var ended: [[[Int128]]]
    /// The sums over the orders that had surely completed, in nanoseconds.
    var completion: [[Int128]]

    init(_ tallies: ScrapeTallies, count: Int) {
      func ends(_ tally: ScrapeTallies.Count) -> [[Int128]] {
        zip(tally.lower.values(count: count), tally.upper.values(count: count)).map { [Int128($0), Int128($1)] }
      }
      total = ends(tallies.total)
      unfinished = ends(tallies.unfinished)
      ended = OrderStatus.allCases.filter(\.hasEnded).map { ends(tallies.byStatus[$0]) }
      completion = zip(tallies.completion.sureLower.values(count: count), tallies.completion.sureUpper.values(count: count)).map {
        [$0, $1]
      }
    }

    init(_ atOnce: AtOnce, count: Int) {
      total = (0..<count).map(atOnce.total)
      unfinished = (0..<count).map(atOnce.unfinished)
      ended = OrderStatus.allCases.filter(\.hasEnded).map { status in (0..<count).map { atOnce.ended($0, status) } }
      completion = (0..<count).map(atOnce.completion)
    }
  }

  /// The rules, literally: each reading against each order.
  private struct AtOnce {
    let orders: [SettledOrder]
    let windows: [ScrapeWindow]
    let assumptions: Dialect.Assumptions

    init(_ orders: [SettledOrder], _ windows: [ScrapeWindow], _ assumptions: Dialect.Assumptions) {
      self.orders = orders.filter { $0.outcome.wasAccepted || $0.outcome == .ambiguous }
      self.windows = windows
      self.assumptions = assumptions
    }

    /// No later than that of any later reading: figures may be as old as they are allowed to be.
    private func sent(_ index: Int) -> Instant {
      windows[index...].map { $0.sent + -assumptions.maxAge.nanoseconds }.min() ?? .never
    }

    private func surely(_ instant: Instant, by index: Int) -> Bool {
      assumptions.readYourWrites && instant != .never && instant <= sent(index)
    }

    private func perhaps(_ instant: Instant, by index: Int) -> Bool { instant < windows[index].received }

    private func count(_ isSure: (SettledOrder) -> Bool, _ isPossible: (SettledOrder) -> Bool) -> [Int128] {
      [Int128(orders.count(where: isSure)), Int128(orders.count(where: isPossible))]
    }

    func total(_ index: Int) -> [Int128] {
      count({ $0.outcome.wasAccepted && surely($0.createReceived, by: index) }, { perhaps($0.createSent, by: index) })
    }

    func unfinished(_ index: Int) -> [Int128] {
      count(
        { $0.outcome.wasAccepted && surely($0.createReceived, by: index) && !perhaps($0.lastUnfinishedSent, by: index) },
        { perhaps($0.createSent, by: index) && !(assumptions.final && surely($0.endedReceived, by: index)) })
    }

    func ended(_ index: Int, _ status: OrderStatus) -> [Int128] {
      let outcome = OrderOutcome(ended: status)
      return count(
        { $0.outcome == outcome && assumptions.final && surely($0.endedReceived, by: index) },
        { ($0.outcome == outcome || !$0.outcome.hasEnded) && perhaps($0.lastUnfinishedSent, by: index) })
    }

    func completion(_ index: Int) -> [Int128] {
      let completed = orders.filter { $0.outcome == .completed && surely($0.endedReceived, by: index) }.map(\.history.completion)
      return [completed.reduce(0) { $0 + Int128($1.lower) }, completed.reduce(0) { $0 + Int128($1.upper ?? 0) }]
    }
  }
}
