import Foundation
import Shared
import Testing

@testable import OrderServer

@Suite("Timestamp and OrderClock")
struct TimestampTests {
  @Test("A timestamp is printed in UTC with six decimals")
  func prints() {
    #expect(Timestamp(microseconds: 1_767_323_045_123_456).description == "2026-01-02T03:04:05.123456Z")
    #expect(Timestamp(microseconds: 0).description == "1970-01-01T00:00:00.000000Z")
    #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
    #expect(Timestamp(microseconds: 951_782_400_000_000).description == "2000-02-29T00:00:00.000000Z")
  }

  @Test("Every second of six centuries is printed as Foundation prints it")
  func agreesWithFoundation() {
    let random = SeededRandom(seed: 1)
    for index in 0..<5_000 as Range<UInt64> {
      let second = Int64(random.bits(.orderContent, index) % (600 * 31_556_952)) - 6_000_000_000
      let text = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
      #expect(Timestamp(microseconds: second * 1_000_000 + 42).description == text.dropLast() + ".000042Z")
    }
  }

  @Test("A clock goes on from the last stamp of an earlier run, and is left alone where it is ahead of it")
  func clockNeverFallsBack() {
    let clock = OrderClock(startingAt: Timestamp(microseconds: 100)) { 5 }
    clock.neverBefore(Timestamp(microseconds: 90))
    #expect(clock.now().microseconds == 105)
    clock.neverBefore(Timestamp(microseconds: 1_000))
    #expect(clock.now().microseconds == 1_000)
  }

  @Test("Readings of the clock never fall, whoever reads it")
  func clockIsMonotonic() async {
    let clock = OrderClock()
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var last = clock.now()
          for _ in 0..<20_000 {
            let now = clock.now()
            if now < last { return false }
            last = now
          }
          return true
        }
      }
      for await isSteady in group { #expect(isSteady) }
    }
  }

  @Test("A new id is a UUID of version 7 that begins with the time, and no two are alike")
  func makesIDs() throws {
    let time = Timestamp(microseconds: 1_767_323_045_123_456)
    var ids: Set<OrderID> = []
    for _ in 0..<1_000 {
      let id = OrderID.unique(at: time)
      let uuid = try #require(UUID(uuidString: id.text))
      #expect(id.text == uuid.uuidString.lowercased())
      #expect(uuid.uuid.6 >> 4 == 7 && uuid.uuid.8 >> 6 == 2)
      #expect(id.text.hasPrefix("019b7ca9-8d03-7"), "\(id)")
      #expect(OrderRules.check(id: id.text) == nil)
      ids.insert(id)
    }
    #expect(ids.count == 1_000)
    #expect(OrderID.unique(at: time).text < OrderID.unique(at: time.advanced(by: .milliseconds(1))).text)
  }
}
