import Shared
import Testing

@Suite("A rate in stages, as text")
struct RateStagesTextTests {
  @Test(
    "Stages are printed as they were written",
    arguments: [
      "0/s..1000/s over 1m, 1000/s for 5m, 200/s for 30s", "200/s for 30s", "0/s for 10s, 0.5/s..2/s over 1h", "50/s for 1.5s",
    ])
  func prints(text: String) throws {
    #expect(try RateStages(text: text).description == text)
  }

  @Test("A bare rate is per second, other units are turned into it, and blanks do not matter")
  func readsFreely() throws {
    #expect(try RateStages(text: " 0 .. 600/m  over 1m ,200 for 30s").description == "0/s..10/s over 1m, 200/s for 30s")
    #expect(try RateStages(text: "5/s..5/s over 2s").description == "5/s for 2s")
  }

  @Test("The stages know how long they last, how many arrivals they expect, and when")
  func integrates() throws {
    let stages = try RateStages(text: "0/s..1000/s over 1m, 0/s for 10s, 1000/s for 5m, 200/s..0/s over 30s")
    #expect(stages.length == .seconds(400))
    #expect(stages.expected == 30_000 + 300_000 + 3_000)
    #expect(stages.range == 0...1_000)
    #expect(stages.expected(by: .seconds(30)) == 7_500)
    #expect(stages.expected(by: .seconds(65)) == 30_000)
    #expect(stages.expected(by: .seconds(385)) == 330_000 + 2_250)
    #expect(stages.expected(by: .seconds(1_000)) == 333_000)
    #expect(stages.time(of: 7_500) == .seconds(30))
    // Nothing arrives in a pause: what is reached at its beginning is due at its end.
    #expect(stages.time(of: 30_000) == .seconds(70))
    #expect(stages.time(of: 332_250) == .seconds(385))
    #expect(stages.time(of: 333_000) == nil)
  }

  @Test(
    "A stage that cannot be is refused by its number and its part",
    arguments: [
      ("", "stage 1 is empty"), ("200/s for 1s,", "stage 2 is empty"), ("200/s for 1s,,1/s for 1s", "stage 2 is empty"),
      ("200/s for 1s, 100/s", "stage 2, '100/s': it has no length: write it as in 200/s for 30s"),
      ("200/s form 5m", "stage 1, '200/s form 5m': it has no length"),
      ("0/s..200/s for 1m", "a ramp goes 'over' its time, as in 0/s..200/s over 1m"),
      ("200/s over 1m", "a ramp has two rates, as in 0/s..200/s over 1m"), ("for 5s", "it has no rate before 'for'"),
      ("5/s for", "it has no time after 'for'"), ("5/s for 30", "'30' is not a duration: it needs a unit"),
      ("5/s for 0s", "'0s' is no time: it must be greater than zero"), ("fast for 5s", "'fast' is not a rate: write it as in 200/s"),
      ("0/s..x over 5s", "'x' is not a rate"), ("0/s.. over 5s", "'' is not a rate"), ("-1/s for 5s", "it must be zero or greater"),
      ("5/d for 5s", "it is per s, m or h"), ("2e9/s for 1s", "it is at most 1000000000/s"), ("0/s for 5s", "nothing ever arrives"),
      ("1/s for 2000000h, 1/s for 2000000h", "stage 2, '1/s for 2000000h': with it the stages are longer than 292 years"),
      ("nan for 5s", "zero or greater"),
    ])
  func refuses(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try RateStages(text: text) }
    #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("'\(text)' is not a rate in stages: ") == true)
  }
}
