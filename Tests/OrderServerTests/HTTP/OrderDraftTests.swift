import Shared
import Testing

@testable import OrderServer

@Suite("What may be ordered")
struct OrderDraftTests {
  private func read(_ text: String) throws -> OrderDraft { try OrderDraft(body: Array(text.utf8)) }

  @Test("An order is read, with its own id or without")
  func reads() throws {
    #expect(
      try read(#"{"user_id":"u-1","item_ids":["item-001"],"total_amount":250.75}"#)
        == OrderDraft(id: nil, userID: "u-1", itemIDs: ["item-001"], totalAmount: 250.75))
    #expect(
      try read(#"{"order_id":"o:1~a.B_-","user_id":"Jürgen 😀","item_ids":["a","b"],"total_amount":0,"note":{"deep":[1]}}"#)
        == OrderDraft(id: OrderID("o:1~a.B_-"), userID: "Jürgen 😀", itemIDs: ["a", "b"], totalAmount: 0))
  }

  @Test(
    "A field that breaks a rule is named, with what was found",
    arguments: [
      (#""user_id":"u","item_ids":["a"]"#, "total_amount", "nothing"),
      (#""item_ids":["a"],"total_amount":1"#, "user_id", "nothing"),
      (#""user_id":"u","total_amount":1"#, "item_ids", "nothing"),
      (#""user_id":7,"item_ids":["a"],"total_amount":1"#, "user_id", "a number"),
      (#""user_id":null,"item_ids":["a"],"total_amount":1"#, "user_id", "null"),
      (#""user_id":"","item_ids":["a"],"total_amount":1"#, "user_id", "''"),
      (#""user_id":"a\u0000b","item_ids":["a"],"total_amount":1"#, "user_id", "'a\u{0}b'"),
      (#""user_id":"u","item_ids":"a","total_amount":1"#, "item_ids", "a string"),
      (#""user_id":"u","item_ids":{},"total_amount":1"#, "item_ids", "an object"),
      (#""user_id":"u","item_ids":[],"total_amount":1"#, "item_ids", "an empty list"),
      (#""user_id":"u","item_ids":["a",3],"total_amount":1"#, "item_ids[1]", "a number"),
      (#""user_id":"u","item_ids":["a",""],"total_amount":1"#, "item_ids[1]", "''"),
      (#""user_id":"u","item_ids":["a"],"total_amount":"1""#, "total_amount", "a string"),
      (#""user_id":"u","item_ids":["a"],"total_amount":true"#, "total_amount", "a boolean"),
      (#""user_id":"u","item_ids":["a"],"total_amount":-0.01"#, "total_amount", "-0.01"),
      (#""user_id":"u","item_ids":["a"],"total_amount":1.5e12"#, "total_amount", "1500000000000.0"),
      (#""user_id":"u","item_ids":["a"],"total_amount":1e999"#, "total_amount", "a number too large to be held"),
      (#""order_id":11,"user_id":"u","item_ids":["a"],"total_amount":1"#, "order_id", "a number"),
      (#""order_id":"","user_id":"u","item_ids":["a"],"total_amount":1"#, "order_id", "''"),
      (#""order_id":"a/b","user_id":"u","item_ids":["a"],"total_amount":1"#, "order_id", "'a/b'"),
      (#""order_id":"..","user_id":"u","item_ids":["a"],"total_amount":1"#, "order_id", "'..'"),
      (#""order_id":"é","user_id":"u","item_ids":["a"],"total_amount":1"#, "order_id", "'é'"),
    ])
  func namesTheField(members: String, field: String, found: String) throws {
    let error = #expect(throws: DraftError.self) { try read("{\(members)}") }
    guard case .invalid(let violations) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(violations.map(\.field) == [field])
    #expect(violations.map(\.found) == [found])
    #expect(violations.allSatisfy { !$0.expected.isEmpty })
  }

  @Test("All that is wrong is named at once")
  func namesAll() {
    let error = #expect(throws: DraftError.self) { try read(#"{"order_id":1,"item_ids":[1,"a",null],"total_amount":[]}"#) }
    guard case .invalid(let violations) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(violations.map(\.field) == ["order_id", "user_id", "item_ids[0]", "item_ids[2]", "total_amount"])
  }

  @Test("A document that is no object is refused as a whole", arguments: ["[]", "1", "\"a\"", "null"])
  func refusesOthers(text: String) {
    let error = #expect(throws: DraftError.self) { try read(text) }
    guard case .invalid(let violations) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(violations.map(\.field) == ["body"])
  }

  @Test("Lengths are right up to their limits and wrong beyond")
  func limits() {
    func text(_ count: Int) -> String { String(repeating: "x", count: count) }
    #expect(OrderRules.check(id: text(128)) == nil && OrderRules.check(id: text(129)) != nil)
    #expect(OrderRules.check(userID: text(256)) == nil && OrderRules.check(userID: text(257)) != nil)
    #expect(OrderRules.check(itemCount: 1_000) == nil)
    #expect(OrderRules.check(itemCount: 1_001)?.found == "a list of 1001")
    #expect(OrderRules.check(itemIDs: [text(256), text(257)]).map(\.field) == ["item_ids[1]"])
    #expect(OrderRules.check(totalAmount: 1e12) == nil && OrderRules.check(totalAmount: (1e12).nextUp) != nil)
    #expect(OrderRules.check(totalAmount: .nan) != nil)
    // A megabyte of nonsense is not sent back.
    #expect((OrderRules.check(userID: text(1_000_000))?.found.count ?? 0) < 100)
  }
}
