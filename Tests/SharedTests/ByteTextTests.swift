import Shared
import Testing

@Suite("Texts told apart by their bytes")
struct ByteTextTests {
  @Test("Two spellings of a letter are two texts, and the same bytes are one")
  func spellings() {
    #expect(Set([ByteText("\u{e9}"), ByteText("e\u{301}"), ByteText("\u{e9}")]).count == 2)
    #expect(!"\u{e9}".hasSameBytes(as: "e\u{301}") && "\r\n".hasSameBytes(as: "\r\n"))
  }

  @Test("A word of HTTP is the same in any case of ASCII, and in no other")
  func words() {
    #expect("Close".isSameWord(as: "close") && !"\u{212A}eep".isSameWord(as: "keep") && !"[".isSameWord(as: "{"))
  }

  @Test("Parts are parted by bytes, also where a mark would combine with what parts them")
  func parts() {
    #expect("a,b,,c".parts(between: ",") == ["a", "b", "c"])
    #expect("a,\u{301}b".parts(between: ",").count == 2)
    #expect("".parts(between: ",").isEmpty)
  }
}
