import Shared
import Testing

@testable import LoadRun

@Suite("Whether an answer is about the order that was asked for")
struct OrderIdentityTests {
  /// What is found in the last of the answers; `nil`: nothing.
  private func found(_ answers: [(body: String, asked: String)], _ dialect: Dialect = .standard) throws -> String? {
    var identity = OrderIdentity(dialect)
    var found: String?
    for (body, asked) in answers {
      var parser = ResponseParser(watching: dialect.authentication.tokenHeader)
      let bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
      _ = try bytes.withUnsafeBytes { try parser.consume($0) }
      found = identity.contradiction(parser, asked: OrderID(asked))?.example
    }
    return found
  }

  @Test(
    "It is not where it names another, and where it names none, or the right one anywhere, it is",
    arguments: [
      (#"{"order_id":"b-2","status":"pending"}"#, "a-1", true),
      (#"{"order_id":"a-1","status":"pending"}"#, "a-1", false),
      (#"{"order_id":"A-1","status":"pending"}"#, "a-1", false),
      (#"{"order_id":12,"status":"pending"}"#, "12", false),
      (#"{"order_id":123,"status":"pending"}"#, "12", true),
      (#"{"order_id":312,"status":"pending"}"#, "12", true),
      (#"{"order_id":"x","order":{"id":"a-1"},"status":"pending"}"#, "a-1", false),
      (#"{"id":"b-2","status":"pending"}"#, "a-1", false),
      (#"{"order_id":null,"status":"pending"}"#, "a-1", false),
      (#"{"order_id":"","status":"pending"}"#, "a-1", false),
      (#"{"order_id":{"x":1},"status":"pending"}"#, "a-1", false),
    ])
  func names(body: String, asked: String, isAnother: Bool) throws {
    let right = (#"{"order_id":"o-0","status":"pending"}"#, "o-0")
    let found = try found([right, (body, asked)])
    #expect((found != nil) == isAnother, "\(found ?? "")")
    if let found { #expect(found.hasPrefix("about another order than '\(asked)': '"), "\(found)") }
    #expect(try self.found([(body, asked)]) == nil, "that place has never had an id that was asked for")
  }

  @Test("What never had the id that was asked for is something else, or the same id written otherwise")
  func otherwise() throws {
    for pair in [("1", "00000001"), ("00000001", "1"), ("a-b", "ab"), ("17", "1.7e1"), ("o-1", "event-900")] {
      let answers = (0..<3).map { (#"{"order_id":"\#(pair.1)\#($0)","status":"pending"}"#, "\(pair.0)\($0)") }
      #expect(try found(answers) == nil, "\(pair)")
    }
    // An id that stands elsewhere by chance shows nothing of that place.
    #expect(try found([(#"{"order_id":900,"try":1}"#, "1"), (#"{"order_id":901,"try":1}"#, "2")]) == nil)
  }

  @Test("Its name is looked for where creates are answered with it, or where they send it")
  func places() {
    #expect(Dialect.standard.create.answerIDField == "order_id" && Dialect.fcfs.create.answerIDField == "order_id")
    #expect(Dialect.basicAuth.create.answerIDField == "order_id", "as in the body of its create")
    var create = Dialect.basicAuth.create
    for (body, field) in [
      (#"{"a": {"id" : "{id}"}}"#, "id"), (#"{"list":[{id}]}"#, nil), ("{id}", nil), (#"id={id}"#, nil), (#"{"":"{id}"}"#, nil),
    ] as [(String, FieldPath?)] {
      create.request.body = Template(body)
      #expect(create.answerIDField == field, "\(body)")
    }
    create.id = Dialect.IDSource(.header("Location"))
    #expect(create.answerIDField == nil)
  }

  @Test("An id is found as a word of its own alone, in time that grows with the text, whatever both are")
  func words() {
    func has(_ id: String, _ text: String) -> Bool {
      Array(id.utf8).withUnsafeBytes { id in Array(text.utf8).withUnsafeBytes { OrderIDSearch.hasWord(id, in: $0) } }
    }
    for seed in 0..<2_000 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let text = String((0..<dice.int(0...20)).map { _ in dice.pick(["a", "b", "-", ":"]) }.joined())
      let id = String((0..<dice.int(1...4)).map { _ in dice.pick(["a", "b", "-"]) }.joined())
      let marked = Array(text.utf8)
      let word = Array(id.utf8)
      func isLetter(_ place: Int) -> Bool { marked.indices.contains(place) && (0x61...0x62).contains(marked[place]) }
      let isThere = (0...marked.count).contains { place in
        marked.dropFirst(place).starts(with: word) && !isLetter(place - 1) && !isLetter(place + word.count)
      }
      #expect(has(id, text) == isThere, "'\(id)' in '\(text)'")
    }
    // Compared at every place this would take a day.
    #expect(has(String(repeating: "a", count: 1_000_000) + "b", String(repeating: "a", count: 16_000_000)))
  }
}
