import Shared
import Testing

@Suite("Workload")
struct WorkloadTests {
  @Test(
    "A service time is printed as it was written",
    arguments: ["100ms", "uniform:0s..200ms", "exponential:2s", "lognormal:2s,0.5"])
  func printsServiceTimes(text: String) throws {
    #expect(try ServiceTime(text: text).description == text)
  }

  @Test(
    "A service time that cannot be is refused by name",
    arguments: [
      ("uniform:200ms..100ms", "lower end lies above"), ("exponential:0s", "greater than zero"), ("gamma:2s", "'gamma' is none of"),
      ("lognormal:2s", "median and sigma"), ("lognormal:2s,-1", "sigma"), ("uniform:5s", "both ends"), ("12", "needs a unit"),
    ])
  func refusesServiceTimes(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try ServiceTime(text: text) }
    #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
  }

  @Test(
    "The mean of many draws is the mean of the distribution",
    arguments: [
      ("fixed:1s", 1.0), ("uniform:0s..2s", 1.0), ("exponential:1s", 1.0), ("lognormal:1s,0.5", 1.1331484530668263),
    ])
  func hasTheRightMean(text: String, mean: Double) throws {
    let time = try ServiceTime(text: text)
    let random = SeededRandom(seed: 7)
    let count = 200_000 as UInt64
    let sum = (0..<count).reduce(0.0) { $0 + time.sample(random, index: $1).seconds }
    // Four standard errors of the widest of them, the exponential.
    #expect(abs(sum / Double(count) - mean) < 4 / Double(count).squareRoot())
  }

  @Test("The same seed gives the same draws, and another seed others")
  func isSeeded() {
    let time = ServiceTime.exponential(mean: .seconds(1))
    #expect(time.sample(SeededRandom(seed: 3), index: 12) == time.sample(SeededRandom(seed: 3), index: 12))
    #expect(time.sample(SeededRandom(seed: 3), index: 12) != time.sample(SeededRandom(seed: 4), index: 12))
    #expect(SeededRandom(seed: 42).bits(.arrivalGap, 0) != SeededRandom(seed: 42).bits(.serviceTime, 0))
  }

  @Test("Constant arrivals do not drift from their rate")
  func constantArrivalsKeepTheirRate() throws {
    var times = ArrivalTimes(.constant, rate: try Rate(text: "3/s"), random: SeededRandom(seed: 1))
    var last: Int64?
    for _ in 0...3_000_000 { last = times.next() }
    #expect(last == 1_000_000_000_000_000)
  }

  @Test("Poisson arrivals keep their rate and vary as a Poisson process does")
  func poissonArrivals() throws {
    var times = ArrivalTimes(.poisson, rate: try Rate(text: "1000/s"), random: SeededRandom(seed: 5))
    var counts = [Int](repeating: 0, count: 1_000)
    while let due = times.next(), case let second = Int(due / 1_000_000_000), second < counts.count { counts[second] += 1 }
    let mean = Double(counts.reduce(0, +)) / 1_000
    let variance = counts.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 999
    #expect(abs(mean - 1_000) < 5)
    // The index of dispersion of 1,000 Poisson counts has a standard deviation of √(2/999) ≈ 0.045.
    #expect(abs(variance / mean - 1) < 0.2)
  }
}
