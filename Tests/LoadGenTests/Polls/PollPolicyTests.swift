import Shared
import Testing

@testable import LoadRun

@Suite("Poll policy")
struct PollPolicyTests {
  private func gaps(_ policy: PollPolicy, of index: UInt64 = 0, _ count: UInt32 = 6) -> [Int64] {
    (0..<count).map { policy.gap(after: $0, of: index) / .millisecond }
  }

  @Test("A gap stays as it is, or doubles up to the longest; a first delay of its own comes before")
  func gaps() throws {
    var fixed = try PollPolicy(text: "100ms")
    var backoff = try PollPolicy(text: "backoff:100ms..1s")
    #expect(gaps(fixed) == [100, 100, 100, 100, 100, 100])
    #expect(gaps(backoff) == [100, 200, 400, 800, 1000, 1000])
    #expect(backoff.gap(after: .max, of: 0) == .second)
    fixed.delay = 700 * .millisecond
    backoff.delay = 0
    #expect(gaps(fixed) == [700, 100, 100, 100, 100, 100])
    #expect(gaps(backoff) == [0, 100, 200, 400, 800, 1000])
  }

  @Test("A gap that adapts has four steps to a doubling, and never leaves its ends")
  func adaptive() throws {
    let policy = try PollPolicy(text: "adaptive", adaptiveUpTo: .seconds(30))
    #expect(policy == PollPolicy(adaptiveUpTo: .seconds(30)))
    #expect(policy.description == "adaptive:100ms..30s")
    #expect(try PollPolicy(text: policy.description) == policy)
    #expect((0...8).map { policy.adaptedGap($0) / .millisecond } == [100, 118, 141, 168, 200, 237, 282, 336, 400])
    #expect(policy.adaptedGap(.max) == 30 * .second)
    for text in ["adaptive:1ns..1h", "adaptive:50ms..10s", "adaptive:1s..1s"] {
      let policy = try PollPolicy(text: text)
      let gaps = (0...UInt8.max).map { policy.adaptedGap($0) }
      #expect(gaps.first == policy.first && gaps.last == policy.longest && gaps == gaps.sorted(), "\(text)")
    }
    #expect(throws: (any Error).self) { try PollPolicy(text: "adaptive:50ms") }
    #expect(throws: (any Error).self) { try PollPolicy(text: "adaptive:0s..1s") }
    #expect(throws: (any Error).self) { try PollPolicy(text: ":100ms") }
  }

  @Test("Jitter stays within its share on both sides, fills it, and leaves the mean as it is", arguments: [0.01, 0.2, 1])
  func jitter(share: Double) throws {
    for seed in 0..<20 as Range<UInt64> {
      var policy = try PollPolicy(text: "100ms")
      policy.jitter = share
      policy.random = SeededRandom(seed: seed)
      let gaps = (0..<2_000).map { (number: UInt64) -> Double in
        Double(policy.gap(after: UInt32(number % 7), of: number)) / 1e8 - 1
      }
      #expect(gaps.allSatisfy { abs($0) <= share + 1e-8 })
      #expect((gaps.max() ?? 0) > share * 0.95 && (gaps.min() ?? 0) < -share * 0.95)
      // Five deviations of the mean of so many uniform draws.
      let deviation = share / 3.0.squareRoot() / 2_000.0.squareRoot()
      #expect(abs(gaps.reduce(0, +) / 2_000) < 5 * deviation)
    }
  }

  @Test("Jitter is a function of the seed, the order and the number of the poll, and of nothing else")
  func jitterIsDrawnAnew() throws {
    var policy = try PollPolicy(text: "backoff:100ms..5s")
    policy.jitter = 0.2
    policy.random = SeededRandom(seed: 7)
    var again = policy
    again.random = SeededRandom(seed: 7)
    #expect(gaps(policy, of: 3) == gaps(again, of: 3))
    again.random = SeededRandom(seed: 8)
    #expect(gaps(policy, of: 3) != gaps(again, of: 3))
    #expect(gaps(policy, of: 3) != gaps(policy, of: 4))
    var fixed = try PollPolicy(text: "1s")
    fixed.jitter = 0.2
    #expect(Set((0..<100 as Range<UInt32>).map { fixed.gap(after: $0, of: 0) }).count > 95)
  }
}
