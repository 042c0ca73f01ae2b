import Foundation
import Shared
import Testing

@testable import LoadRun

/// Every mistake is made in the same file, whose lines are numbered so that errors can be held against them.
private let rightFile = #"""
  name: my-shop
  ready: /ping
  headers: {Prefer: respond-async}
  create:
    path: /orders
    body: '{"order_id":"{id}","kind":"{choice:a|b}","n":{index}}'
    accepted: [201, 202]
    refused: 503
    id:
      own: "u-{number}"
    duplicates: refused
    invalid: '{"kind":1}'
  status:
    path: /orders/{id}
    field: data.status
    words:
      pending: NEW
      completed: [DONE, ARCHIVED]
      failed: ERROR
  cancel:
    path: /orders/{id}/cancel
  list:
    path: /orders
    orders: orders
    id: id
    status: state
    pages: {cursor: next, path: '/orders?after={cursor}'}
  metrics:
    path: /metrics
    figures:
      total: total
      completed: {field: done, missing: 0}
      average_completion: {field: avg, unit: 1ms, printing: floor}
  order_metrics:
    path: /metrics/{id}
    field: took
    span: completion
  authentication:
    login:
      path: /login
      body: '{"u":"{username}","p":"{password}"}'
      token: token
      lifetime: 15m
      refresh: {token: again, path: /again, body: '{"t":"{refresh_token}"}'}
  assumptions:
    snapshot: true
    clock_rate: 500ppm
    max_age: 1s
  """#

/// One change to the right file.
struct DialectMistake: Sendable, CustomStringConvertible {
  let was: String
  let becomes: String
  let error: String

  init(_ was: String, _ becomes: String, _ error: String) {
    self.was = was
    self.becomes = becomes
    self.error = error
  }

  var description: String { becomes.isEmpty ? "without \(was)" : becomes }

  static let all: [DialectMistake] = keys + requests + ids + orders + figures + accounts

  private static let keys = [
    DialectMistake("ready:", "raedy:", "2: raedy: there is no such key: did you mean 'ready'?"),
    DialectMistake("  accepted:", "  accpeted:", "7: create.accpeted: there is no such key: did you mean 'accepted'?"),
    DialectMistake(
      "figures:\n    total:", "figures:\n    everything:",
      "31: metrics.figures.everything: there is no such key; it can be one of total, pending, processing, completed, cancelled, failed, "
        + "average_processing, average_completion, estimate"),
    DialectMistake("  field: data.status\n", "", "13: status: there is no 'field': add it, as in field: status"),
    DialectMistake("name: my-shop", "name: [my, shop]", "1: name: it is a list where a text is due, as in my-shop"),
    DialectMistake("name: my-shop", "name:", "1: name: it is empty where a text is due, as in my-shop"),
    DialectMistake(
      "name: my-shop", "like: klingon",
      "1: like: 'klingon' is no dialect that needs no file: it can be one of standard, basic-auth, parallel, sequential, marketplace, fcfs"),
    DialectMistake("cancel:\n", "status: {}\ncancel:\n", "status stands twice in one place: leave one of them out"),
  ]

  private static let requests = [
    DialectMistake("path: /orders\n", "path: orders\n", "5: create.path: 'orders' does not begin with a slash"),
    DialectMistake("path: /orders\n", "path: /or ders\n", "5: create.path: '/or ders' has a character that may not stand in a path"),
    DialectMistake("  path: /orders/{id}\n", "  path: /orders\n", "14: status.path: '/orders' has no {id} in it"),
    DialectMistake("/orders/{id}/cancel", "/cancel", "21: cancel.path: '/cancel' has no {id} in it; write it as in /orders/{id}/cancel"),
    DialectMistake("/orders/{id}\n", "/orders/{ids}\n", "14: status.path: {ids} is no slot: did you mean {id}?"),
    DialectMistake("/orders/{id}\n", "/orders/{id\n", "14: status.path: '{id' has no closing brace"),
    DialectMistake(
      "path: /orders\n  body:", "path: /orders\n  method: PSOT\n  body:",
      "6: create.method: 'PSOT' is none of GET, POST, PUT, PATCH, DELETE: did you mean 'POST'?"),
    DialectMistake("\"n\":{index}", "\"n\":{indx}", "6: create.body: {indx} is no slot: did you mean {index}?"),
    DialectMistake("\"n\":{index}", "\"n\":{random:1-9}", "6: create.body: {random:1-9} is no slot: write it with two whole numbers"),
    DialectMistake("\"n\":{index}", "\"n\":{cursor}", "6: create.body: {cursor} cannot be filled in a create; there it can be one of {id}"),
    DialectMistake(
      "\"n\":{index}", "\"n\":{uuid}",
      "6: create.body: it is not JSON once its slots are filled: at byte 34 stands 'f' where ',' or '}' is due, in "
        + #"…":"u-7","kind":"a","n":6 ▸f1b0c5e-9a34-4c1d-8e57-0…"#),
    DialectMistake("\"n\":{index}", "\"n\":{choice:1|one}", "6: create.body: it is not JSON once its slots are filled"),
    DialectMistake("\"n\":{index}", "\"n\":", "6: create.body: it is not JSON once its slots are filled"),
    DialectMistake("Prefer: respond-async", "Host: here", "3: headers.Host: 'Host' cannot be set: it follows from the request"),
    DialectMistake(
      "Prefer: respond-async", "Content-Type: text/xml",
      "create.body: it is no XML, which its Content-Type says: write it as in '<order>"),
    DialectMistake(
      "Prefer: respond-async", "content-type: '{run}+json'", "3: headers.content-type: '{run}+json' is no media type: write one such as"),
    DialectMistake("Prefer: respond-async", "X Y: here", "3: headers.X Y: 'X Y' is no header's name"),
    DialectMistake(
      "Prefer: respond-async", "Accept-Encoding: gzip",
      "3: headers.Accept-Encoding: 'Accept-Encoding' cannot be set: compressed answers are not read, but for figures (metrics.headers)"),
    DialectMistake(
      "path: /metrics\n", "path: /metrics\n  headers: {accept-encoding: 'gzip;q=0.9, br'}\n",
      "30: metrics.headers.accept-encoding: 'br' is not read: say gzip, deflate or identity"),
    DialectMistake("Prefer: respond-async", "Authorization: abc", "3: headers.Authorization: 'Authorization' is a secret"),
    DialectMistake(
      "Prefer: respond-async", "X-Trace: {uuid}",
      "3: headers.X-Trace: it is a mapping (braces outside of quotes are a mapping) where a text is due, as in '{uuid}'"),
    DialectMistake("[201, 202]", "[201, 2002]", "7: create.accepted: '2002' is no status code: it is a whole number from 100 to 599"),
    DialectMistake("[201, 202]", "[]", "7: create.accepted: it has no status code; write at least one"),
    DialectMistake("refused: 503", "refused: 201", "8: create.refused: 201 stands under 'accepted' as well"),
    DialectMistake("refused: 503", "success: ok", "8: create.success: it is 'ok' where keys with values are due, as in 'field: …'"),
    DialectMistake(
      "refused: 503", "success: {words: [ok]}", "8: create.success: there is no 'field': add it, as in success: {field: status"),
    DialectMistake(
      "refused: 503", "success: {field: a, words: []}", "8: create.success.words: it has no word; leave 'words' out where it is enough"),
    DialectMistake(
      "path: /orders\n  body:", "path: /orders\n  headers: {Content-Type: application/x-www-form-urlencoded}\n  body:",
      "7: create.body: it is no form, which its Content-Type says: write it as in 'user=u-{index}&item=tea'"),
    DialectMistake("Prefer: respond-async", "Content-Type: json", "3: headers.Content-Type: 'json' is no media type: write one such as"),
    DialectMistake(
      "Prefer: respond-async", "Content-Type: multipart/form-data",
      "3: headers.Content-Type: 'multipart/form-data' is not written by loadgen"),
  ]

  private static let ids = [
    DialectMistake(
      "own: \"u-{number}\"", "own: \"u-{index}\"", "10: create.id.own: 'u-{index}' is not different for every order of every run"),
    DialectMistake(
      "own: \"u-{number}\"", "header: X-Id", "10: create.id.header: 'X-Id' is not kept from an answer: of its headers only Location is"),
    DialectMistake(
      "own: \"u-{number}\"", "cut: 'ORD{id}'", "9: create.id: it does not say where the id is; it needs one of {body: order_id}"),
    DialectMistake("own: \"u-{number}\"", "body: a\n    header: Location", "9: create.id: it says body and header; it needs one of"),
    DialectMistake("own: \"u-{number}\"", "body: a\n    cut: ORD", "11: create.id.cut: 'ORD' has {id} 0 times in it, and needs it once"),
    DialectMistake("own: \"u-{number}\"", "body: a\n    letters: up", "11: create.id.letters: 'up' is none of lower, upper"),
    DialectMistake("own: \"u-{number}\"", "body: a..b", "10: create.id.body: 'a..b' has an empty key in it"),
    DialectMistake("own: \"u-{number}\"", "body: order_id", "6: create.body: {id} cannot be filled in a create whose id the API chooses"),
    DialectMistake("duplicates: refused", "duplicates: refusd", "11: create.duplicates: 'refusd' is neither 'refused' nor"),
    DialectMistake(
      "duplicates: refused", "duplicates: {same_id: {Key: abc}}", "11: create.duplicates.same_id: 'abc' is not different for every order"),
  ]

  private static let orders = [
    DialectMistake("pending: NEW", "pending: null", "17: status.words.pending: null is no word"),
    DialectMistake(
      "words:\n    pending", "unknown: {codes: [200], field: e}\n  words:\n    pending",
      "16: status.unknown.codes: with a code of 2xx every such answer says that there is no such order"),
    DialectMistake("pending: NEW", "pendng: NEW", "17: status.words.pendng: there is no such key: did you mean 'pending'?"),
    DialectMistake(
      "pending: NEW", "pending: done", "18: status.words.completed: 'DONE' stands under 'pending' as well (case makes no difference)"),
    DialectMistake("[DONE, ARCHIVED]", "[]", "18: status.words.completed: there is no word for 'completed', without which no order ends"),
    DialectMistake("pending: NEW", "pending: ['']", "17: status.words.pending: it is empty where a text is due"),
    DialectMistake("  path: /orders/{id}\n", "  in: list\n", "15: status.field: 'in: list' searches the list"),
    DialectMistake("  path: /orders/{id}\n", "", "13: status: there is neither 'path' nor 'in: list': add one"),
    DialectMistake(
      "words:\n    pending", "unknown: {codes: [404], word: x}\n  words:\n    pending",
      "16: status.unknown.word: there is no such key: did you mean 'words'?"),
    DialectMistake(
      "words:\n    pending", "gone: completed\n  words:\n    pending", "16: status.gone: 'gone' is of a list that is searched"),
    DialectMistake(
      "status:\n  path: /orders/{id}\n  field: data.status\n", "status:\n  in: list\n  gone: pending\n",
      "15: status.gone: an order that is gone from the list has ended: it is completed, cancelled or failed"),
    DialectMistake("  orders: orders\n", "  orders: {pending: a, done: b}\n", "24: list.orders.done: there is no such key"),
    DialectMistake(
      "  orders: orders\n", "  orders: {pending: a, completed: b}\n",
      "26: list.status: the list that holds an order tells its status already: leave 'status' out"),
    DialectMistake("  id: id\n", "  id: '{keys}'\n", "25: list.id: '{keys}' is neither a place, as in order_id, nor '{key}'"),
    DialectMistake(
      "{cursor: next, ", "{by: offset, cursor: next, ", "27: list.pages.cursor: a page leads on by its cursor, or 'by' something"),
    DialectMistake("{cursor: next, ", "{by: ofset, ", "27: list.pages.by: 'ofset' is none of offset, number, link: did you mean 'offset'?"),
    DialectMistake("{cursor: next, ", "{by: link, ", "27: list.pages.path: the link is the next page's path: leave 'path' out"),
    DialectMistake("{cursor: next, ", "{by: number, from: first, ", "27: list.pages.from: 'first' is no number of a first page"),
    DialectMistake("{cursor: next, ", "{by: offset, from: 1, ", "27: list.pages.from: 'from' is the first page's number"),
    DialectMistake("?after={cursor}", "?after=cursor", "27: list.pages.path: '/orders?after=cursor' has no {cursor} in it"),
  ]

  private static let figures = [
    DialectMistake("missing: 0", "missing: 1", "32: metrics.figures.completed.missing: it is '1', and can only be 0"),
    DialectMistake("missing: 0", "unit: 1s", "32: metrics.figures.completed.unit: 'unit' is of times, and this is a number of orders"),
    DialectMistake("unit: 1ms", "unit: 1", "33: metrics.figures.average_completion.unit: '1' is not a duration: it needs a unit"),
    DialectMistake(
      "printing: floor", "printing: flor",
      "33: metrics.figures.average_completion.printing: 'flor' is none of undeclared, nearest, floor: did you mean 'floor'?"),
    DialectMistake("metrics:\n  path: /metrics\n", "metrics:\n  from: lists\n", "29: metrics.from: 'lists' is not 'list'"),
    DialectMistake(
      "metrics:\n  path: /metrics\n", "metrics:\n  from: list\n",
      "32: metrics.figures.completed.missing: 'from: list' counts each order by its status"),
    DialectMistake(
      "  path: /metrics\n  figures:\n    total: total\n    completed: {field: done, missing: 0}\n",
      "  from: list\n  figures:\n    total: total\n",
      "32: metrics.figures.average_completion: 'from: list' counts orders, and 'average_completion' is a time"),
    DialectMistake(
      "  path: /metrics\n  figures:\n    total: total\n    completed: {field: done, missing: 0}\n",
      "  from: list\n  figures:\n    completed: orders.error\n",
      "31: metrics.figures.completed: 'error' is what the API calls failed, and this counts completed orders of the list"),
    DialectMistake(
      "field: done, missing: 0", "sum: [done], missing: 0", "32: metrics.figures.completed.sum: it has 1 places, and is of two or more"),
    DialectMistake(
      "field: done, missing: 0", "sum: [a, b], field: done",
      "32: metrics.figures.completed.field: it stands beside 'sum', which has all places"),
    DialectMistake("field: avg, ", "sum: [a, b], ", "33: metrics.figures.average_completion.sum: only numbers of orders are added up"),
    DialectMistake(
      "    total: total\n", "    pending+processing: open\n    processing + pending: open\n",
      "32: metrics.figures.processing + pending: the same orders are counted by another key"),
    DialectMistake("    total: total\n", "    pending+done: open\n", "31: metrics.figures.pending+done: there is no such key"),
    DialectMistake("span: completion", "span: waiting", "37: order_metrics.span: 'waiting' is none of processing, completion"),
  ]

  private static let accounts = [
    DialectMistake("    token: token\n", "", "39: authentication.login: there is no 'token': add it"),
    DialectMistake(",\"p\":\"{password}\"", "", "39: authentication.login: {password} is nowhere in the request"),
    DialectMistake("{refresh_token}", "x", "44: authentication.login.refresh: {refresh_token} is nowhere in the request"),
    DialectMistake("lifetime: 15m", "lifetime: 15", "43: authentication.login.lifetime: '15' is not a duration: it needs a unit"),
    DialectMistake("snapshot: true", "requeue: true", "46: assumptions.requeue: 'true' is none of never, on_restart, any"),
    DialectMistake("snapshot: true", "snapshot: maybe", "46: assumptions.snapshot: it is 'maybe', and should be true or false"),
    DialectMistake("500ppm", "500", "47: assumptions.clock_rate: '500' is not how far a clock may be off"),
    DialectMistake("max_age: 1s", "max_age: soon", "48: assumptions.max_age: 'soon' is not a duration"),
  ]
}

@Suite("Mistakes in dialect files")
struct DialectMistakeTests {
  @Test("The file that the mistakes are made in is right")
  func rightFileIsRight() throws {
    let dialect = try DialectFile.read(rightFile, path: "shop.yaml")
    #expect(dialect.name == "my-shop")
    #expect(try DialectFile.read(DialectWriter.text(dialect), path: "shop.yaml") == dialect)
  }

  @Test("Every mistake is named in one line, with its file, line and key, and what would be right", arguments: DialectMistake.all)
  func namesMistakes(mistake: DialectMistake) throws {
    let place = try #require(rightFile.firstRange(of: mistake.was))
    let text = rightFile.replacingCharacters(in: place, with: mistake.becomes)
    let error = #expect(throws: ConfigurationError.self) { try DialectFile.read(text, path: "shop.yaml") }
    let words = "\(try #require(error))"
    #expect(words.hasPrefix("shop.yaml:") && words.contains(mistake.error), "\(words)")
    #expect(!words.contains("\n"))
  }
}
