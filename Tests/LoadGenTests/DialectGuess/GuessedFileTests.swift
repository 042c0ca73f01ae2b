import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("Guessed files")
struct GuessedFileTests {
  @Test("Whatever is described, the file is read without an error, tells each open point, and has no control character")
  func mutated() throws {
    let sources = Descriptions.all.map { Array($0.utf8) }
    for round in 0..<CodecDice.rounds(400) {
      var dice = CodecDice(seed: 31, round: round)
      var mutation = TreeMutation(&dice)
      let tree = mutation.mutated(try JSONTree(dice.pick(sources)))
      var evidence = TargetEvidence()
      evidence.description = try? OpenAPIDescription(tree)
      evidence.descriptionPath = "/openapi.json"
      if dice.chance(50) {
        evidence.figures = [TargetEvidence.Figures(path: "/metrics", content: .json(mutation.mutated(mutation.figures)))]
      }
      let guess = DialectGuesser.guess(evidence)
      let file = GuessedFile(guess)
      let read = Result { try DialectFile.read(file.text, path: "x.yaml") }
      guard case .success = read else {
        Issue.record("round \(round): \(read)\n\(file.text)")
        return
      }
      for key in file.openKeys { #expect(file.text.contains("# TODO \(key):"), "round \(round): \(key)") }
      #expect(file.text.unicodeScalars.allSatisfy { !TerminalText.isCommand($0) }, "round \(round)")
      #expect(GuessedFile(evidence).text == file.text, "round \(round): it is a function of what was said")
    }
  }

  @Test("What a file cannot say is left out, and the file says so")
  func leftOut() throws {
    var guess = DialectGuess.start
    guess.dialect.readyPath = "no path"
    guess.dialect.cancel = Dialect.Cancel(Dialect.Request("POST", "/orders/cancel"), acceptedCodes: [200], refusedCodes: [409])
    let file = GuessedFile(guess)
    let dialect = try DialectFile.read(file.text, path: "x.yaml")
    #expect(dialect.readyPath == "/ping" && dialect.cancel == nil)
    #expect(file.openKeys.sorted() == ["cancel", "ready"])
    #expect(file.text.contains("# TODO cancel: what was understood cannot be written: '/orders/cancel' has no {id} in it"), "\(file.text)")
  }

  @Test("A skeleton says that it is one, from what it was made, and what is to be filled in")
  func skeleton() throws {
    var evidence = TargetEvidence()
    evidence.places = [TargetEvidence.Place(path: "/api/orders", status: 405, allowed: "POST, OPTIONS")]
    let file = GuessedFile(evidence)
    #expect(file.text.utf8.starts(with: "# A skeleton: the target describes itself nowhere".utf8))
    #expect(file.openKeys == ["create.body"])
    #expect(file.text.contains("GET /api/orders answered 405, and that it takes POST, OPTIONS"), "\(file.text)")
    let dialect = try DialectFile.read(file.text, path: "x.yaml")
    #expect(dialect.create.request.path == "/api/orders")
    #expect(dialect.status.source == .order(Dialect.Request("GET", "/api/orders/{id}"), field: "status"))
  }

  @Test("A list that is answered tells where id and status are")
  func listed() throws {
    var evidence = TargetEvidence()
    let document = try JSONTree(Array(#"{"data":[{"order_no":1,"orderId":"a","state":"NEW"}]}"#.utf8))
    evidence.places = [TargetEvidence.Place(path: "/orders", status: 200, document: document)]
    let dialect = try DialectFile.read(GuessedFile(evidence).text, path: "x.yaml")
    #expect(dialect.list == Dialect.List(Dialect.Request("GET", "/orders"), orders: "data", id: "orderId", status: "state"))
    #expect(dialect.create.id == Dialect.IDSource(.body("orderId")))
  }

  @Test("Text of a target neither ends a comment nor a value, and its braces are no slots")
  func hostileText() throws {
    let odd = #"\u001b[2J\u202e\n}: {id} {choice:a|b} # x '\" \u0085\ufeff*&!"#
    let text = #"""
      {"openapi":"3.1.0","info":{"title":"\#(odd)"},"paths":{"/orders":{"post":{"summary":"\#(odd)","requestBody":{"content":{"application/json":{
       "example":{"\#(odd)":"\#(odd)","item":"\#(odd)"}}}},"responses":{"201":{"content":{"application/json":{"schema":{"properties":{
       "id":{"type":"string"},"\#(odd)":{"type":"integer"},"status":{"enum":["\#(odd)","done"]}}}}}}}}}}}
      """#
    let guess = DialectGuesser.guess(try Descriptions.evidence(text))
    let file = GuessedFile(guess)
    let dialect = try DialectFile.read(file.text, path: "x.yaml")
    let body = try #require(dialect.create.request.body)
    #expect(body.slots.isEmpty && body == guess.dialect.create.request.body)
    let item = try JSONTree(Array(body.description.utf8))["item"]?.text
    #expect(item.map { ByteText($0) } == ByteText("\u{1B}[2J\u{202E}\n}: {id} {choice:a|b} # x '\" \u{85}\u{FEFF}*&!"))
    #expect(file.text.unicodeScalars.allSatisfy { !TerminalText.isCommand($0) })
  }
}

/// Changes a document in a few places: keys go, values become others', texts become odd.
private struct TreeMutation {
  private var dice: CodecDice

  init(_ dice: inout CodecDice) { self.dice = CodecDice(seed: dice.next(), round: 0) }

  let figures = JSONTree.object([
    .init(key: "total_orders", value: .number("3")), .init(key: "counts", value: .object([.init(key: "done", value: .number("1"))])),
    .init(key: "avg_processing_time_ms", value: .null),
  ])

  private static let odd = [
    "", "\u{1B}[2J", "a'b\"c\\", "{id}", "{", "}", "a: b # c", "*", "&x", "\u{202E}", "e\u{301}\u{302}", "\u{FFFE}", "none", "null", "true",
    "-", "? x",
    "\n", "a.b", ".", "..", "{key}", "status", "order_id", "id", "#/components/schemas/Order", "ORD-{number}",
    String(repeating: "x", count: 3_000), "é",
  ]

  mutating func mutated(_ tree: JSONTree, depth: Int = 0) -> JSONTree {
    if dice.chance(2) { return scalar() }
    switch tree {
    case .object(let members):
      var changed = members.map {
        JSONTree.Member(key: dice.chance(2) ? dice.pick(Self.odd) : $0.key, value: mutated($0.value, depth: depth + 1))
      }
      if dice.chance(3), !changed.isEmpty { changed.remove(at: dice.below(changed.count)) }
      if dice.chance(3), !changed.isEmpty {
        changed.append(JSONTree.Member(key: dice.pick(Self.odd), value: changed[dice.below(changed.count)].value))
      }
      return .object(changed)
    case .array(let elements): return .array(elements.map { mutated($0, depth: depth + 1) } + (dice.chance(3) ? [scalar()] : []))
    case .string: return dice.chance(4) ? .string(dice.pick(Self.odd)) : tree
    case .number: return dice.chance(10) ? .number(dice.pick(["-1", "0", "1e400", "9007199254740993", "0.1", "-0", "1e18"])) : tree
    default: return tree
    }
  }

  private mutating func scalar() -> JSONTree {
    dice.pick([.null, .bool(true), .number("1e999"), .string(dice.pick(Self.odd)), .object([]), .array([])])
  }
}
