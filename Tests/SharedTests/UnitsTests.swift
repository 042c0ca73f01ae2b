import Shared
import Testing

@Suite("Units")
struct UnitsTests {
  @Test(
    "A duration is read from its text",
    arguments: [
      ("30s", 30_000_000_000), ("250ms", 250_000_000), ("1m30s", 90_000_000_000), ("1.5s", 1_500_000_000),
      ("2h", 7_200_000_000_000), ("100us", 100_000), ("100µs", 100_000), ("50ns", 50), ("0", 0), ("0s", 0),
      ("0.1ms", 100_000), ("1h0m1s", 3_601_000_000_000),
    ] as [(String, Int64)])
  func readsDurations(text: String, nanoseconds: Int64) throws {
    #expect(try Duration(text: text).nanoseconds == nanoseconds)
  }

  @Test(
    "A text that is no duration is refused with what would be right",
    arguments: [
      ("30", "needs a unit, as in 30s"), ("", "it is empty"), ("s", "write it as in 30s"), ("5x", "the unit 'x' is none of"),
      ("-5s", "write it as in 30s"), ("30s1m", "fall from larger to smaller"), ("1.2.3s", "is not a number"),
      ("9999999999h", "longer than 292 years"), ("5 s", "it needs a unit"),
    ])
  func refusesDurations(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try Duration(text: text) }
    #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
  }

  @Test("A printed duration is read back as the same duration")
  func printsDurations() throws {
    let random = SeededRandom(seed: 1)
    for index in 0..<5_000 as Range<UInt64> {
      let shift = random.bits(.orderContent, index, part: 1) % 60
      let nanoseconds = Int64(random.bits(.orderContent, index) >> (4 + shift))
      let text = Duration.nanoseconds(nanoseconds).text
      // Above a minute the seconds carry nine decimals, which a double holds exactly enough to round back.
      #expect(try Duration(text: text).nanoseconds == nanoseconds, "\(text)")
    }
    #expect(Duration.seconds(90).text == "1m30s")
    #expect(Duration.milliseconds(250).text == "250ms")
    #expect(Duration.milliseconds(1500).text == "1.5s")
    #expect(Duration.zero.text == "0s")
  }

  @Test("A bare rate is per second, and is printed with its unit")
  func readsRates() throws {
    #expect(try Rate(text: "200").description == "200/s")
    #expect(try Rate(text: "120/m").perSecond == 2)
    #expect(try Rate(text: "0.5/s").description == "0.5/s")
    for wrong in ["0", "-1/s", "fast", "5/d", "", "/s", "inf", "nan"] {
      #expect(throws: UnitError.self) { try Rate(text: wrong) }
    }
  }

  @Test("Shares and sizes are read and printed with their units")
  func readsSharesAndSizes() throws {
    #expect(try Share(text: "10%").fraction == 0.1)
    #expect(try Share(text: "0.25").description == "25%")
    #expect(throws: UnitError.self) { try Share(text: "110%") }
    #expect(try ByteCount(text: "5MiB").bytes == 5 << 20)
    #expect(try ByteCount(text: "1.5KiB").description == "1.5KiB")
    #expect(throws: UnitError.self) { try ByteCount(text: "5") }
  }
}
