import Shared
import Testing

@testable import OrderServer

@Suite("TokenBuckets")
struct TokenBucketsTests {
  private static func rate(_ seed: UInt64) throws -> Rate {
    try Rate(text: ["10/m", "100/s", "3/s", "1/h", "2500/s"][Int(seed % 5)])
  }

  private static let start = Int64(1_767_323_045_000_000)

  @Test("Within any stretch of time no more are let through than a burst and what has come back since")
  func neverTooMany() throws {
    for seed in 0..<60 as Range<UInt64> {
      let random = SeededRandom(seed: seed)
      let rate = try Self.rate(seed)
      let burst = Int(1 + random.bits(.orderContent, 0) % 12)
      var buckets = TokenBuckets<String>(rate: rate, burst: burst, keyLimit: 10)
      var now = Self.start
      var passed: [Int64] = []
      for step in 1..<300 as Range<UInt64> {
        now += Int64(random.uniform(.arrivalGap, step) * 2e6 / rate.perSecond)
        if buckets.take("a", at: Timestamp(microseconds: now)) == nil { passed.append(now) }
      }
      for first in passed.indices {
        for last in passed[first...].indices {
          let most = Double(burst) + Double(passed[last] - passed[first]) / 1e6 * rate.perSecond
          #expect(Double(last - first + 1) <= most + 1e-6, "seed \(seed)")
        }
      }
    }
  }

  @Test("A call is refused only where a bucket that fills drop by drop would be empty")
  func neverTooFew() throws {
    for seed in 0..<60 as Range<UInt64> {
      let random = SeededRandom(seed: seed)
      // Whole microseconds between tokens, so that the model is exact.
      let gap = Int64(1_000 * (1 + random.bits(.orderContent, 0) % 9_000))
      let rate = try #require(Rate(perSecond: 1e6 / Double(gap)))
      let burst = Int64(1 + random.bits(.orderContent, 1) % 8)
      var buckets = TokenBuckets<String>(rate: rate, burst: Int(burst), keyLimit: 10)
      var level = burst * gap
      var now = Self.start
      for step in 2..<300 as Range<UInt64> {
        let pause = Int64(random.bits(.arrivalGap, step) % UInt64(2 * gap))
        now += pause
        level = min(burst * gap, level + pause)
        // A nanosecond that the interval is rounded up by must not decide it.
        guard abs(level - gap) > 10 else { return }
        let isFull = level >= gap
        #expect((buckets.take("a", at: Timestamp(microseconds: now)) == nil) == isFull, "seed \(seed), step \(step)")
        if isFull { level -= gap }
      }
    }
  }

  @Test("The wait that is named is as long as it must be, and no longer; refusing takes nothing")
  func waitIsExact() throws {
    for seed in 0..<20 as Range<UInt64> {
      var buckets = TokenBuckets<String>(rate: try Self.rate(seed), burst: 3, keyLimit: 10)
      let start = Timestamp(microseconds: Self.start)
      for _ in 0..<3 { #expect(buckets.take("a", at: start) == nil) }
      let refusal = buckets.take("a", at: start)
      let wait = try #require(refusal)
      for _ in 0..<50 { #expect(buckets.take("a", at: start) == wait) }
      #expect(wait > .zero)
      let almost = Timestamp(microseconds: Self.start + (wait.nanoseconds - 1) / 1_000)
      #expect(buckets.take("a", at: almost) != nil)
      #expect(buckets.take("a", at: Timestamp(microseconds: Self.start + wait.nanoseconds / 1_000 + 1)) == nil)
    }
  }

  @Test("Every key has a bucket of its own")
  func keysAreApart() throws {
    var buckets = TokenBuckets<String>(rate: try Rate(text: "1/h"), burst: 1, keyLimit: 10)
    let now = Timestamp(microseconds: Self.start)
    #expect(buckets.take("a", at: now) == nil)
    #expect(buckets.take("a", at: now) == .seconds(3_600))
    #expect(buckets.take("b", at: now) == nil)
  }

  @Test("No more keys are kept than are allowed, and full buckets go before those that are not")
  func keepsFewKeys() throws {
    let rate = try Rate(text: "1/s")
    var buckets = TokenBuckets<Int>(rate: rate, burst: 1, keyLimit: 100)
    for key in 0..<90 { #expect(buckets.take(key, at: Timestamp(microseconds: Self.start)) == nil) }
    // Those are full again by now; these are not.
    let later = Timestamp(microseconds: Self.start + 2_000_000)
    for key in 1_000..<1_030 { #expect(buckets.take(key, at: later) == nil) }
    #expect(buckets.count <= 100)
    for key in 1_000..<1_030 { #expect(buckets.take(key, at: later) != nil) }
    for key in 0..<100_000 { _ = buckets.take(key, at: later) }
    #expect(buckets.count <= 100)
  }

  @Test("Extreme rates and times neither stop the program nor lose their meaning", arguments: [1e-300, 1e-9, 1e9, Rate.greatest])
  func extremes(perSecond: Double) throws {
    let rate = try #require(Rate(perSecond: perSecond))
    for burst in [.min, 0, 1, .max] {
      for time in [0, Self.start, Int64.max] {
        var buckets = TokenBuckets<String>(rate: rate, burst: burst, keyLimit: 0)
        #expect(buckets.take("a", at: Timestamp(microseconds: time)) == nil)
        if burst <= 1 { #expect(buckets.take("a", at: Timestamp(microseconds: time)) != nil) }
      }
    }
  }

  @Test("Of many threads that call at once, a burst is let through")
  func limiterIsShared() async throws {
    let limiter = RateLimiter<String>(rate: try Rate(text: "1/h"), burst: 25)
    let now = Timestamp(microseconds: Self.start)
    let passed = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<400 { group.addTask { limiter.take("a", at: now) == nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(passed == 25)
  }

  @Test("Retry-After is in whole seconds, rounded up, and never 0")
  func retryAfter() {
    #expect(Duration.zero.retryAfterSeconds == 1)
    #expect(Duration.milliseconds(1).retryAfterSeconds == 1)
    #expect(Duration.seconds(6).retryAfterSeconds == 6)
    #expect(Duration.milliseconds(6_001).retryAfterSeconds == 7)
  }
}
