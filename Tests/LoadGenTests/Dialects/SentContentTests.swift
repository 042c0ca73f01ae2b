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

  /// The answers of the first orders of a run.
  private func answers(_ count: UInt64 = 40, _ text: (UInt64) -> String) -> [(String, UInt64)] { (0..<count).map { (text($0), $0) } }

  @Test(
    "Once orders have their own under a key, another's there is found, and nothing else is",
    arguments: [
      (#"{"user_id":"u-17"}"#, Found.own), (#"{"user_id":"u-18"}"#, .anothers), (#"{"user_id" : "U-3"}"#, .anothers),
      (#"{"user_id":"U-17"}"#, .own), (#"{"user":{"user_id":"u-3"}}"#, .anothers), (#"{"user_id":"u-18","old":"u-17"}"#, .own),
      (#"{"user_id":"u-3","all":["u-3","u-4","u-17"]}"#, .own), (#"[{"user_id":"u-3"},{"user_id":"u-4"}]"#, .untold),
      // Cut short, longer, a part of a text, under another key, or nothing of the kind.
      (#"{"user_id":"u-1"}"#, .untold), (#"{"user_id":"u-170"}"#, .untold), (#"{"user_id":"u-18a"}"#, .untold),
      (#"{"user_id":"of u-18"}"#, .untold), (#"{"note":"u-18"}"#, .untold), (#"{"user_id":["u-18"]}"#, .untold),
      (#"{"user_id":"u-"}"#, .untold), (#"{"user_id":"u-184467440737095516150"}"#, .untold), (#"{"user_id":"u-18"#, .untold),
      (#"{"user_id":null,"index":18}"#, .untold), ("", .untold), ("u-", .untold), ("\"u-18\"", .untold),
    ])
  private func prefixed(text: String, expected: Found) {
    #expect(found(#"{"user_id":"u-{index}","n":1}"#, answers(3) { #"{"user_id":"u-\#($0)"}"# } + [(text, 17)]).last == expected)
  }

  @Test("A key that orders have their own under may be another than the one that was sent")
  func renamed() {
    let told = answers(3) { #"{"customer":{"name":"u-\#($0)"}}"# } + [(#"{"customer":{"name":"u-5"}}"#, 3)]
    #expect(found(#"{"user_id":"u-{index}"}"#, told) == [.own, .own, .own, .anothers])
  }

  @Test("What is always another's is found from the third of them on, under the key that was sent; what is the same for all is a mask")
  func neverOwn() {
    let body: Template = #"{"user_id":"u-{index}"}"#
    #expect(found(body, answers(6) { #"{"user_id":"u-\#($0 ^ 1)"}"# }) == [.untold, .untold, .anothers, .anothers, .anothers, .anothers])
    #expect(found(body, answers { _ in #"{"user_id":"u-0"}"# }).allSatisfy { $0 != .anothers })
  }

  @Test("What a server has of its own is nobody's")
  func others() {
    let cases: [(Template, (UInt64) -> String)] = [
      (#"{"user_id":"v{index}"}"#, { #"{"self":"/api/v1/orders/\#($0)","api":"v1"}"# }),
      (#"{"user_id":"a{index}"}"#, { _ in #"{"paper":"A4"}"# }),
      (#"{"note":"Order {index}"}"#, { #"{"label":"Order \#($0 + 1)"}"# }),
      (#"{"sku":"sku-{index}","gift":"sku-7"}"#, { _ in #"{"gift":"sku-7","sku":null}"# }),
      (#"{"sku":"sku-{index}","gift":"sku-7"}"#, { #"{"sku":"sku-\#($0 == 9 ? 7 : $0)"}"# }),
      (#"{"user_id":"u-{index}"}"#, { #"{"user_id":"u-\#($0)0"}"# }),
      (#"{"user_id":"u-{index}"}"#, { #"{"related":[{"user_id":"u-\#($0 + 1)"},{"user_id":"u-\#($0 + 2)"}]}"# }),
      (#"{"n":{index}}"#, { #"{"n":\#($0 / 5 * 5)}"# }), (#"{"n":"{index}"}"#, { #"{"n":"\#(min($0, 10))"}"# }),
    ]
    for (body, text) in cases {
      #expect(found(body, answers { text($0) }).allSatisfy { $0 != .anothers }, "\(body) \(text(5))")
    }
  }

  @Test("A UUID is found to be one of the orders near this one, where orders have their own")
  func uuid() {
    func text(_ index: UInt64) -> String { String(decoding: values.text(.uuid, of: index), as: UTF8.self) }
    let told = [text(5), text(4).uppercased(), text(900), "3b241101-e2bb-4255-8caf-4136c566a962"].map { (#"{"ref":"\#($0)"}"#, UInt64(5)) }
    let right = answers(3) { #"{"ref":"\#(text($0))"}"# }
    #expect(found(#"{"user_id":"{uuid}"}"#, right + told) == [.own, .own, .own, .own, .anothers, .anothers, .untold])
    #expect(found(#"{"user_id":"{uuid}"}"#, answers { #"{"previous":"\#(text($0 + 1))"}"# }).allSatisfy { $0 == .untold })
  }

  @Test("A number of the run counts from where the run's own numbers begin, and what is of the run alone is plain text")
  func number() {
    let numbers = answers(3) { #"{"ref":\#(values.number($0))}"# } + [(#"{"ref":\#(values.number(30))}"#, 17), (#"{"ref":12}"#, 17)]
    #expect(found(#"{"n":{number},"x":1}"#, numbers) == [.own, .own, .own, .anothers, .untold])
    let runs = answers(3) { #"{"ref":"0000004d-\#($0)"}"# } + [(#"{"ref":"0000004d-30"}"#, 17), (#"{"ref":"0000004e-30"}"#, 17)]
    #expect(found(#"{"n":"{run}-{index}"}"#, runs) == [.own, .own, .own, .anothers, .untold])
    let form = answers(3) { #"{"user":"u-\#($0)"}"# } + [(#"{"user":"u-9"}"#, 4)]
    #expect(found("user=u-{index}&x=1", form) == [.own, .own, .own, .anothers])
  }

  @Test("A body that says nothing of one order alone finds nothing in any answer, and hostile answers cost no more than they are long")
  func nothing() {
    #expect(found(#"{"n":{random:1..9},"who":"{choice:a|b}"}"#, [(#"{"n":3,"who":"a"}"#, 0)]) == [.untold])
    let long = String(repeating: "\"u-1", count: 300_000)
    let keys = String(repeating: "\":", count: 300_000)
    let body: Template = #"{"user_id":"u-{index}","ref":"{uuid}"}"#
    let uuids = String(repeating: #""3b241101-e2bb-4255-8caf-4136c566a962","#, count: 20_000)
    let quotes = String(repeating: "\"", count: 300_000)
    #expect(found(body, [(long, 17), (keys, 17), (quotes, 17), (uuids, 17)]).allSatisfy { $0 == .untold })
  }
}
