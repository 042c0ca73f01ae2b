import Shared
import Testing

@testable import LoadRun

@Suite("Connections, in virtual time")
struct ConnectionTests {
  /// A quiet run with many orders.
  private func scenario(_ seed: UInt64) throws -> VirtualScenario {
    var scenario = try VirtualScenario(seed: seed)
    scenario.isOpen = true
    scenario.rate = 200
    scenario.end = LoadEnd(orders: 100)
    return scenario
  }

  /// The connections that were opened, without those that are kept for one purpose.
  private func shared(_ run: VirtualRun) -> [VirtualLine] { run.loops.flatMap(\.allLines).filter { $0.index > Sweep.connection } }

  @Test("Every connection that was opened is closed in the end, whatever befalls the run", arguments: Seeds.blocks(40, of: 10))
  func leaksNone(seeds: Range<UInt64>) throws {
    for seed in seeds {
      let run = try VirtualRun(try .random(seed: seed))
      let lines = run.loops.flatMap(\.allLines)
      #expect(lines.filter { !$0.isGone }.map(\.index) == [], "seed \(seed): of \(lines.count)")
    }
  }

  @Test("A connection carries as many requests as it may, and no more", arguments: [1, 3] as [UInt32])
  func requestsPerConnection(most: UInt32) throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.requestsPerConnection = most
      let run = try VirtualRun(scenario)
      let lines = run.loops.flatMap(\.allLines)
      #expect(lines.allSatisfy { $0.requests <= Int(most) })
      let requests = lines.reduce(0) { $0 + $1.requests }
      #expect(lines.count >= requests / Int(most))
      #expect(run.merged().counts[.completed] == 100)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("Connections are opened evenly over the ramp, and all may be open after it", arguments: [1, 2])
  func ramp(loops: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.loops = loops
      scenario.isOpen = false
      scenario.users = 60
      scenario.end = LoadEnd(orders: 600)
      scenario.core.connections = 10
      scenario.core.connectRamp = 2 * .second
      scenario.front.handling = 50 * .millisecond...(100 * .millisecond)
      let run = try VirtualRun(scenario)
      let began = try #require(run.merged().load.began)
      for loop in run.loops {
        let opened = loop.allLines.filter { $0.index > Sweep.connection }.map(\.made)
        #expect(opened.count == 20)
        for (place, made) in opened.enumerated() {
          #expect(made - began >= Int64(place) * 100 * .millisecond, "seed \(seed)")
        }
      }
      #expect(run.merged().counts[.completed] == 600)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("A target that is down is tried again and again, ever less often, and found soon after it is back")
  func rests() throws {
    for seed in 0..<5 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.core.poll = try PollPolicy(text: "20ms")
      scenario.target.service = 2 * .second...(3 * .second)
      scenario.rate = 100
      scenario.restarts = [(.second / 2, 10 * .second)]
      let run = try VirtualRun(scenario)
      // Connections at 0, 100, 300, 700 and 1500 ms, and then each second; for creates, and for following them.
      let tries = shared(run).count
      #expect(tries <= scenario.core.connections * 2 * 16, "seed \(seed): \(tries)")
      #expect(tries > scenario.core.connections)
      let ledger = run.merged()
      let ended = ledger.counts[.completed] + ledger.counts[.errored] + ledger.counts[.ambiguous]
      #expect(ended == 100, "seed \(seed): \(ledger.counts)")
      #expect(ledger.counts[.errored] > 0 && ledger.counts[.completed] > 40)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("However long polls wait for their connections, no create waits behind one", arguments: [1, 2])
  func createsWaitForNoPoll(loops: Int) throws {
    for seed in 0..<10 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.loops = loops
      scenario.rate = 50
      scenario.core.connections = 4
      scenario.core.poll = try PollPolicy(text: "10ms")
      scenario.front.pollHandling = 200 * .millisecond...(300 * .millisecond)
      scenario.target.service = .second...(2 * .second)
      let run = try VirtualRun(scenario)
      let ledger = run.merged()
      // No longer than a connection takes to be opened; of a few, one may have to wait for another create.
      #expect(ledger.latencies.connectionWait.observed.max ?? .max <= 20 * .millisecond, "seed \(seed)")
      #expect(ledger.pollGaps[.connection] > 100, "seed \(seed): no poll had to wait")
      #expect(ledger.counts[.completed] == 100)
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("Creates that wait for a connection are sent in the order in which they were due, whoever is freed meanwhile")
  func firstComeFirstServed() throws {
    for seed in 0..<10 as Range<UInt64> {
      var scenario = try scenario(seed)
      scenario.isOpen = false
      scenario.users = 20
      scenario.core.connections = 3
      scenario.front.handling = .millisecond...(30 * .millisecond)
      let run = try VirtualRun(scenario)
      let orders = run.common.stories.values.compactMap { $0.settled.first?.order }.sorted { $0.index < $1.index }
      #expect(orders.count == 100)
      #expect(zip(orders, orders.dropFirst()).allSatisfy { $0.createSent <= $1.createSent }, "seed \(seed)")
      #expect(run.merged().service.createsQueued >= 97 - 20, "seed \(seed)")
      #expect(run.endFindings + run.bookFindings + run.intervalFindings == [], "seed \(seed)")
    }
  }

  @Test("The pause after a failure doubles from 100 ms, up to a second")
  func restingTimes() {
    #expect((1...7 as ClosedRange<UInt8>).map { CoreSettings.rest(after: $0) / .millisecond } == [100, 200, 400, 800, 1000, 1000, 1000])
    #expect(CoreSettings.rest(after: .max) == .second)
  }
}
