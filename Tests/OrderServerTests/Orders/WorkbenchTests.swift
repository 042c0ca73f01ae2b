import Shared
import Testing

@testable import OrderServer

@Suite("Workbench")
struct WorkbenchTests {
  private static func taken(_ number: Int, at time: Int64) -> ClaimedOrder {
    let stamp = Timestamp(microseconds: time)
    return ClaimedOrder(number: Int64(number), id: OrderID("o-\(number)"), createdAt: stamp, startedAt: stamp)
  }

  /// Plays the store, in virtual time: a queue of orders that are there from the start.
  private static func run(
    _ count: Int, workers: Workers, serviceTime: ServiceTime, seed: UInt64, latency: (Int) -> Int64 = { _ in 0 }
  ) -> (completed: [(order: ClaimedOrder, at: Int64)], mostInWork: Int) {
    var bench = Workbench(workers: workers, serviceTime: serviceTime, seed: seed)
    bench.ordersArrived()
    var now = Int64(0)
    var waiting = Array(0..<count)[...]
    var completed: [(order: ClaimedOrder, at: Int64)] = []
    var inWork = 0
    var mostInWork = 0
    var turns = 0
    while completed.count < count {
      guard let turn = bench.turn(at: Timestamp(microseconds: now)) else {
        guard let next = bench.nextDeadline else { break }
        now = next.microseconds
        continue
      }
      let stamp = now
      turns += 1
      now += latency(turns)
      completed += turn.completing.map { ($0, stamp) }
      let next = waiting.prefix(turn.taking)
      waiting = waiting.dropFirst(turn.taking)
      inWork += next.count - turn.completing.count
      mostInWork = max(mostInWork, inWork)
      bench.finish(turn, taken: next.map { taken($0, at: stamp) })
    }
    return (completed, mostInWork)
  }

  @Test("The k-th order that is taken gets the k-th draw, exactly, and none is lost or done twice")
  func drawsInOrder() throws {
    for seed in 0..<30 as Range<UInt64> {
      let serviceTime = try ServiceTime(text: ["50ms", "uniform:0ms..80ms", "exponential:30ms", "lognormal:20ms,1"][Int(seed % 4)])
      let workers: Workers = [.limited(1), .limited(7), .unlimited][Int(seed % 3)]
      let result = Self.run(300, workers: workers, serviceTime: serviceTime, seed: seed)
      #expect(Set(result.completed.map(\.order.number)).count == 300, "seed \(seed)")
      for (order, time) in result.completed {
        let draw = serviceTime.sample(SeededRandom(seed: seed), index: UInt64(order.number)).nanoseconds / 1_000
        #expect(time - order.startedAt.microseconds == draw, "seed \(seed), order \(order.number)")
      }
    }
  }

  @Test("No more orders are in work than there are workers, and no worker idles while an order waits")
  func keepsWorkersBusy() {
    for workers in [1, 2, 8, 1_500] {
      let result = Self.run(3_000, workers: .limited(workers), serviceTime: .fixed(.milliseconds(10)), seed: 1)
      #expect(result.mostInWork == workers)
      let rounds = (3_000 + workers - 1) / workers
      #expect(result.completed.map(\.at).max() == Int64(rounds) * 10_000)
    }
  }

  @Test("A slow store makes an order late by that much, and adds nothing up")
  func doesNotDrift() {
    let result = Self.run(
      200, workers: .unlimited, serviceTime: .fixed(.milliseconds(10)), seed: 1, latency: { Int64($0 % 3) * 100 })
    for (order, time) in result.completed {
      #expect((10_000...10_300).contains(time - order.startedAt.microseconds))
    }
  }

  @Test("A turn that the store refused comes again, with what has become due since")
  func retries() throws {
    var bench = Workbench(workers: .limited(2), serviceTime: .fixed(.microseconds(10)), seed: 1)
    bench.ordersArrived()
    let now = Timestamp(microseconds: 0)
    let start = bench.turn(at: now)
    let first = try #require(start)
    let repeated = bench.turn(at: now)
    #expect(repeated == first)
    bench.finish(first, taken: [Self.taken(0, at: 0), Self.taken(1, at: 5)])
    let second = bench.turn(at: Timestamp(microseconds: 10))
    #expect(second?.completing.map(\.number) == [0] && second?.taking == 1)
    let both = bench.turn(at: Timestamp(microseconds: 15))
    let third = try #require(both)
    #expect(third.completing.map(\.number) == [0, 1] && third.taking == 2)
    bench.finish(third, taken: [])
    let idle = bench.turn(at: Timestamp(microseconds: 20))
    #expect(idle == nil)
    #expect(bench.nextDeadline == nil)
    bench.ordersArrived()
    let woken = bench.turn(at: Timestamp(microseconds: 20))
    #expect(woken?.taking == 2)
  }

  @Test("While every worker is busy the store is not asked for orders, and it is once one is free")
  func asksWhenFree() throws {
    var bench = Workbench(workers: .limited(1), serviceTime: .fixed(.microseconds(10)), seed: 1)
    bench.ordersArrived()
    let start = bench.turn(at: Timestamp(microseconds: 0))
    bench.finish(try #require(start), taken: [Self.taken(0, at: 0)])
    bench.ordersArrived()
    let busy = bench.turn(at: Timestamp(microseconds: 5))
    #expect(busy == nil)
    let free = bench.turn(at: Timestamp(microseconds: 10))
    #expect(free == Workbench.Turn(completing: [Self.taken(0, at: 0)], taking: 1))
  }

  @Test(
    "The mean that the estimate is made of is the mean of the draws",
    arguments: ["2s", "uniform:1s..3s", "exponential:2s", "lognormal:1s,0.5"])
  func meanServiceTime(text: String) throws {
    let serviceTime = try ServiceTime(text: text)
    let count = 100_000 as UInt64
    let sum = (0..<count).reduce(0.0) { $0 + serviceTime.sample(SeededRandom(seed: 5), index: $1).seconds }
    // Five standard errors of the widest of them, the exponential.
    #expect(abs(sum / Double(count) - serviceTime.mean.seconds) <= 5 * 2 / Double(count).squareRoot())
  }
}
