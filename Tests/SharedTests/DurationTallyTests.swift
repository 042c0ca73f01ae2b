import Shared
import Testing

@Suite("The sum and the histogram of durations")
struct DurationTallyTests {
  @Test("Each limit's count is the number of durations that are at most it, whatever they are")
  func counts() {
    let random = SeededRandom(seed: 7)
    var durations: [Int64] = DurationTally.limits.flatMap { [$0 - 1, $0, $0 + 1] }
    durations += [0, -5, 1_000_000_000_000]
    for index in 0..<1_000 { durations.append(Int64(random.uniform(.serviceTime, UInt64(index)) * 1e8)) }
    var tally = DurationTally()
    var early = DurationTally()
    for (index, duration) in durations.enumerated() {
      tally.add(duration)
      if index < 500 { early.add(duration) }
    }
    #expect(tally.counts == DurationTally.limits.map { limit in Int64(durations.count { $0 <= limit }) })
    #expect(tally.sum == durations.reduce(0, +))
    let late = tally - early
    #expect(late.counts == DurationTally.limits.map { limit in Int64(durations.dropFirst(500).count { $0 <= limit }) })
    #expect(DurationTally.limits == DurationTally.limits.sorted() && DurationTally.limits.count == Set(DurationTally.limits).count)
  }

  @Test("The parts of several processes are the whole, and the buckets of each rise to its completed orders", arguments: [2, 3, 7])
  func parts(processes: Int) {
    var tallies = Tallies()
    let random = SeededRandom(seed: UInt64(processes))
    for index in 0..<101 {
      tallies[.completed] += 1
      tallies.completion.add(Int64(random.uniform(.serviceTime, UInt64(index)) * 8e7))
    }
    let parts = (0..<processes).map { FigureBasis(tallies).part($0, of: processes).tallies }
    for place in DurationTally.limits.indices {
      #expect(parts.reduce(0) { $0 + $1.completion.counts[place] } == tallies.completion.counts[place])
    }
    for part in parts { #expect(part.completion.counts + [part[.completed]] == (part.completion.counts + [part[.completed]]).sorted()) }
  }
}
