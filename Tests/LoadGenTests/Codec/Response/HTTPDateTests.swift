import Testing

@testable import LoadRun

@Suite("Dates in headers")
struct HTTPDateTests {
  private func seconds(_ text: String, now: Double = 784_111_777) -> Double? {
    Array(text.utf8).withUnsafeBytes { HTTPDate.seconds($0, now: now) }
  }

  @Test("The three forms of RFC 9110 are one time")
  func forms() {
    for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
      #expect(seconds(text) == 784_111_777, "\(text)")
    }
  }

  @Test("Every day of 400 years is read in all three forms as a count of days from 1970 says")
  func days() {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var day = 0
    for year in 1970..<2370 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for date in 1...length {
          let expected = Double(day * 86_400 + 3_661)
          let two = date < 10 ? "0\(date)" : "\(date)"
          let short = year % 100 < 10 ? "0\(year % 100)" : "\(year % 100)"
          let one = date < 10 ? " \(date)" : "\(date)"
          let found = [
            seconds("Mon, \(two) \(names[month]) \(year) 01:01:01 GMT"),
            seconds("Monday, \(two)-\(names[month])-\(short) 01:01:01 GMT", now: expected),
            seconds("Mon \(names[month]) \(one) 01:01:01 \(year)"),
          ]
          if found != [expected, expected, expected] { Issue.record("\(date) \(names[month]) \(year): \(found)") }
          day += 1
        }
      }
    }
  }

  @Test("A year of two digits is never more than 50 years ahead")
  func centuries() {
    let now = 1_790_000_000.0
    #expect(seconds("Tuesday, 01-Jan-30 00:00:00 GMT", now: now) == 1_893_456_000)
    #expect(seconds("Friday, 01-Jan-77 00:00:00 GMT", now: now) == 220_924_800, "it would be 2077")
  }

  @Test(
    "What is no date is none",
    arguments: [
      "", "soon", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
      "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
      "Sun 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49:37", "Sun, -6 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, 06 N\u{FC}v 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    ])
  func noDates(text: String) { #expect(seconds(text) == nil) }

  @Test("Bytes of any kind trap nothing")
  func anything() {
    for round in 0..<CodecDice.rounds(2000) {
      var dice = CodecDice(seed: 5, round: round)
      var bytes = Array(dice.pick(["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]).utf8)
      ResponseCorpus.mutation.apply(to: &bytes, &dice)
      _ = bytes.withUnsafeBytes { HTTPDate.seconds($0, now: 784_111_777) }
    }
  }
}
