import Foundation
import Shared
import Testing

@testable import LoadRun

/// Schedules as programs write them, whatever their habits.
@Suite("A schedule's spelling")
struct ScheduleSpellingTests {
  /// A file, and the times that it says.
  struct Written {
    var text: String
    var due: [Int64]
    /// What stands between columns; `nil`: there is one.
    var separator: String?

    init(_ dice: inout Dice) {
      let separator = dice.pick([nil, ",", ";", "\t"])
      let hasHeader = dice.chance(0.5)
      let mark = separator == "," || separator == nil && !hasHeader ? "." : dice.pick([".", ","])
      let columns = separator == nil ? 1 : dice.int(2...4)
      let isOfStamps = dice.chance(0.25)
      var lines: [String] = []
      var due: [Int64] = []
      func blank(_ dice: inout Dice) -> String { dice.pick(["", "", "", " ", "  "]) }
      func line(_ fields: [String], _ dice: inout Dice) -> String {
        fields.map { blank(&dice) + $0 + blank(&dice) }.joined(separator: separator ?? "")
      }
      if hasHeader {
        let names = ["time", "\"due time\"", "Zeit_2", "é", "\"a\"\"b\""].shuffled(&dice)
        lines.append(line(Array(names.prefix(columns)), &dice))
      }
      for _ in 0..<dice.int(1...6) {
        let time = isOfStamps ? Int64(dice.int(0...3_600)) * .second + dice.span(0...(.second - 1)) : Self.time(&dice)
        due.append(time)
        var first = isOfStamps ? Self.stamp(time, &dice) : Self.seconds(time, mark: mark, &dice)
        if dice.chance(0.3) || first.contains(separator ?? "\n") { first = "\"\(first)\"" }
        // No number that a comma could have cut off: that is the other tests' part.
        let others = ["a", "/orders?x=1", "\"two\nlines\"", "\"c,d;e\tf\"", "\"\"", "24\" pipe", "-", "\"7\""]
        var fields = [first]
        while fields.count < columns { fields.append(dice.pick(others)) }
        lines.append(line(fields, &dice))
        if dice.chance(0.2) {
          lines.append(dice.pick(["", " ", "# a \"comment, or; so", String(repeating: separator ?? "", count: columns)]))
        }
      }
      let end = dice.pick(["\n", "\r\n"])
      text = (dice.chance(0.3) ? "\u{FEFF}" : "") + lines.joined(separator: end) + (dice.chance(0.5) ? end : "")
      let first = isOfStamps ? due.min() ?? 0 : 0
      self.due = due.map { $0 - first }.sorted()
      self.separator = separator
    }

    private static func time(_ dice: inout Dice) -> Int64 {
      let places = dice.pick([0, 1, 2, 3, 9])
      let step = (0..<(9 - places)).reduce(Int64(1)) { step, _ in step * 10 }
      let longest = dice.pick([100, 30_000_000] as [Int64]) * .second
      return dice.span(0...longest) / step * step
    }

    /// One of the many ways to write the same number, all of them exact.
    private static func seconds(_ time: Int64, mark: String, _ dice: inout Dice) -> String {
      let whole = String(time / .second)
      var decimals = String(String(time % .second + .second).dropFirst())
      while dice.chance(0.9), decimals.hasSuffix("0") { decimals.removeLast() }
      switch dice.int(0...5) {
      case 0: return "\(time)e-9"
      case 1: return "\(time)0E-0010"
      case 2: return (dice.chance(0.5) ? "+" : "00") + whole + (decimals.isEmpty ? "" : mark + decimals)
      case 3 where whole == "0" && !decimals.isEmpty: return mark + decimals
      case 4: return whole + mark + decimals + "000000"
      // A bare decimal mark at the end is one as well.
      case 5: return whole + mark + decimals
      default: return whole + (decimals.isEmpty ? "" : mark + decimals)
      }
    }

    private static func stamp(_ time: Int64, _ dice: inout Dice) -> String {
      let offset = dice.int(-12...12)
      let base: Int64 = 1_790_000_000
      let date = Date(timeIntervalSince1970: Double(base + time / .second + Int64(offset) * 3_600))
      let text = date.formatted(Date.ISO8601FormatStyle()).dropLast()
      let zone = offset == 0 ? dice.pick(["Z", "z", "+00:00", "-00:00"]) : String(format: "%@%02d:00", offset < 0 ? "-" : "+", abs(offset))
      return String(text).replacing("T", with: dice.pick(["T", "t", " "])) + String(format: ".%09d", Int(time % .second)) + zone
    }
  }

  private func read(_ bytes: [UInt8]) throws -> [Int64] {
    try bytes.withUnsafeBytes { try ScheduleFile.read($0, path: "times.csv").due }
  }

  @Test("Due times are read back to the nanosecond, however they are written")
  func readsBack() {
    for seed in 0..<3_000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let written = Written(&dice)
      let found = Result { try read(Array(written.text.utf8)) }
      #expect((try? found.get()) == written.due, "seed \(seed): \(written.text.debugDescription): \(found)")
    }
  }

  @Test("A file that something went wrong with is refused, or says the same as before")
  func mutated() {
    var refused = 0
    for seed in 0..<4_000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let written = Written(&dice)
      var bytes = Array(written.text.utf8)
      let place = dice.int(0...(bytes.count - 1))
      switch dice.int(0...6) {
      // What stands between columns, or within a number, is taken for the other.
      case 0: replace(",", by: ".", in: &bytes, &dice)
      case 1: replace(".", by: ",", in: &bytes, &dice)
      case 2:
        let other = dice.pick([",", ";", "\t"])
        replace(written.separator ?? ",", by: other, in: &bytes, &dice)
      case 3: replace("\"", by: "", in: &bytes, &dice)
      case 4: bytes.insert(UInt8(ascii: "\""), at: place)
      case 5: bytes.insert(dice.pick([0, 0x0B, 0xFF, UInt8(ascii: "x")] as [UInt8]), at: place)
      default: bytes = Array(written.text.data(using: dice.pick([.utf16LittleEndian, .utf16BigEndian, .utf16])) ?? Data())
      }
      guard let times = try? read(bytes) else {
        refused += 1
        continue
      }
      #expect(
        times == written.due, "seed \(seed): \(written.text.debugDescription) as \(String(decoding: bytes, as: UTF8.self).debugDescription)"
      )
    }
    // Most of these are.
    #expect(refused > 1_000, "\(refused)")
  }

  private func replace(_ old: String, by new: String, in bytes: inout [UInt8], _ dice: inout Dice) {
    let places = bytes.indices.filter { old.utf8.first == bytes[$0] }
    guard !places.isEmpty else { return }
    let place = dice.pick(places)
    bytes.replaceSubrange(place...place, with: new.utf8)
  }
}

extension Array {
  fileprivate func shuffled(_ dice: inout Dice) -> [Element] {
    var rest = self
    return indices.map { _ in rest.remove(at: dice.int(0...(rest.count - 1))) }
  }
}
