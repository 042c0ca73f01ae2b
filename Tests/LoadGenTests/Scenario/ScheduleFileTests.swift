import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("A recorded schedule")
struct ScheduleFileTests {
  private func read(_ text: String, most: Int = ScheduleFile.mostTimes) throws -> [Int64] {
    try Array(text.utf8).withUnsafeBytes { try ScheduleFile.read($0, path: "times.csv", most: most).due }
  }

  @Test("Seconds count from the load's beginning, to the nanosecond, in any order")
  func seconds() throws {
    #expect(try read("0\n0.5\n1\n") == [0, 500_000_000, 1_000_000_000])
    #expect(try read("1.000000001\n.25\n1e-3\n12.\n0.9999999999") == [1_000_000, 250_000_000, 999_999_999, 1_000_000_001, 12_000_000_000])
    #expect(try read("+1\n-0\n12.5E-1\n0.00125e+3") == [0, 1_000_000_000, 1_250_000_000, 1_250_000_000])
    #expect(try read("31000000123456789e-9\n0e999999999999999999") == [0, 31_000_000_123_456_789])
    // A number that no floating-point one is.
    #expect(try read("31000000.123456789") == [31_000_000_123_456_789])
  }

  @Test("Stamps count from the earliest of them, whatever their time zones")
  func stamps() throws {
    let text = """
      2026-09-21T14:13:20.250Z
      2026-09-21 16:13:20+02:00
      2026-09-21t10:13:21.000000001-04:00
      2026-09-21T14:13:19.75z
      """
    #expect(try read(text) == [0, 250_000_000, 500_000_000, 1_250_000_001])
    #expect(try read("2028-02-29T23:59:59Z\n2028-03-01T00:00:00Z") == [0, 1_000_000_000])
    #expect(try read("2016-12-31T23:59:60Z\n2017-01-01T00:00:01Z") == [0, 1_000_000_000])
  }

  @Test("A stamp is the instant that the system's own calendar says it is")
  func calendar() throws {
    var dice = Dice(seed: 3)
    let style = Date.ISO8601FormatStyle()
    for _ in 0..<2_000 {
      let seconds = dice.int(0...9_214_646_399)
      let text = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
      #expect(Array(text.utf8).withUnsafeBytes { Stamp.nanoseconds($0) } == Int64(seconds) * 1_000_000_000, "\(text)")
    }
  }

  @Test("Comments, empty lines, a header, further columns, quotes and the line ends of Windows do not matter")
  func otherText() throws {
    #expect(
      try read("\u{FEFF}# recorded on Monday\r\n\r\ntime,path\r\n\"1.5\",/orders\r\n  0.5 , x\r\n# in \"between\n0.75,z\n,\n \t\n") == [
        500_000_000, 750_000_000, 1_500_000_000,
      ])
    #expect(try read("\"timestamp\",\"id\"\n\"2026-09-21T14:13:20Z\",\"a\"") == [0])
    #expect(try read("0.5;\"two\nlines; and a \"\"quote\"\"\"\n1.5;x\n") == [500_000_000, 1_500_000_000])
    #expect(try read("1,24\" pipe\n2,a\n") == [1_000_000_000, 2_000_000_000])
  }

  @Test(
    "A decimal comma is understood wherever it cannot be one between columns",
    arguments: [
      "0,25;a\n1,5;b\n", "time;user\n0,25;a\n1,5;b\n", "0,25\ta\n1,5\tb\n", "\"0,25\"\n\"1,5\"\n", "\"0,25\",a\n\"1,5\",b\n",
      "time\n0,25\n1,5\n", "# x\n\n0,25 ;7\n1,5;8", "time;n\n0,25;0\n1,5;0",
    ])
  func decimalCommas(text: String) throws { #expect(try read(text) == [250_000_000, 1_500_000_000]) }

  @Test("A comma between columns is understood where a header, or decimal points, tell that it is one")
  func columnCommas() throws {
    #expect(try read("time,code\n0,200\n1,201\n") == [0, 1_000_000_000])
    #expect(try read("0,200\n1.5,201\n") == [0, 1_500_000_000])
    #expect(try read("0,a\n1,b\n") == [0, 1_000_000_000])
    #expect(try read("0.5,GET /a,b\n1,GET /\n") == [500_000_000, 1_000_000_000])
  }

  @Test(
    "What could be read in two ways is refused with its line",
    arguments: [
      ("0,5\n", 1), ("0\n1\n1,5\n", 3), ("0,200\n1,201\n", 1), ("0,25,a\n1,b\n", 1), ("0.5\n999.5\n1,000.5\n", 3),
      ("time,user\n0.5,a\n0,75,b\n", 3), ("0;7\n1,5\n", 2), ("t;n\n1,5\n", 2), ("time,user\n0,5;a\n", 2), ("\"0,5\",a\n1,5;b\n", 2),
    ])
  func doubts(text: String, line: Int) {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    #expect(error?.description.hasPrefix("times.csv:\(line): '") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("can be read in two ways") == true, "\(error?.description ?? "")")
  }

  @Test(
    "What is no due time is refused with its line, and what would be right",
    arguments: [
      ("0\n\n# x\nsoon\n", "times.csv:4: 'soon' is not a due time: write seconds since the load's beginning, as in 12.5"),
      ("time\ntime\n0", "times.csv:2: 'time' is not a due time"), ("12:30:00\n", "times.csv:1: '12:30:00' is not a due time"),
      ("0\n-1.5\n", "times.csv:2: '-1.5' is not a due time: it lies before the load's beginning"),
      ("1\n1 2\n", "times.csv:2: '1 2' is not a due time"), ("0.5.5", "'0.5.5' is not a due time"),
      ("1790000000\n", "times.csv:1: '1790000000' is not a due time: it lies more than a year after the load's beginning"),
      ("99999999999999999999999999", "more than a year"), ("1e300", "more than a year"),
      ("2026-09-21T14:13:20Z\n1.5\n", "times.csv:2: '1.5' is a number of seconds, and the lines before have a stamp"),
      ("1.5\n2026-09-21T14:13:20Z\n", "times.csv:2: '2026-09-21T14:13:20Z' is a stamp"),
      (
        "2026-09-21T14:13:20Z\n2028-09-21T14:13:20Z\n",
        "times.csv:2: '2028-09-21T14:13:20Z' is not a due time: it lies more than a year from"
      ),
      ("2026-02-29T00:00:00Z", "is not a due time"), ("2026-09-21T24:00:00Z", "is not a due time"),
      ("NaN\n1\n", "times.csv:1: 'NaN' is not a due time"), ("inf\n1", "times.csv:1: 'inf' is not"),
      ("\u{FEFF}\u{FEFF}0.5\n1", "times.csv:1: "),
      ("0x10\n1\n", "times.csv:1: '0x10' is not a due time"), ("1\n0x1p3\n", "times.csv:2: '0x1p3' is not a due time"),
      ("O.5\n1\n", "times.csv:1: 'O.5' is not"), ("null\n1", "times.csv:1: 'null' is not"), ("time,200\n1,200", "'time' is not a due time"),
      ("e5\n1", "'e5' is not"), ("1e\n", "'1e' is not"), (".\n", "'.' is not"), ("0\n.5.\n", "'.5.' is not"),
      ("0.5,a\n0.6;b\n", "times.csv:2: '0.6;b' is not a due time"), ("0,5;a\n0.6;b\n", "times.csv:2: '0.6' has a decimal '.'"),
      ("1.000,5;a\n", "times.csv:1: '1.000,5' is not a due time"),
      ("time;user,id\n0;a,b\n", "times.csv:1: the first line has several separators"),
      ("0.5;a\n;b\n", "times.csv:2: the first column is empty"),
      ("0;a\n1;\"b\n2;c\n", "times.csv:2: a quote is opened, and closed nowhere"),
      ("0;a\n1;\"b\"c\n", "times.csv:2: there is text behind a closing quote"),
      ("0\u{0}.\u{0}5\u{0}\n", "times.csv:1: there is a NUL byte"),
      ("0\n1\r2\r3\n", "times.csv:2: '1?2?3' is not a due time"),
      ("2026-09-21T14:13:20", "is not a due time"), ("2026-09-21", "is not a due time"), ("2026-13-01T00:00:00Z", "is not a due time"),
      ("0\n0.1\n0.2\n0.3\n", "times.csv:4: there are more than 3 due times, which is the most"),
      ("", "'times.csv' is not a schedule: it has no due time"), ("time,path\n# nothing\n", "it has no due time"),
    ])
  func refuses(text: String, message: String) {
    let error = #expect(throws: (any Error).self) { try read(text, most: 3) }
    #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test("Whatever bytes there are, it is read or refused, and what is read never falls")
  func anyBytes() throws {
    let alphabet = Array("0123456789.:-+TZe,;\"# \n\n\r\t\u{FF}".utf8)
    for seed in 0..<3_000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let bytes = (0..<dice.int(0...40)).map { _ in dice.pick(alphabet) }
      guard let times = try? bytes.withUnsafeBytes({ try ScheduleFile.read($0, path: "f").due }) else { continue }
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 } && (times.first ?? -1) >= 0, "seed \(seed)")
    }
  }

  @Test("A file that is not there is refused by its name")
  func noFile() {
    let error = #expect(throws: UnitError.self) { try ScheduleFile.read("/nowhere/times.csv") }
    #expect(error?.description.contains("'/nowhere/times.csv' is not a schedule: it cannot be read") == true)
  }
}
