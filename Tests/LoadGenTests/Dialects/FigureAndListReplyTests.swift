import Shared
import Testing

@testable import LoadRun

@Suite("Figures and lists, in the words of a dialect")
struct FigureAndListReplyTests {
  @Test("Figures are read as numbers, as texts, in other units, and as nothing where they may be absent")
  func figures() throws {
    var dialect = Dialect.standard
    dialect.metrics = Dialect.Metrics(
      path: "/m",
      figures: [
        Dialect.Figure(.total, at: "t"), Dialect.Figure(.count(.pending), at: "c.P", missingIsZero: true),
        Dialect.Figure(.count(.failed), at: "c.F", nullIsZero: true), Dialect.Figure(.count(.completed), at: "c.C"),
        Dialect.Figure(.average(.processing), at: "a", unit: .milliseconds(1)), Dialect.Figure(.average(.completion), at: "b"),
      ])
    let read = try reply(dialect, .metrics, 200, #"{"t":"12","c":{"F":null,"C":null},"a":420.5,"b":"6.24 seconds"}"#)
    guard case .metrics(.success(let claims)) = read else {
      Issue.record("\(read)")
      return
    }
    #expect(claims[.total]?.value == 12)
    #expect(claims[.count(.pending)]?.value == 0 && claims[.count(.failed)]?.value == 0 && claims[.count(.completed)] == nil)
    #expect(claims[.average(.processing)]?.value == 0.4205 && claims[.average(.processing)].map { abs($0.place - 0.0001) < 1e-12 } == true)
    #expect(claims[.average(.completion)]?.value == 6.24 && claims[.average(.completion)]?.text == "6.24")
    for useless in [(500, "{}"), (200, "<html>busy</html>")] {
      guard case .metrics(.failure) = try reply(dialect, .metrics, useless.0, useless.1) else {
        Issue.record("\(useless) was read as figures")
        continue
      }
    }
    for empty in ["{}", #"{"t":"soon"}"#] {
      guard case .metrics(.success(let claims)) = try reply(dialect, .metrics, 200, empty) else {
        Issue.record("\(empty) is a document")
        continue
      }
      #expect(claims.lacks == "t, c.P, c.F" && claims[.total] == nil && claims[.count(.pending)]?.value == 0)
    }
  }

  @Test("Figures and lists are as old as their Age says, and up to a second older, because that is in whole seconds")
  func ages() throws {
    func age(_ headers: String) throws -> [Int64] {
      let list = try reply(.standard, .list, 200, #"{"orders":[]}"#, headers: headers)
      guard case .metrics(.success(let claims)) = try reply(.standard, .metrics, 200, #"{"total_orders":1}"#, headers: headers),
        case .page(.success(let page)) = list
      else { return [] }
      return [claims.age, page.age]
    }
    #expect(try age("") == [0, 0])
    #expect(try age("Age: 0\r\n") == [1 * .second, 1 * .second])
    #expect(try age("age: 3\r\nAge: 99\r\n") == [4 * .second, 4 * .second], "the first counts")
    for nonsense in ["-1", "soon", "1.5", "99999999999999999999", ""] { #expect(try age("Age: \(nonsense)\r\n") == [0, 0], "\(nonsense)") }
    #expect(try age("Age: 9000000000000000000\r\n").allSatisfy { (0..<Int64.max / 2).contains($0) })
  }

  @Test("A page of a list is read wherever its parts stand, and its last page has no next")
  func pages() throws {
    var dialect = Dialect.standard
    dialect.status.words = StatusWords([.processing: ["In_Progress"], .completed: ["DONE", "ARCHIVED"]])
    dialect.list = Dialect.List(
      Dialect.Request("GET", "/l"), orders: "data.items", id: "id", status: "state.word",
      pages: Dialect.List.Pages(cursor: "data.next", path: "/l?c={cursor}"))
    let body =
      #"{"data":{"items":[{"id":1,"state":{"word":"done"}},{"state":{"word":"IN_PROGRESS"},"id":"b"},{"id":3,"state":{"word":"?"}}],"next":7}}"#
    guard case .page(.success(let page)) = try reply(dialect, .listPoll, 200, body) else {
      Issue.record("no page")
      return
    }
    #expect(
      page.orders.map(\.id.text) == ["1", "b", "3"] && page.orders.map(\.status) == [.completed, .processing, nil] && page.next == "7")
    for last in [
      #"{"data":{"items":[],"next":false}}"#, #"{"data":{"items":[]}}"#, #"{"data":{"items":[],"next":null}}"#,
      #"{"data":{"items":[],"next":""}}"#,
    ] {
      guard case .page(.success(let page)) = try reply(dialect, .list, 200, last) else {
        Issue.record("no page: \(last)")
        continue
      }
      #expect(page.next == nil && page.orders.isEmpty)
    }
    for bad in [
      #"{"data":{"items":[],"next":true}}"#, #"{"data":{"items":[],"next":{"page":2}}}"#, #"{"data":{"items":[],"next":["a"]}}"#,
      #"{"data":{"items":[],"next":"\#(String(repeating: "c", count: 5_000))"}}"#,
      #"{"data":{"items":{}}}"#, #"{"data":{"items":[{"id":1}]}}"#, #"{"data":{"items":[{"state":{"word":"done"}}]}}"#, "[", "{}",
    ] {
      guard case .page(.failure) = try reply(dialect, .listPoll, 200, bad) else {
        Issue.record("\(bad) was read as a page")
        continue
      }
    }
  }
}
