import Shared
import Testing

@testable import OrderServer

@Suite("Orders that are processed in batches")
struct BatchTests {
  private struct Processed {
    var arrived: Int64
    var started: Int64
    var ended: Int64
    var failed: Bool
  }

  /// Plays the store, in virtual time. Orders arrive at the given times; all times in microseconds.
  private static func run(_ plan: ProcessingPlan, arrivals: [Int64], seed: UInt64) -> [Processed] {
    var bench = Workbench(plan, seed: seed)
    var now = Int64(0)
    var arrived = 0
    var next = 0
    var started: [Int: Int64] = [:]
    var done: [Int: Processed] = [:]
    while done.count < arrivals.count {
      while arrived < arrivals.count, arrivals[arrived] <= now {
        arrived += 1
        bench.ordersArrived()
      }
      let stamp = Timestamp(microseconds: now)
      if bench.isBatchDue(at: stamp) { bench.beginBatch(upTo: arrived > 0 ? Int64(arrived - 1) : nil, at: stamp) }
      guard let turn = bench.turn(at: stamp) else {
        let later = [bench.nextDeadline?.microseconds, arrived < arrivals.count ? arrivals[arrived] : nil].compactMap { $0 }.filter {
          $0 > now
        }
        guard let soonest = later.min() else { break }
        now = soonest
        continue
      }
      for order in turn.completing + turn.failing {
        let place = Int(order.number)
        done[place] = Processed(
          arrived: arrivals[place], started: started[place] ?? -1, ended: now, failed: turn.failing.contains(order))
      }
      var taken: [ClaimedOrder] = []
      while taken.count < turn.taking, next < arrived, next <= turn.upTo {
        started[next] = now
        taken.append(ClaimedOrder(number: Int64(next), id: OrderID("o-\(next)"), createdAt: stamp, startedAt: stamp))
        next += 1
      }
      bench.finish(turn, taken: taken)
    }
    return done.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func arrivals(_ count: Int, within span: UInt64, seed: UInt64) -> [Int64] {
    let random = SeededRandom(seed: seed)
    return (0..<UInt64(count)).map { Int64(random.bits(.arrivalGap, $0) % span) }.sorted()
  }

  @Test("An order is taken up in the first batch that begins after it came, and a batch begins on a tick alone")
  func waitsForTheTick() {
    let interval = Int64(1_000_000)
    for seed in 0..<40 as Range<UInt64> {
      let plan = ProcessingPlan(
        workers: .limited(1 + Int(seed % 3)), serviceTime: .uniform(.zero, .milliseconds(40)), batchEvery: .microseconds(interval))
      let processed = Self.run(plan, arrivals: Self.arrivals(120, within: 9_000_000, seed: seed), seed: seed)
      #expect(processed.count == 120, "seed \(seed)")
      var end = Int64(0)
      var index = 0
      while index < processed.count {
        // A batch: it begins on a tick, with the first order that is not done, and with nothing else at work.
        let begin = processed[index].started
        #expect(begin.isMultiple(of: interval) && begin >= end && begin > 0, "seed \(seed)")
        // Nobody waited through a tick at which the job was idle.
        #expect(begin - interval < max(processed[index].arrived, end), "seed \(seed)")
        let members = processed[index...].prefix { $0.arrived <= begin }
        index += members.count
        end = members.map(\.ended).max() ?? begin
        let lastStart = members.map(\.started).max() ?? begin
        #expect(members.allSatisfy { $0.started >= begin && $0.started <= end } && lastStart <= end, "seed \(seed)")
      }
    }
  }

  @Test("With one worker the orders of a batch are worked off one after another, without a gap")
  func worksOneAfterAnother() {
    let plan = ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(1)), batchEvery: .seconds(120))
    let processed = Self.run(plan, arrivals: [5, 6, 7, 121_500_000], seed: 1)
    #expect(processed.map(\.started) == [120_000_000, 121_000_000, 122_000_000, 240_000_000])
    #expect(processed.map(\.ended) == [121_000_000, 122_000_000, 123_000_000, 241_000_000])
  }

  @Test("A tick that comes while the job is at work is left out")
  func leavesOutTicks() {
    let plan = ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.milliseconds(700)), batchEvery: .seconds(1))
    // The first batch lasts from 1 s to 2.4 s, over the tick at 2 s.
    let processed = Self.run(plan, arrivals: [0, 1, 1_500_000], seed: 1)
    #expect(processed.map(\.started) == [1_000_000, 1_700_000, 3_000_000])
  }

  @Test("As many orders fail as were to, the same for the same seed, and the others go on")
  func fails() {
    let arrivals = [Int64](repeating: 0, count: 2_000)
    for (rate, expected) in [(0.0, 0...0), (0.1, 140...260), (1.0, 2_000...2_000)] {
      let plan = ProcessingPlan(workers: .limited(3), serviceTime: .uniform(.zero, .milliseconds(5)), failureRate: rate)
      let failed = Self.run(plan, arrivals: arrivals, seed: 11).map(\.failed)
      #expect(failed.count == 2_000 && expected.contains(failed.count { $0 }))
      #expect(failed == Self.run(plan, arrivals: arrivals, seed: 11).map(\.failed))
    }
    let half = ProcessingPlan(workers: .limited(3), failureRate: 0.5)
    #expect(Self.run(half, arrivals: arrivals, seed: 1).map(\.failed) != Self.run(half, arrivals: arrivals, seed: 2).map(\.failed))
  }

  @Test(
    "A time scale makes every wait as much shorter, draw by draw",
    arguments: ["2s", "uniform:0ms..200ms", "exponential:2s", "lognormal:2s,0.5"])
  func scales(text: String) throws {
    let serviceTime = try ServiceTime(text: text)
    let plan = ProcessingPlan(serviceTime: serviceTime, batchEvery: .seconds(120)).scaled(by: 0.01)
    #expect(plan.batchEvery == .milliseconds(1_200))
    let random = SeededRandom(seed: 9)
    for index in 0..<200 as Range<UInt64> {
      let full = serviceTime.sample(random, index: index).seconds
      #expect(abs(plan.serviceTime.sample(random, index: index).seconds - full / 100) < 1e-8)
    }
    #expect(ProcessingPlan(serviceTime: serviceTime).scaled(by: 1).serviceTime == serviceTime)
  }
}
