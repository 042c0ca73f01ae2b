import Shared
import Testing

@testable import LoadRun

/// That every connection is closed in the end is the self-test's.
@Suite("Connections, in virtual time")
struct ConnectionTests {
  /// The connections that were opened, without those that are kept for one purpose.
  private func shared(_ run: Simulation.Result) -> [SimulatedTranscript.Connect] {
    (run.transcript?.connects ?? []).filter { $0.connection > ListPoll.connection }
  }

  @Test("A connection carries as many requests as it may, and no more", arguments: [1, 3] as [UInt32])
  func requestsPerConnection(most: UInt32) throws {
    for seed in 0..<5 as Range<UInt64> {
      var quiet = SimulatedCase.quiet(seed, rate: 200)
      quiet.tune { $0.requestsPerConnection = most }
      let run = try quiet.checked()
      let transcript = try #require(run.transcript)
      for connection in Set(transcript.connects.map(\.connection)) {
        let made = transcript.connects.filter { $0.connection == connection }.map(\.at)
        let sent = transcript.sends.filter { $0.connection == connection }.map(\.at)
        for (from, to) in zip(made, made.dropFirst() + [.never]) {
          #expect(sent.count { $0 >= from && $0 < to } <= Int(most), "seed \(seed)")
        }
      }
      #expect(transcript.connects.count >= transcript.sends.count / Int(most))
      #expect(run.ledger.counts[.completed] == 100)
    }
  }

  @Test("Connections are opened evenly over the ramp, and all may be open after it", arguments: [1, 2])
  func ramp(loops: Int) throws {
    for seed in 0..<5 as Range<UInt64> {
      var quiet = SimulatedCase.quiet(seed, orders: 600)
      quiet.close(users: 60)
      quiet.spread(loops: loops, connections: 10)
      quiet.settings[.connectRamp] = "2s"
      quiet.system.answerTime = .uniform(.milliseconds(100), .milliseconds(200))
      let run = try quiet.checked()
      let began = try #require(run.ledger.load.began)
      for loop in 0..<loops {
        let opened = shared(run).filter { $0.loop == loop }.map(\.at)
        #expect(opened.count == 20)
        for (place, made) in opened.enumerated() {
          #expect(made - began >= Int64(place) * 100 * .millisecond, "seed \(seed)")
        }
      }
      #expect(run.ledger.counts[.completed] == 600)
    }
  }

  @Test("A target that is down is tried again and again, ever less often, and found soon after it is back")
  func rests() throws {
    for seed in 0..<5 as Range<UInt64> {
      var quiet = SimulatedCase.quiet(seed, poll: "20ms")
      quiet.system.serviceTime = .uniform(.seconds(2), .seconds(3))
      quiet.system.restarts = [SimulatedSystem.Pause(at: .milliseconds(500), lasts: .seconds(10))]
      let run = try quiet.checked()
      // Connections at 0, 100, 300, 700 and 1500 ms, and then each second; for creates, and for following them.
      let tries = shared(run).count
      #expect(tries <= 8 * 2 * 16, "seed \(seed): \(tries)")
      #expect(tries > 8)
      let counts = run.ledger.counts
      #expect(counts[.completed] + counts[.errored] + counts[.ambiguous] == 100, "seed \(seed): \(counts)")
      #expect(counts[.errored] > 0 && counts[.completed] > 40)
    }
  }

  @Test("However long polls wait for their connections, no create waits behind one", arguments: [1, 2])
  func createsWaitForNoPoll(loops: Int) throws {
    for seed in 0..<10 as Range<UInt64> {
      var quiet = SimulatedCase.quiet(seed, rate: 50, poll: "10ms")
      quiet.spread(loops: loops, connections: 4)
      quiet.system.pollAnswerTime = .uniform(.milliseconds(400), .milliseconds(600))
      quiet.system.serviceTime = .uniform(.seconds(1), .seconds(2))
      let run = try quiet.checked()
      // No longer than a connection takes to be opened; of a few, one may have to wait for another create.
      #expect(run.ledger.latencies.connectionWait.observed.max ?? .max <= 20 * .millisecond, "seed \(seed)")
      #expect(run.ledger.pollGaps[.connection] > 100, "seed \(seed): no poll had to wait")
      #expect(run.ledger.counts[.completed] == 100)
    }
  }

  @Test("Creates that wait for a connection are sent in the order in which they were due, whoever is freed meanwhile")
  func firstComeFirstServed() throws {
    for seed in 0..<10 as Range<UInt64> {
      var quiet = SimulatedCase.quiet(seed)
      quiet.close(users: 20)
      quiet.settings[.connections] = "3"
      quiet.system.answerTime = .uniform(.milliseconds(2), .milliseconds(60))
      let run = try quiet.checked()
      let orders = run.orders.values.map(\.order).sorted { $0.index < $1.index }
      #expect(orders.count == 100)
      #expect(zip(orders, orders.dropFirst()).allSatisfy { $0.createSent <= $1.createSent }, "seed \(seed)")
      #expect(run.ledger.service.createsQueued >= 97 - 20, "seed \(seed)")
    }
  }

  @Test("The pause after a failure doubles from 100 ms, up to a second")
  func restingTimes() {
    #expect((1...7 as ClosedRange<UInt8>).map { CoreSettings.rest(after: $0) / .millisecond } == [100, 200, 400, 800, 1000, 1000, 1000])
    #expect(CoreSettings.rest(after: .max) == .second)
  }
}
