import Shared
import Testing

@testable import LoadRun

@Suite("Whether a whole order has what was sent for it")
struct SentContentTests {
  private let values = SlotValues(random: SeededRandom(seed: 1), nonce: 77, accounts: [], ownID: nil)

  private enum Found: String { case own, anothers, untold }

  /// What is found in each of the answers in turn.
  private func found(_ body: Template, _ answers: [(text: String, index: UInt64)]) -> [Found] {
    var content = SentContent(Dialect.Request("POST", "/orders", body: body), values)
    return answers.map { text, index in
      var text = text
      switch text.withUTF8({ content.content(UnsafeRawBufferPointer($0), of: index, OrderID("o-1")) }) {
      case .own: return .own
      case .anothers: return .anothers
      case .untold: return .untold
      }
    }
  }

  @Test(
    "What was sent for another is found under any key, and not where its own is, or neither",
    arguments: [
      (#"{"user_id":"u-17"}"#, Found.own), (#"{"user_id":"u-18"}"#, .anothers), (#"{"user":{"name":"u-3"}}"#, .anothers),
      (#"{"user_id":"U-18"}"#, .anothers), (#"{"user_id":"U-17"}"#, .own), (#"{"note":"of u-18, shop 4"}"#, .anothers),
      (#"{"user_id":"u-18","old":"u-17"}"#, .own), (#"{"seen":["u-3","u-4","u-17"]}"#, .own),
      // Cut short, longer, a part of a word, or nothing of the kind.
      (#"{"user_id":"u-1"}"#, .untold), (#"{"user_id":"u-17a"}"#, .untold), (#"{"user_id":"u-18.5"}"#, .untold),
      (#"{"user_id":"menu-18"}"#, .untold), (#"{"user_id":"u-"}"#, .untold), (#"{"user_id":"u-184467440737095516150"}"#, .untold),
      (#"{"user_id":null,"index":18}"#, .untold), ("", .untold), ("u-", .untold), ("u-18", .anothers),
    ])
  private func prefixed(text: String, expected: Found) {
    #expect(found(#"{"user_id":"u-{index}","n":1}"#, [(text, 17)]) == [expected])
  }

  @Test("A number that stands alone is believed under its key once it was what had been sent for three orders")
  func alone() {
    for body in [#"{"customer": {index}, "n":1}"#, #"{"customer":"{index}"}"#] as [Template] {
      let right = (0..<3 as Range<UInt64>).map { (#"{"id":9,"customer" : \#($0),"n":1}"#, $0) }
      #expect(found(body, right + [(#"{"customer":"18"}"#, 17)]) == [.own, .own, .own, .anothers])
      #expect(found(body, right.dropLast() + [(#"{"customer":18}"#, 17)]) == [.own, .own, .untold])
      #expect(found(body, right + [(#"{"client":18,"customers":19}"#, 17)]) == [.own, .own, .own, .untold])
    }
  }

  @Test("A UUID tells of itself that it was sent for another of the orders near this one")
  func uuid() {
    func text(_ index: UInt64) -> String { String(decoding: values.uuid(index), as: UTF8.self) }
    let answers =
      [(text(5), 5), (text(4).uppercased(), 5), (text(900), 5), ("3b241101-e2bb-4255-8caf-4136c566a962", 5)] as [(String, UInt64)]
    let told = answers.map { (#"{"ref":"\#($0.0)"}"#, $0.1) }
    #expect(found(#"{"user_id":"{uuid}"}"#, told) == [.own, .anothers, .anothers, .untold])
  }

  @Test("A number of the run counts from where the run's own numbers begin, and a form is read as well as JSON")
  func number() {
    let (own, other) = (values.number(17), values.number(30))
    let answers = [("{\"ref\":\"no \(own)\"}", 17), ("{\"ref\":\"no \(other)\"}", 17), ("{\"ref\":\"no 12\"}", 17)] as [(String, UInt64)]
    #expect(found("ref=no {number}&x=1", answers) == [.own, .anothers, .untold])
  }

  @Test("A body that says nothing of one order alone finds nothing in any answer, and hostile answers cost no more than they are long")
  func nothing() {
    #expect(found(#"{"n":{random:1..9},"who":"{choice:a|b}"}"#, [(#"{"n":3,"who":"a"}"#, 0)]) == [.untold])
    let long = String(repeating: "u-1", count: 300_000)
    #expect(found(#"{"user_id":"u-{index}"}"#, [(long, 17), (String(repeating: "u-", count: 300_000), 17)]) == [.untold, .untold])
  }
}
