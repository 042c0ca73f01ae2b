import Foundation
import Shared
import Testing

@Suite("JSON strings")
struct JSONEscapeTests {
  @Test("A text with any character in it is read back as it was")
  func roundTrip() throws {
    let all = (0...0x7FF).compactMap(Unicode.Scalar.init).map(String.init).joined() + "\u{2028}\u{FEFF}\u{1F600}e\u{301}\r\n"
    let read = try JSONDecoder().decode([String].self, from: Data(#"["\#(JSONEscape.text(all))"]"#.utf8))
    #expect(read.first.map { Array($0.unicodeScalars) } == Array(all.unicodeScalars))
  }

  @Test("What need not be escaped is not, and no control character is left as it is")
  func escapes() {
    #expect(JSONEscape.text("a/é\u{7F}😀") == "a/é\u{7F}😀")
    #expect(JSONEscape.text("\"\\\n\t\u{1B}\u{0}") == #"\"\\\n\u0009\u001b\u0000"#)
    #expect(JSONEscape.text("") == "")
  }
}
