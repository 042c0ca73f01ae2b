import Shared
import Testing

@testable import LoadGen

@Suite("JSON scanner")
struct JSONScannerTests {
  static func value(_ path: FieldPath, _ text: String) throws -> JSONScalar? {
    try Array(text.utf8).withUnsafeBytes { try JSONScanner.value(at: path, in: $0) }
  }

  @Test("Finds values at paths")
  func finds() throws {
    let text = #"{"a":{"b":[1,{"c":"x\u00e9\ud83d\ude00"}]},"d":-1.50e+3,"a\u0062":true}"#
    #expect(try Self.value("a.b.1.c", text) == .string("xé😀"))
    #expect(try Self.value("d", text) == .number(text: "-1.50e+3"))
    #expect(try Self.value("ab", text) == .bool(true))
    #expect(try Self.value("a.b", text) == .array)
    #expect(try Self.value("a.c", text) == nil)
    #expect(try Self.value("", text) == .object)
  }
}
