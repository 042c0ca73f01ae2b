import Testing

@testable import LoadRun

@Suite("What a loop stood still for")
struct StandstillsTests {
  @Test("What lies between two instants is the sum of those that ended there, and never more than the time itself", arguments: 1...50)
  func sums(seed: Int) {
    var random = CodecDice(seed: 14, round: seed)
    var standstills = Standstills()
    var all: [(end: Int64, late: Int64)] = []
    var now: Int64 = 0
    for _ in 0..<Int.random(in: 0...200, using: &random) {
      let late = Int64.random(in: 0...50_000_000, using: &random)
      now += late + .random(in: 1...100_000_000, using: &random)
      all.append((now, late))
      standstills.add(late, until: Instant(now))
    }
    for _ in 0..<100 {
      let from = Int64.random(in: 0...max(1, now), using: &random)
      let to = from + .random(in: 0...1_000_000_000, using: &random)
      let between = all.filter { $0.late >= Standstill.least && $0.end > from && $0.end <= to }.reduce(0) { $0 + $1.late }
      let expected = to - from < Standstill.least ? 0 : min(to - from, between)
      #expect(standstills.time(from: Instant(from), to: Instant(to)) == expected)
    }
    #expect(standstills.time(from: .never, to: Instant(now)) == 0 && standstills.time(from: Instant(0), to: .never) == 0)
  }

  @Test("A standstill that is told again, with what came after it, counts once", arguments: 1...50)
  func toldTwice(seed: Int) {
    var random = CodecDice(seed: 15, round: seed)
    var standstills = Standstills()
    var now: Int64 = 0
    var sum: Int64 = 0
    for _ in 0..<100 {
      let length = Int64.random(in: Standstill.least...50_000_000, using: &random)
      now += length + .random(in: 0...100_000_000, using: &random)
      standstills.add(length, until: Instant(now))
      let more = Int64.random(in: 0...20_000_000, using: &random)
      now += more
      standstills.add(length + more, until: Instant(now))
      sum += length + (more >= Standstill.least ? more : 0)
    }
    #expect(standstills.time(from: Instant(0), to: Instant(now)) == sum)
  }

  @Test("What is forgotten after very many is told of nobody")
  func forgets() {
    var standstills = Standstills()
    let each = 2 * Standstill.least
    let count: Int64 = 100_000
    for index in 1...count { standstills.add(Standstill.least, until: Instant(index * each)) }
    let end = Instant(count * each)
    #expect(standstills.time(from: Instant(count * each - 100 * each), to: end) == 100 * Standstill.least)
    // From a time that is forgotten no more is known than what is kept, and never more than there was since.
    let since = standstills.time(from: Instant(40_000 * each), to: end)
    #expect(since > 0 && since <= (count - 40_000) * Standstill.least)
  }
}
