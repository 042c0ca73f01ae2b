import Shared
import Testing

@testable import LoadRun

@Suite("JSON scanner")
struct JSONScannerTests {
  static func value(_ path: FieldPath, _ text: String) throws -> JSONScalar? {
    try Array(text.utf8).withUnsafeBytes { try JSONScanner.value(at: path, in: $0) }
  }

  static let document = #"""
    {"order_id":"o-1","status":"Pending","amount":-1.50e+3,"count":0,"open":true,"shut":false,"none":null,"orders":[{"id":7},{"id":"8"}],
     "list":[[1],[2,[3]]],"nested":{"a":{"b":"deep"}},"key\u0020with\/escapes":"x","é":1,"":2,"0":"zero"}
    """#

  @Test(
    "A value is found at its path, and printed as it was",
    arguments: [
      ("order_id", .string("o-1")), ("amount", .number(text: "-1.50e+3")), ("count", .number(text: "0")), ("open", .bool(true)),
      ("shut", .bool(false)), ("none", .null), ("orders", .array), ("nested", .object), ("", .object), ("orders.0", .object),
      ("orders.0.id", .number(text: "7")), ("orders.1.id", .string("8")), ("list.1.1.0", .number(text: "3")),
      ("nested.a.b", .string("deep")),
      ("key with/escapes", .string("x")), ("é", .number(text: "1")), ("0", .string("zero")),
    ] as [(String, JSONScalar)])
  func finds(_ path: String, _ value: JSONScalar) throws {
    #expect(try Self.value(FieldPath(path), Self.document) == value)
  }

  @Test(
    "Where nothing stands nothing is found",
    arguments: [
      "orde", "order_ids", "ORDER_ID", "orders.2", "orders.00", "orders.-1", "orders.id", "status.a", "status.0", "nested.b",
      "nested.a.b.c", "none.a",
    ])
  func findsNothing(_ path: String) throws {
    #expect(try Self.value(FieldPath(path), Self.document) == nil)
  }

  @Test("Several paths are found in one pass, in their order, some of them equal and some leading to others")
  func findsSeveral() throws {
    let paths: [FieldPath] = ["orders.1.id", "status", "missing.x", "orders", "status", "orders.0.id", "nested.a.b", ""]
    let found = try Array(Self.document.utf8).withUnsafeBytes { try JSONScanner.values(at: paths, in: $0) }
    #expect(found == [.string("8"), .string("Pending"), nil, .array, .string("Pending"), .number(text: "7"), .string("deep"), .object])
    #expect(try Array("1".utf8).withUnsafeBytes { try JSONScanner.values(at: [], in: $0) } == [])
  }

  @Test(
    "Of a key that stands twice the last counts, with all that lies below it",
    arguments: [
      (#"{"a":1,"a":2}"#, "a", .number(text: "2")), (#"{"a":1,"\u0061":2}"#, "a", .number(text: "2")),
      (#"{"a":{"b":1},"a":{"c":2}}"#, "a.b", nil), (#"{"a":{"b":1},"a":5}"#, "a.b", nil),
      (#"{"a":5,"a":{"b":1}}"#, "a.b", .number(text: "1")),
      (#"{"a":[1,2],"a":[3]}"#, "a.1", nil),
    ] as [(String, FieldPath, JSONScalar?)])
  func takesTheLast(_ text: String, _ path: FieldPath, _ value: JSONScalar?) throws {
    #expect(try Self.value(path, text) == value)
  }

  @Test(
    "Escapes are decoded",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "A\u{E9}\u{20AC}"), (#""\ud83d\uDE00!""#, "\u{1F600}!"),
      (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000\uFFFF""#, "\0\u{FFFF}"), (#""é\u0301€😀""#, "é\u{301}€😀"), (#""""#, ""),
    ])
  func decodes(_ text: String, _ string: String) throws {
    let found = try Self.value("", text)
    guard case .string(let decoded) = found else {
      Issue.record("\(String(describing: found)) is no string")
      return
    }
    #expect(decoded.unicodeScalars.elementsEqual(string.unicodeScalars))
  }

  @Test("A word is lent without making a string of it, its escapes decoded, of any length")
  func lends() throws {
    let scanner = JSONScanner("status")
    func text(_ document: String) throws -> String? {
      try Array(document.utf8).withUnsafeBytes { bytes in try scanner.withString(in: bytes) { String(decoding: $0, as: UTF8.self) } }
    }
    #expect(try text(#"{"status":"pending"}"#) == "pending")
    #expect(try text(#"{"status":"p\u0065nd\u00efng"}"#) == "pend\u{EF}ng")
    #expect(try text(#"{"status":7}"#) == nil)
    #expect(try text(#"{"state":"pending"}"#) == nil)
    let long = String(repeating: "x\\n", count: 5000)
    #expect(try text(#"{"status":"\#(long)"}"#) == String(repeating: "x\n", count: 5000))
  }

  @Test("The text of any value is lent as it was printed")
  func lendsText() throws {
    func text(_ document: String) throws -> String? {
      try Array(document.utf8).withUnsafeBytes { bytes in
        try JSONScanner("id").withText(in: bytes) { kind, text in "\(kind) \(String(decoding: text, as: UTF8.self))" }
      }
    }
    #expect(try text(#"{"id": 1.20 }"#) == "number 1.20")
    #expect(try text(#"{"id": "a b" }"#) == "string a b")
    #expect(try text(#"{"id":[1, 2]}"#) == "array [1, 2]")
    #expect(try text(#"{"id":null}"#) == "null null")
  }

  @Test("Depth is read up to its limit, and a byte order mark is skipped")
  func readsDeep() throws {
    let limit = JSONReader.depthLimit
    func nested(_ depth: Int) -> String { String(repeating: #"{"a":["#, count: depth / 2) + String(repeating: "]}", count: depth / 2) }
    #expect(try Self.value("", nested(limit)) == .object)
    #expect(throws: BadJSON.tooDeep(limit: limit, at: limit / 2 * 6)) { try Self.value("", nested(limit + 2)) }
    #expect(try Self.value("", "\u{FEFF} 1 ") == .number(text: "1"))
  }
}
