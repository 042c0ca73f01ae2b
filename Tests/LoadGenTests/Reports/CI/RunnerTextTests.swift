import Testing

@testable import LoadRun

@Suite("Text that a CI runner reads")
struct RunnerTextTests {
  @Test(
    "A command loses its form, wherever a line begins, and the older form anywhere",
    arguments: [
      ("::add-mask::x", ": :add-mask::x"), ("a\n::error::x", "a\n: :error::x"), ("a\r::error::x", "a\r: :error::x"),
      (" \t\u{A0}\u{2003}::error::x", " \t\u{A0}\u{2003}: :error::x"),
      ("\n\n  ::stop-commands::t\n::t::", "\n\n  : :stop-commands::t\n: :t::"),
      (":::x::", ": ::x::"), ("a ##[add-mask]x", "a ## [add-mask]x"), ("####[error]x", "#### [error]x"), ("##[a##[b]", "## [a## [b]"),
    ])
  func commands(text: String, expected: String) {
    #expect(RunnerText.withoutCommands(text) == expected)
  }

  @Test(
    "All other text stays as it is",
    arguments: [
      "", "a ::b", "http://[::1]:8000 cannot be reached", "# [x]", "#a#[x]", "##", "::".dropFirst().description, "a\nb: :c",
      "ord-1 | 2:03::4",
      "## FAIL",
    ])
  func plain(text: String) { #expect(RunnerText.withoutCommands(text) == text) }

  @Test("What a dropped character held apart does not become a command")
  func dropped() {
    #expect(Legible.text("a\n:\u{202E}:error::x") == "a\n: :error::x")
    #expect(Legible.text("#\u{1B}#[error]x") == "## [error]x")
  }

  @Test("However text is made of what commands are made of, a runner finds none in it", arguments: 0..<40 as Range<UInt64>)
  func never(seed: UInt64) {
    let pieces = ["::", ":", "#", "##[", "[", "]", "error", " ", "\n", "\r", "\t", "\u{A0}", "x", "::error::"]
    var state = seed &* 6_364_136_223_846_793_005 &+ 1
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      let safe = RunnerText.withoutCommands(text)
      for line in safe.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }) {
        let trimmed = String(String.UnicodeScalarView(line.drop { $0.properties.isWhitespace }))
        #expect(!trimmed.hasPrefix("::") && !trimmed.contains("##["), "\(text.debugDescription)")
      }
      #expect(safe.filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
