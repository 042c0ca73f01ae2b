import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("What load it was, in words")
struct RateWordingTests {
  @Test(
    "Each kind of load is named by what was asked for",
    arguments: [
      (["rate": "200/s", "arrivals": "poisson"], "200/s", "200/s poisson"),
      (
        ["rate": "0/s..1000/s over 1m, 1000/s for 5m", "arrivals": "constant"], "0/s to 1,000/s in 2 stages",
        "0/s to 1,000/s in 2 stages constant"
      ),
      (["rate": "50/s for 5m", "arrivals": "constant"], "50/s in 1 stage", "50/s in 1 stage constant"),
      (["schedule": "times.csv"], "as recorded", "recorded schedule"), (["concurrency": "5"], nil, "closed load"),
      (["concurrency": "5", "think-time": "exponential:1s"], nil, "closed load, thinking exponential:1s"),
    ] as [([String: String], String?, String)])
  func namesLoads(scenario: [String: String], target: String?, load: String) {
    var summary = SampleRun(seed: 1, rate: 2, seconds: 2).summary()
    summary.scenario = scenario
    #expect(summary.targetWording == target)
    #expect(summary.loadWording == load)
    #expect(summary.rateWording.first?.name == (target == nil ? "offered" : "target"))
    #expect(HTMLReport.render(summary).contains(" · \(load) · "))
  }
}
