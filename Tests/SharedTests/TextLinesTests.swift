import Shared
import Testing

@Suite("Lines of text")
struct TextLinesTests {
  private static let pieces = ["a", " ", "\t", "é", "\u{301}", "🙂", ":", "#", "\u{85}", "\u{2028}", "\u{B}", "x y"]

  @Test("Lines are read back as they were written, whichever way each one ends, with a mark before them or without")
  func readsBack() {
    let random = SeededRandom(seed: 20)
    for seed in 0..<500 as Range<UInt64> {
      var drawn: UInt64 = 0
      func draw(_ count: Int) -> Int {
        drawn += 1
        return Int(random.bits(.orderContent, seed * 1_000 + drawn) % UInt64(count))
      }
      var lines = (0..<draw(6)).map { _ in (0..<draw(5)).map { _ in Self.pieces[draw(Self.pieces.count)] }.joined() }
      // Nothing at the end of a text is no line.
      if lines.last?.isEmpty == true { lines.append("end") }
      var text = draw(2) == 0 ? "" : "\u{FEFF}"
      for (number, line) in lines.enumerated() {
        text += line + (number == lines.count - 1 && draw(2) == 0 ? "" : draw(2) == 0 ? "\n" : "\r\n")
      }
      #expect(text.textLines.map { Array($0.utf8) } == lines.map { Array($0.utf8) }, "\(text.debugDescription)")
    }
  }

  @Test("Only what ends a line goes: blanks stay, a return within a line stays, and a mark further on does, too")
  func keepsTheRest() {
    #expect(" a \r\n\tb\t\nc\rd\r\n\u{FEFF}e".textLines == [" a ", "\tb\t", "c\rd", "\u{FEFF}e"])
    #expect("".textLines.isEmpty && "\u{FEFF}".textLines.isEmpty)
    #expect("\n\r\n".textLines == ["", ""])
  }

  @Test("A file of one thing, such as a secret, is that thing without what an editor puts around it")
  func oneThing() {
    for (text, expected) in [("s \r\n", "s "), ("\u{FEFF}s\n\n", "s"), ("s", "s"), (" s\nt\r\n", " s\nt"), ("", "")] {
      #expect(text.utf8.withoutLineEnds == Array(expected.utf8), "\(text.debugDescription)")
    }
    #expect("200/s\r\n".singleLine == "200/s" && "a\nb".singleLine == "a\nb" && "".singleLine.isEmpty)
  }

  @Test("A text is the same whichever way its lines end, and what is no UTF-8 is none")
  func wholeText() {
    #expect(String(textOf: Array("\u{FEFF}a:\r\n  - b\r\n".utf8)) == "a:\n  - b\n")
    #expect(String(textOf: [0xFF, 0xFE, 0x61, 0x00]) == nil)
  }
}
