import Shared
import Testing

@testable import LoadRun

/// What is asked for beside the orders, at a target that answers every create at once and nothing else.
@Suite("Requests beside the orders")
struct SideRequestsTests {
  private struct Outbox: Actions {
    var actions: [Action] = []

    mutating func perform(_ action: Action) { actions.append(action) }
  }

  /// - Parameter orders: so many, one every 10 ms, with room for 5.
  private func run(_ kind: RequestKind, orders: Int) throws -> (ledger: Ledger, most: Int) {
    var settings = try SimulatedCase.quiet(1, poll: "2ms").scenario().coreSettings(LoopShare(index: 0, count: 1))
    settings.scrapesMetrics = false
    settings.follows = kind == .orderMetrics
    settings.maxOutstanding = 5
    settings.requestTimeout = 60 * .second
    settings.readsSample = false
    settings.mix.shares = [kind: 1]
    let times = ArrivalTimes(.constant, rate: try #require(Rate(perSecond: 100)), random: SeededRandom(seed: 1))
    let plan = LoadSchedule.open(OpenSchedule(times, end: LoadEnd(orders: UInt64(orders)), share: LoopShare(index: 0, count: 1)))
    let books = Ledger.Settings(warmup: 0, epochAtZero: 0, assumptions: Dialect.Assumptions(), audits: false)
    var core = Core(settings: settings, plan: plan, record: Ledger(settings: books))
    var most = 0
    var now = Instant(0)
    var events: [Event] = [.start(now)]
    for step in 0...(orders * 10) {
      now = Instant(Int64(step) * .millisecond)
      if step > 0 { events.append(.wake(now)) }
      while !events.isEmpty {
        var out = Outbox()
        core.handle(events.removeFirst(), into: &out)
        most = max(most, core.orders.sideRequestCount)
        for action in out.actions {
          switch action {
          case .connect(let connection): events.append(.connected(connection, now))
          case .write(let call):
            events.append(.written(call, before: now))
            let reply: Reply? =
              switch call.what {
              case .create: .create(.accepted(OrderID("\(core.context(of: call).index)")))
              case .poll: .poll(.status(.completed))
              default: nil
              }
            if let reply { events.append(.replied(call, reply, keepsAlive: true, after: now, lag: 0)) }
          default: continue
          }
        }
      }
    }
    var out = Outbox()
    core.handle(.stop(now), into: &out)
    return (core.record, most)
  }

  @Test("They take no room of the orders', and have as much of their own", arguments: [RequestKind.list, .invalid, .orderMetrics])
  func room(kind: RequestKind) throws {
    let (ledger, most) = try run(kind, orders: 40)
    #expect(ledger.counts.scheduled == 40)
    #expect(ledger.counts[.notSent] == 0)
    #expect(most == 5)
    let failures = ledger.failures.sorted.filter { $0.key.kind == .notSent }
    #expect(failures.count == 1 && failures.first?.entry.count == 35, "\(failures)")
    #expect(failures.first?.entry.example.contains("--max-outstanding") == true)
  }
}
