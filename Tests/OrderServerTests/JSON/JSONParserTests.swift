import Foundation
import NIOCore
import Shared
import Testing

@testable import OrderServer

@Suite("JSON")
struct JSONParserTests {
  private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

  private func encode(_ json: JSON) -> String {
    var buffer = ByteBuffer()
    json.encode(into: &buffer)
    return String(buffer: buffer)
  }

  @Test(
    "A document is read",
    arguments: [
      ("null", .null), (" true ", .boolean(true)), ("false", .boolean(false)), ("-0.5e+2", .number(-50)), ("0", .number(0)),
      ("1e400", .number(.infinity)), (#""a\"\\\/\b\f\n\r\tä""#, .string("a\"\\/\u{8}\u{c}\n\r\tä")), (#""😀é""#, .string("😀é")),
      (#""\ud83d\ude00\u00e9""#, .string("😀é")), ("[]", .array([])), ("[1,[2]]", .array([.number(1), .array([.number(2)])])),
      ("{}", .object([])),
      (#"{"a":1 , "b":{"a":"x"}}"#, ["a": .number(1), "b": ["a": "x"]]),
    ] as [(String, JSON)])
  func reads(text: String, document: JSON) throws {
    #expect(try parse(text) == document)
  }

  @Test(
    "What is no JSON is refused, with the reason and the place",
    arguments: [
      ("", "an end where a value should be", 0), ("abc", "not a value", 0), ("[1,]", "not a value", 3),
      (#"{"a":1,}"#, "no name of a member", 7),
      (#"{"a" 1}"#, "no colon", 5), ("[1 2]", "neither a comma nor the end of the list", 3), ("{", "no name of a member", 1),
      (#"{"a":1"#, "neither a comma nor the end of the object", 6), ("1 2", "something after the end of the document", 2),
      ("01", "something after the end of the document", 1), ("1.", "no digit", 2), ("-", "no digit", 1), ("1e", "no digit", 2),
      ("NaN", "not a value", 0), ("nul", "not a value", 0), (#""abc"#, "a string without an end", 4),
      ("\"a\nb\"", "a control character in a string", 2),
      (#""\x""#, "an unknown escape", 3), (#""\ud800""#, "half of a surrogate pair", 7), (#""\udc00""#, "half of a surrogate pair", 7),
      (#""\ud800\u0041""#, "half of a surrogate pair", 13), (#""\u12g4""#, "no four hexadecimal digits", 5),
      (#"{"a":1,"a":2}"#, "the name 'a' for the second time", 7), ("'a'", "not a value", 0), ("\"\\", "a string without an end", 2),
    ])
  func refuses(text: String, reason: String, offset: Int) {
    #expect(throws: JSONParser.Failure(reason: reason, offset: offset)) { try parse(text) }
  }

  @Test("Nesting beyond the limit is refused, however deep it goes")
  func refusesDepth() throws {
    let limit = JSONParser.depthLimit
    #expect(throws: Never.self) { try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit)) }
    for depth in [limit + 1, 1_000_000] {
      #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: "[", count: depth)) }
      #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: #"{"a":"#, count: depth)) }
    }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func refusesOtherEncodings() {
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array("{\"a\":1}".utf16.flatMap { [UInt8($0), 0] })) }
  }

  @Test("A document that was written is read back as the same, by us and by Foundation")
  func roundTrip() throws {
    for seed in 0..<400 as Range<UInt64> {
      let document = Self.document(SeededRandom(seed: seed))
      let text = encode(document)
      #expect(try parse(text) == document, "seed \(seed)")
      let read = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      let again = try JSONSerialization.data(withJSONObject: read, options: [.fragmentsAllowed, .sortedKeys])
      #expect(try JSONParser.parse(Array(again)).isSame(as: document), "seed \(seed)")
    }
  }

  @Test("Damaged documents are read or refused, and never more than that")
  func survivesDamage() {
    for seed in 0..<3_000 as Range<UInt64> {
      let random = SeededRandom(seed: seed)
      var bytes = Array(encode(Self.document(random)).utf8)
      for change in 0..<1 + random.bits(.pollJitter, 0) % 4 {
        let place = Int(random.bits(.pollJitter, change, part: 1) % UInt64(bytes.count))
        let byte = UInt8(truncatingIfNeeded: random.bits(.pollJitter, change, part: 2))
        switch random.bits(.pollJitter, change, part: 3) % 3 {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        default: bytes = Array(bytes.prefix(max(1, place)))
        }
      }
      do {
        let document = try JSONParser.parse(bytes)
        #expect(throws: Never.self, "seed \(seed)") { try parse(encode(document)) }
      } catch let failure as JSONParser.Failure {
        #expect((0...bytes.count).contains(failure.offset), "seed \(seed)")
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }

  @Test("Numbers that JSON cannot hold are written as null, and values are put where their path leads")
  func writes() {
    #expect(encode(.array([.number(.nan), .number(.infinity), .number(0.1), .integer(.min)])) == "[null,null,0.1,-9223372036854775808]")
    var document = JSON.object([])
    document.set(.integer(1), at: "a.b")
    document.set(.integer(2), at: "a.c")
    document.set(.integer(3), at: "a.b")
    #expect(encode(document) == #"{"a":{"b":3,"c":2}}"#)
  }

  /// Some document, without numbers that are not finite.
  private static func document(_ random: SeededRandom) -> JSON {
    var draws = UInt64(0)
    func draw(_ limit: UInt64) -> UInt64 {
      draws += 1
      return random.bits(.orderContent, draws) % limit
    }
    func text() -> String {
      String(String.UnicodeScalarView((0..<draw(8)).compactMap { _ in Unicode.Scalar(UInt32(draw(draw(2) == 0 ? 0x80 : 0x1_1000))) }))
    }
    func value(_ depth: Int) -> JSON {
      switch draw(depth > 4 ? 4 : 6) {
      case 0: .null
      case 1: .boolean(draw(2) == 0)
      case 2: .number((random.uniform(.serviceTime, draw(1 << 40)) - 0.5) * 1e6)
      case 3: .string(text())
      case 4: .array((0..<draw(5)).map { _ in value(depth + 1) })
      default: .object((0..<draw(5)).map { JSON.Member(name: "\($0)" + text(), value: value(depth + 1)) })
      }
    }
    return value(0)
  }
}
