import Shared
import Testing

@testable import LoadRun

@Suite("Bad JSON")
struct BadJSONTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var bytes: [UInt8]
    var error: BadJSON

    init(_ text: String, _ error: BadJSON) { self.init(Array(text.utf8), error) }

    init(_ bytes: [UInt8], _ error: BadJSON) {
      self.bytes = bytes
      self.error = error
    }

    /// In the midst of a string, which begins at byte 0.
    static func inString(_ bytes: [UInt8], _ error: BadJSON) -> Case { Case([0x22] + bytes + [0x22], error) }

    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
  }

  static let cases = [
    Case("", .endsEarly(at: 0, wanted: .value)),
    Case("  ", .endsEarly(at: 2, wanted: .value)),
    Case("<html>", .unexpected(0x3C, at: 0, wanted: .value)),
    Case("1 2", .unexpected(0x32, at: 2, wanted: .nothing)),
    Case("{}}", .unexpected(0x7D, at: 2, wanted: .nothing)),
    Case("{", .endsEarly(at: 1, wanted: .keyOrEnd)),
    Case("{1:2}", .unexpected(0x31, at: 1, wanted: .keyOrEnd)),
    Case("{,}", .unexpected(0x2C, at: 1, wanted: .keyOrEnd)),
    Case(#"{"a"}"#, .unexpected(0x7D, at: 4, wanted: .colon)),
    Case(#"{"a""#, .endsEarly(at: 4, wanted: .colon)),
    Case(#"{"a":}"#, .unexpected(0x7D, at: 5, wanted: .value)),
    Case(#"{"a":1"#, .endsEarly(at: 6, wanted: .commaOrObjectEnd)),
    Case(#"{"a":1]"#, .unexpected(0x5D, at: 6, wanted: .commaOrObjectEnd)),
    Case(#"{"a":1,}"#, .unexpected(0x7D, at: 7, wanted: .key)),
    Case(#"{'a':1}"#, .unexpected(0x27, at: 1, wanted: .keyOrEnd)),
    Case("[", .endsEarly(at: 1, wanted: .value)),
    Case("[1", .endsEarly(at: 2, wanted: .commaOrArrayEnd)),
    Case("[1,]", .unexpected(0x5D, at: 3, wanted: .value)),
    Case("[1 2]", .unexpected(0x32, at: 3, wanted: .commaOrArrayEnd)),
    Case("[1}", .unexpected(0x7D, at: 2, wanted: .commaOrArrayEnd)),
    Case("\u{B}1", .unexpected(0x0B, at: 0, wanted: .value)),
    Case("\u{A0}1", .unexpected(0xC2, at: 0, wanted: .value)),
    Case("// 1", .unexpected(0x2F, at: 0, wanted: .value)),
    Case("nul", .endsEarly(at: 3, wanted: .literal)),
    Case("nulL", .unexpected(0x4C, at: 3, wanted: .literal)),
    Case("True", .unexpected(0x54, at: 0, wanted: .value)),
    Case("NaN", .unexpected(0x4E, at: 0, wanted: .value)),
    Case("-", .endsEarly(at: 1, wanted: .digit)),
    Case("-a", .unexpected(0x61, at: 1, wanted: .digit)),
    Case("+1", .unexpected(0x2B, at: 0, wanted: .value)),
    Case("01", .leadingZero(at: 0)),
    Case("-007", .leadingZero(at: 1)),
    Case("1.", .endsEarly(at: 2, wanted: .digit)),
    Case("[1.]", .unexpected(0x5D, at: 3, wanted: .digit)),
    Case(".5", .unexpected(0x2E, at: 0, wanted: .value)),
    Case("1e", .endsEarly(at: 2, wanted: .digit)),
    Case("1e+", .endsEarly(at: 3, wanted: .digit)),
    Case("1e+x", .unexpected(0x78, at: 3, wanted: .digit)),
    Case("0x10", .unexpected(0x78, at: 1, wanted: .nothing)),
    Case(#"""#, .endsEarly(at: 1, wanted: .quote)),
    Case(#""abc"#, .endsEarly(at: 4, wanted: .quote)),
    Case(#""abcdefgh\"#, .endsEarly(at: 10, wanted: .quote)),
    Case(#""\u12"#, .endsEarly(at: 5, wanted: .quote)),
    .inString([0x0A], .controlCharacter(0x0A, at: 1)),
    .inString(Array("12345678".utf8) + [0x1F], .controlCharacter(0x1F, at: 9)),
    .inString([0x1F] + Array("12345678".utf8), .controlCharacter(0x1F, at: 1)),
    .inString(Array(#"\x41"#.utf8), .escape(at: 1)),
    .inString(Array(#"\'"#.utf8), .escape(at: 1)),
    .inString(Array(#"\u12G4"#.utf8), .escape(at: 1)),
    .inString(Array(#"a\ud83d"#.utf8), .loneSurrogate(at: 2)),
    .inString(Array(#"a\ud83dx"#.utf8), .loneSurrogate(at: 2)),
    .inString(Array(#"\ud83d\n"#.utf8), .loneSurrogate(at: 1)),
    .inString(Array(#"\ud83d\u0041"#.utf8), .loneSurrogate(at: 1)),
    .inString(Array(#"\ud83d\ud83d"#.utf8), .loneSurrogate(at: 1)),
    .inString(Array(#"\ude00"#.utf8), .loneSurrogate(at: 1)),
    .inString([0x80], .notUTF8(at: 1)),
    .inString([0xC0, 0xAF], .notUTF8(at: 1)),
    .inString([0xC3], .notUTF8(at: 1)),
    .inString([0x61, 0xC3, 0x28], .notUTF8(at: 2)),
    .inString([0xE0, 0x9F, 0xBF], .notUTF8(at: 1)),
    .inString([0xE2, 0x82], .notUTF8(at: 1)),
    .inString([0xED, 0xA0, 0x80], .notUTF8(at: 1)),
    .inString([0xF0, 0x8F, 0xBF, 0xBF], .notUTF8(at: 1)),
    .inString([0xF4, 0x90, 0x80, 0x80], .notUTF8(at: 1)),
    .inString([0xF5, 0x80, 0x80, 0x80], .notUTF8(at: 1)),
    .inString([0xFF], .notUTF8(at: 1)),
    Case([0x22, 0xE2, 0x82], .notUTF8(at: 1)),
    Case([0x22, 0xE2], .notUTF8(at: 1)),
    Case([0xFF, 0xFE, 0x31, 0x00], .unexpected(0xFF, at: 0, wanted: .value)),
    Case([0xEF, 0xBB, 0xBF], .endsEarly(at: 3, wanted: .value)),
  ]

  @Test("What is no JSON is refused, and said where it goes wrong", arguments: cases)
  func refuses(_ bad: Case) {
    #expect(throws: bad.error) { try bad.bytes.withUnsafeBytes { try JSONScanner.value(at: "a", in: $0) } }
  }

  @Test(
    "It is refused wherever in a document it stands, and whatever was asked for and found before",
    arguments: cases.filter { $0.bytes.first == 0x22 })
  func refusesAnywhere(_ bad: Case) {
    let whole = Array(#"{"a":1,"b":["#.utf8) + bad.bytes + Array("]}".utf8)
    #expect(throws: BadJSON.self) { try whole.withUnsafeBytes { try JSONScanner.value(at: "a", in: $0) } }
  }

  @Test("A document that is cut off anywhere is refused")
  func refusesWhatIsCutOff() {
    let whole = Array(JSONScannerTests.document.utf8)
    for end in whole.indices {
      #expect(throws: BadJSON.self, "cut at \(end)") { try Array(whole[..<end]).withUnsafeBytes { try JSONScanner.value(at: "a", in: $0) } }
    }
  }

  @Test("Errors say where, what was found and what was due")
  func describes() {
    #expect(BadJSON.unexpected(0x7D, at: 7, wanted: .key).description == "at byte 7 stands '}' where a key in quotes is due")
    #expect(BadJSON.unexpected(0x0B, at: 0, wanted: .value).description == #"at byte 0 stands \x0B where a value is due"#)
    #expect(BadJSON.endsEarly(at: 3, wanted: .digit).description == "the document ends at byte 3 where a digit is due")
  }

  @Test("Random bytes are refused or read, and never trap")
  func survivesNoise() {
    for round in 0..<CodecDice.rounds(3000) {
      var dice = CodecDice(seed: 9, round: round)
      let alphabet = Array("{}[]\",:\\u0dDe8.-+tfn \u{E9}\u{1F600}".utf8) + [0x00, 0x80, 0xFF]
      let bytes = (0..<dice.below(40)).map { _ in dice.pick(alphabet) }
      do {
        let paths: [FieldPath] = ["", "0", "0.0"]
        let found = try bytes.withUnsafeBytes { try JSONScanner.values(at: paths, in: $0) }
        #expect(found[0] != nil, "round \(round)")
      } catch {
        #expect(error is BadJSON)
      }
    }
  }
}
