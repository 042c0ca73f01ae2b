import Shared
import Testing

@Suite("Dialect")
struct DialectTests {
  @Test("A template fills its slots and leaves other braces alone")
  func fillsTemplates() {
    let template = Template(#"{"user":"u-{index}","id":"{id}","nested":{"a":1}}"#)
    let text = template.filled { $0 == .id ? "o-1" : "7" }
    #expect(text == #"{"user":"u-7","id":"o-1","nested":{"a":1}}"#)
    #expect(template.description == #"{"user":"u-{index}","id":"{id}","nested":{"a":1}}"#)
  }

  @Test("Status words are read in any case and written as given")
  func readsWords() {
    let words = StatusWords([.pending: ["Pending", "queued"], .completed: ["Done"]])
    #expect(words.status(for: "QUEUED") == .pending)
    #expect(words.status(for: "done") == .completed)
    #expect(words.status(for: "lost") == nil)
    #expect(words.word(for: .pending) == "Pending")
    #expect(words.word(for: .failed) == "failed")
  }
}
