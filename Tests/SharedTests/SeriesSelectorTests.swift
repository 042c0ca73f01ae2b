import Shared
import Testing

@Suite("Selectors of series")
struct SeriesSelectorTests {
  private typealias Selector = Dialect.SeriesSelector

  @Test("A selector is read as PromQL has it, and written so that it is read as the same")
  func texts() throws {
    for (text, written) in [
      ("orders_total", "orders_total"), ("orders_total{}", "orders_total"),
      (" orders_total { status = \"completed\" , } ", "orders_total{status=\"completed\"}"),
      ("a{b!=\"c\",d=~\"2..|404\",e!~\".*x\\\\.y.+\"}", "a{b!=\"c\",d=~\"2..|404\",e!~\".*x\\\\.y..*\"}"),
      ("{\"my.metric\",\"dot.ted\"=\"x\"}", "{\"my.metric\",\"dot.ted\"=\"x\"}"), ("{__name__=\"up\",a=\"\\\"\\n\"}", "up{a=\"\\\"\\n\"}"),
    ] {
      let selector = try Selector(text: text)
      #expect(selector.description == written)
      #expect(try Selector(text: written) == selector, "\(text)")
    }
  }

  @Test(
    "What is no selector is refused with what is due",
    arguments: [
      ("", "no name"), ("{}", "no name"), ("a{", "is due"), ("a{b}", "'=', '!='"), ("a{b=c}", "double quotes"),
      ("a{b=\"c}", "closing quote"),
      ("a{b=\"c\"} 1", "nothing is due after"), ("a{b=\"c\" d=\"e\"}", "',' or '}'"), ("9a", "the name of a metric"),
      ("a{b=~\"[0-9]\"}", "more in it than letters"), ("rate(a[5m])", "nothing is due"), ("a{b=~\"x*\"}", "more in it"),
    ])
  func mistakes(text: String, words: String) {
    let error = #expect(throws: Selector.BadSelector.self) { try Selector(text: text) }
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }

  @Test("A pattern is of the whole value, and takes no longer for a hostile one")
  func patterns() throws {
    for (pattern, matching, other) in [
      ("2..", ["200", "2ab", "2üé"], ["20", "2000", "x200"]), ("200|404", ["200", "404"], ["2004", ""]),
      (".*", ["", "anything"], []), (".+", ["x", "ü"], [""]), ("/orders/.*", ["/orders/", "/orders/7"], ["/orders", "x/orders/"]),
      (".*a.*b", ["ab", "xaxb", "aab"], ["ba", "abx"]), ("a\\.b", ["a.b"], ["axb"]), ("", [""], ["a"]),
    ] as [(String, [String], [String])] {
      let made = try Dialect.LabelPattern(pattern: pattern)
      for text in matching { #expect(made.matches(Array(text.utf8)), "\(pattern) and \(text)") }
      for text in other { #expect(!made.matches(Array(text.utf8)), "\(pattern) and \(text)") }
    }
    let hostile = try Dialect.LabelPattern(pattern: ".*a.*a.*a.*a.*b")
    #expect(!hostile.matches(Array(repeating: UInt8(ascii: "a"), count: 20_000)))
  }
}
