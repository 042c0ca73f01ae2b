import Testing

@testable import LoadRun

@Suite("Timers")
struct TimersTests {
  @Test("They come by rising time, those of one time in the order in which they were set, and none before its time")
  func order() {
    for seed in 0..<50 as Range<UInt64> {
      var dice = Dice(seed: seed)
      var timers = Timers()
      var set: [(at: Int64, number: UInt32)] = []
      var came: [(at: Int64, number: UInt32)] = []
      var now: Int64 = 0
      for number in 0..<200 as Range<UInt32> {
        let at = now + Int64(dice.int(0...20))
        timers.set(.user(number), at: Instant(at))
        set.append((at, number))
        if dice.chance(0.5) { now += Int64(dice.int(0...5)) }
        while let timer = timers.popDue(by: Instant(now)) {
          #expect(timer.at <= Instant(now), "seed \(seed)")
          if case .user(let number) = timer.subject { came.append((timer.at.nanoseconds, number)) }
        }
        #expect(timers.next.map { $0 > Instant(now) } ?? true)
      }
      while let timer = timers.popDue(by: Instant(now + 100)) {
        if case .user(let number) = timer.subject { came.append((timer.at.nanoseconds, number)) }
      }
      #expect(timers.next == nil)
      #expect(came.map(\.number).sorted() == set.map(\.number), "seed \(seed): each comes once")
      let sameTimes = zip(came, came.dropFirst()).filter { $0.at == $1.at }
      #expect(sameTimes.allSatisfy { $0.number < $1.number }, "seed \(seed)")
    }
  }

  @Test("Forgotten timers do not come")
  func forgets() {
    var timers = Timers()
    timers.set(.metrics, at: Instant(1))
    timers.removeAll()
    #expect(timers.next == nil && timers.popDue(by: Instant(2)) == nil)
  }
}
