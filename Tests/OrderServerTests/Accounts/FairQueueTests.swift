import NIOCore
import Shared
import Testing

@testable import OrderServer

@Suite("A queue that is fair")
struct FairQueueTests {
  private struct Job: Sendable, Equatable {
    var lane: Int
    var number: Int
  }

  @Test(
    "Each lane is served in its order and in its turn, no more wait than there is room, and only the longest lane gives way",
    arguments: 0..<50 as Range<UInt64>)
  func isFair(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    var queue = FairQueue<Int, Job>()
    var model: [Int: [Job]] = [:]
    /// The lanes that have been passed over since their last turn.
    var passedOver: [Int: Set<Int>] = [:]
    let room = Int(random.bits(.wire, 0) % 12)
    for step in 1..<600 as Range<UInt64> {
      let draw = random.bits(.wire, step)
      if draw % 5 < 3 {
        // A busy lane, and quiet ones.
        let lane = draw >> 8 & 1 == 0 ? 0 : Int(draw >> 16 & 7)
        let job = Job(lane: lane, number: Int(step))
        let isFull = queue.count >= room
        let longest = model.values.map(\.count).max() ?? 0
        let own = model[lane]?.count ?? 0
        model[lane, default: []].append(job)
        let displaced = queue.add(job, to: lane, room: room)
        #expect((displaced != nil) == isFull)
        if let displaced {
          #expect(model[displaced.lane]?.last == displaced)
          model[displaced.lane]?.removeLast()
          // Who has less than another never gives way to him.
          if displaced != job {
            #expect(longest > own + 1 && (model[displaced.lane]?.count ?? 0) + 1 == longest)
          } else {
            #expect(own + 1 >= longest || room == 0)
          }
        }
      } else if let job = queue.next() {
        #expect(model[job.lane]?.first == job)
        model[job.lane]?.removeFirst()
        // Nobody who waits is passed over by the same lane twice.
        for (lane, jobs) in model where lane != job.lane && !jobs.isEmpty {
          #expect(passedOver[lane, default: []].insert(job.lane).inserted, "lane \(lane) was passed over by \(job.lane) twice")
        }
        passedOver[job.lane] = []
      } else {
        let areAllEmpty = model.values.allSatisfy { $0.isEmpty }
        #expect(areAllEmpty)
      }
      for (lane, jobs) in model where jobs.isEmpty { passedOver[lane] = [] }
      let waiting = model.values.reduce(0) { $0 + $1.count }
      #expect(queue.count == waiting && queue.count <= room)
      #expect(queue.isEmpty == (queue.count == 0))
    }
  }

  @Test("Addresses are counted apart, those of one IPv6 network together, and IPv4 in IPv6's clothes as itself")
  func callers() throws {
    func key(_ text: String) throws -> CallerKey { CallerKey(try SocketAddress(ipAddress: text, port: 80)) }
    #expect(try key("10.0.0.1") == key("10.0.0.1"))
    #expect(try key("10.0.0.1") != key("10.0.0.2"))
    #expect(try key("2001:db8::1") == key("2001:db8::ffff:1"))
    #expect(try key("2001:db8::1") != key("2001:db8:0:1::1"))
    #expect(try key("::ffff:10.0.0.1") == key("10.0.0.1"))
    #expect(try key("::1") != key("0.0.0.0"))
    #expect(CallerKey(nil) == .none)
  }
}
