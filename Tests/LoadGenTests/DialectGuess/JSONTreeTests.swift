import Shared
import Testing

@testable import LoadRun

@Suite("JSON as a value")
struct JSONTreeTests {
  private func tree(_ text: String) throws(JSONTree.Fault) -> JSONTree { try JSONTree(Array(text.utf8)) }

  @Test("A document is read with its escapes, in its order, numbers as they are printed")
  func reads() throws {
    let read = try tree("\u{FEFF} {\"b\":[1.50,-0,true,false,null,{}],\"a\":\"\\u00e9\\n\\ud83d\\ude00\"} \n")
    #expect(
      read
        == .object([
          .init(key: "b", value: .array([.number("1.50"), .number("-0"), .bool(true), .bool(false), .null, .object([])])),
          .init(key: "a", value: .string("é\n😀")),
        ]))
    #expect(try tree(#"{"a":1,"a":2}"#)["a"] == .number("2"), "the last of equal keys counts")
  }

  @Test(
    "Broken documents are refused where they are broken",
    arguments: ["", "{", "[1,]", #"{"a"}"#, #"{"a":1,}"#, "01", "tru", "\"\u{1}\"", "1 2", #""\x""#, "[1}", "nul"])
  func refuses(text: String) { #expect(throws: JSONTree.Fault.self) { try tree(text) } }

  @Test("Depth and number of values are bounded")
  func bounds() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONTree.Fault.self) { try tree(deep) }
    let nested = String(repeating: "[", count: JSONTree.mostDepth) + String(repeating: "]", count: JSONTree.mostDepth)
    #expect(throws: Never.self) { try tree(nested) }
    let many = Array("[\(String(repeating: "0,", count: 100))0]".utf8)
    #expect(throws: JSONTree.Fault.tooManyValues(limit: 100)) { try JSONTree(many, mostValues: 100) }
  }
}
