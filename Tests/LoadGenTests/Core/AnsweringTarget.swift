import Shared
import Testing

@testable import LoadRun

/// Drives one loop's core against a target that answers at once, in steps of a millisecond.
struct AnsweringTarget {
  /// What comes of a request.
  enum Answer {
    case reply(Reply)
    case breaks
    case nothing
  }

  private struct Outbox: Actions {
    var actions: [Action] = []

    mutating func perform(_ action: Action) { actions.append(action) }
  }

  private(set) var ledger: Ledger
  /// Whether all was done before the end, and how much was in hand then.
  private(set) var isDrained = false
  private(set) var left = 0
  /// The most side requests that were in hand at once, and the most orders that waited to be read.
  private(set) var mostSideRequests = 0
  private(set) var mostWaiting = 0

  /// - Parameters:
  ///   - orders: so many, evenly spaced.
  ///   - length: when it is stopped, in milliseconds.
  ///   - answer: to each request but creates, which are acknowledged.
  init(_ settings: CoreSettings, orders: Int, rate: Double, length: Int, _ answer: (Call) -> Answer) throws {
    let times = ArrivalTimes(.constant, rate: try #require(Rate(perSecond: rate)), random: SeededRandom(seed: 1))
    let plan = LoadSchedule.open(OpenSchedule(times, end: LoadEnd(orders: UInt64(orders)), share: LoopShare(index: 0, count: 1)))
    let books = Ledger.Settings(warmup: 0, epochAtZero: 0, assumptions: Dialect.Assumptions(), audits: false)
    var core = Core(settings: settings, plan: plan, record: Ledger(settings: books))
    ledger = core.record
    var now = Instant(0)
    var events: [Event] = [.start(now)]
    for step in 0...length {
      now = Instant(Int64(step) * .millisecond)
      if step > 0 { events.append(.wake(now)) }
      while !events.isEmpty {
        var out = Outbox()
        core.handle(events.removeFirst(), into: &out)
        mostSideRequests = max(mostSideRequests, core.orders.sideRequestCount)
        mostWaiting = max(mostWaiting, core.orderReads.waiting.count)
        for action in out.actions {
          switch action {
          case .connect(let connection): events.append(.connected(connection, now))
          case .write(let call):
            events.append(.written(call, before: now))
            let created = Reply.create(.accepted(OrderID("\(core.context(of: call).index)")))
            switch call.what == .create ? .reply(created) : answer(call) {
            case .reply(let reply): events.append(.replied(call, reply, keepsAlive: true, after: now, lag: 0))
            case .breaks: events.append(.broken(call, .perhaps, Failure(.closed, "closed"), after: now, lag: 0))
            case .nothing: break
            }
          case .news(.drained): isDrained = true
          default: continue
          }
        }
      }
    }
    left = core.orders.count
    var out = Outbox()
    core.handle(.stop(now), into: &out)
    ledger = core.record
  }
}
