import Foundation
import Shared
import Testing

@testable import LoadRun

/// What an answer shows in its body or its headers where most say it by a status code.
@Suite("Answers that say it otherwise")
struct OddReplyTests {
  private enum Meaning: Equatable { case accepted, refused, uncertain }

  private func create(_ sign: BodySign, _ body: String) throws -> Meaning {
    var dialect = Dialect.standard
    dialect.create.success = sign
    guard case .create(let reply) = try reply(dialect, .create, 201, body) else { return .uncertain }
    switch reply {
    case .accepted: return .accepted
    case .refused: return .refused
    case .uncertain: return .uncertain
    }
  }

  @Test("A create is accepted by what its body shows, refused without it, and uncertain where there is no JSON")
  func success() throws {
    let words = BodySign("status", words: ["OK", "true", "1", "null"])
    for (value, meaning) in [
      (#""ok""#, Meaning.accepted), (#""oK""#, .accepted), ("true", .accepted), ("1", .accepted), ("null", .accepted), ("false", .refused),
      (#""error""#, .refused), (#""okay""#, .refused), (#"["ok"]"#, .refused), (#"{"ok": 1}"#, .refused), (#"""#, .uncertain),
    ] {
      #expect(try create(words, #"{"order_id":"a","status":\#(value)}"#) == meaning, "\(value)")
    }
    #expect(try create(words, #"{"order_id":"a"}"#) == .refused)
    #expect(try create(words, "<html>") == .uncertain)
    for (body, meaning) in [
      (#"{"result":{"id":1}}"#, Meaning.accepted), (#"{"result":0}"#, .accepted), (#"{"result":""}"#, .accepted),
      (#"{"result":null}"#, .refused),
      (#"{"result":false}"#, .refused), (#"{"error":{"code":7}}"#, .refused),
    ] {
      #expect(try create(BodySign("result"), body) == meaning, "\(body)")
    }
  }

  @Test("An order is unknown by a code, or by what the body shows, whatever else stands there")
  func unknown() throws {
    var dialect = Dialect.standard
    dialect.status.unknownSign = BodySign("error.code", words: ["-32004"])
    func isUnknown(_ status: Int, _ body: String) throws -> Bool {
      if case .poll(.unknownOrder) = try reply(dialect, .poll, status, body) { true } else { false }
    }
    #expect(try isUnknown(404, "") && isUnknown(200, #"{"error":{"code":-32004}}"#) && isUnknown(500, #"{"error":{"code":-32004}}"#))
    #expect(try !isUnknown(200, #"{"error":{"code":-1}}"#) && !isUnknown(200, #"{"status":"pending"}"#) && !isUnknown(500, "no JSON"))
  }

  @Test("A cancel that is answered by an accepted code is none where the body says so")
  func cancel() throws {
    var dialect = Dialect.standard
    dialect.cancel?.success = BodySign("prevstate", words: ["pending"])
    guard case .cancel(.cancelled) = try reply(dialect, .cancel, 200, #"{"prevstate":"pending"}"#),
      case .cancel(.notCancelled) = try reply(dialect, .cancel, 200, #"{"prevstate":"running"}"#),
      case .cancel(.useless) = try reply(dialect, .cancel, 200, "<html>")
    else {
      Issue.record("it was read otherwise")
      return
    }
  }

  // MARK: Lists

  private func page(_ change: (inout Dialect.List) -> Void, _ body: String, headers: String = "") throws -> ListPage? {
    var dialect = Dialect.standard
    var list = try #require(dialect.list)
    change(&list)
    dialect.list = list
    guard case .page(.success(let page)) = try reply(dialect, .list, 200, body, headers: headers) else { return nil }
    return page
  }

  @Test("Of several lists each tells the status of its orders, and all must be there")
  func parts() throws {
    func lists(_ list: inout Dialect.List) {
      list.parts = [.init("queued", status: .pending), .init("done.good", status: .completed)]
      list.id = .field("id")
    }
    let page = try page(lists, #"{"done":{"good":[{"id":3},{"id":"4","status":"pending"}]},"queued":[{"id":1}]}"#)
    #expect(page?.orders.map(\.id.text) == ["1", "3", "4"] && page?.orders.map(\.status) == [.pending, .completed, .completed])
    #expect(try self.page(lists, #"{"queued":[]}"#) == nil && self.page(lists, #"{"queued":[],"done":{"good":{}}}"#) == nil)
  }

  @Test("An object's keys are the ids of its orders, with escapes, and its values the orders, or their words")
  func keyed() throws {
    func object(_ list: inout Dialect.List) { list.id = .key }
    let page = try page(object, #"{"orders": {"a\"\u00e9": {"status": "completed"} , "2":{"x":[{}],"status":"pending"}}}"#)
    #expect(page?.orders.map(\.id.text) == ["a\"é", "2"] && page?.orders.map(\.status) == [.completed, .pending])
    let words = try self.page({ list in (list.id, list.status) = (.key, "") }, #"{"orders":{"1":"pending","2":"completed"}}"#)
    #expect(words?.orders.map(\.status) == [.pending, .completed])
    #expect(try self.page(object, #"{"orders":{}}"#)?.orders.isEmpty == true)
    #expect(try self.page(object, #"{"orders":[]}"#)?.orders.isEmpty == true, "some languages write an empty object so")
    #expect(try self.page(object, #"{"orders":[{"status":"pending"}]}"#) == nil && self.page(object, #"{"orders":7}"#) == nil)
    #expect(try self.page({ _ in }, #"{"orders":{"1":{"order_id":"1","status":"pending"}}}"#) == nil, "a list was said")
  }

  @Test("The next page is where the header Link says it is, relative to the list's own path, and only of a link that is sound")
  func links() throws {
    func next(_ link: String) throws -> String? {
      try page({ $0.pages = .init(.link, path: "") }, #"{"orders":[]}"#, headers: "Link: \(link)\r\n")?.next
    }
    for (link, target) in [
      (#"<https://other:1/orders?page=2>; rel="next""#, "/orders?page=2"), (#"</a?b=%20c>;rel=next"#, "/a?b=%20c"),
      (#"<?page=2>; rel="prefetch NEXT""#, "/orders?page=2"), (#"<x/y>; title="a, b; rel=\"next\""; REL = next"#, "/x/y"),
      (#"</first>; rel=first, </n>; rel="next", </last>; rel=last"#, "/n"), (#", ,</n>;rel=next;x"#, "/n"),
    ] {
      #expect(try next(link) == target, "\(link)")
    }
    for link in [
      #"</n>; rel=nextish"#, #"</n>; title="next""#, #"</n>; anchor="/x"; rel=next"#, #"</n; rel=next"#, "next",
      #"</n>; rel=prev; rel=next"#,
      #"</a>, </n>"#,
    ] {
      #expect(try next(link) == nil, "\(link)")
    }
    #expect(
      try page({ $0.pages = .init(.link, path: "") }, #"{"orders":[]}"#, headers: "Link: </a>; rel=prev\r\nLink: </n>; rel=next\r\n")?.next
        == "/n")
    for bad in ["<\(String(repeating: "x", count: 5_000))>; rel=next", "</a b>; rel=next"] {
      #expect(try page({ $0.pages = .init(.link, path: "") }, #"{"orders":[]}"#, headers: "Link: \(bad)\r\n") == nil)
    }
  }

  @Test("A figure that is told in parts is their sum, and claims nothing without one of them, unless that means 0")
  func sums() throws {
    var dialect = Dialect.standard
    var figure = Dialect.Figure(.counts([.completed, .failed]), at: "done.good")
    figure.addends = ["done.bad"]
    dialect.metrics?.figures = [Dialect.Figure(.total, at: "n"), figure]
    func claim(_ body: String) throws -> String? {
      guard case .metrics(.success(let claims)) = try reply(dialect, .metrics, 200, body) else { return nil }
      return claims[figure.quantity]?.text
    }
    #expect(try claim(#"{"n":9,"done":{"good":"3","bad":4}}"#) == "7")
    #expect(try claim(#"{"n":9,"done":{"good":9007199254740993,"bad":1}}"#) == "9007199254740994")
    #expect(try claim(#"{"n":9,"done":{"good":3}}"#) == nil && claim(#"{"n":9,"done":{"good":3,"bad":null}}"#) == nil)
    figure.missingIsZero = true
    dialect.metrics?.figures[1] = figure
    #expect(try claim(#"{"n":9,"done":{"good":3}}"#) == "3" && claim(#"{"n":9}"#) == "0")
  }
}
