import Foundation
import Testing

/// What tells the fake order server's API right.
private let rightFile = #"""
  like: standard
  create:
    path: /orders
    body: '{"user_id":"u-{index}","item_ids":["item-001"],"total_amount":250.75}'
    accepted: [201]
    id: {body: order_id}
  status:
    path: /orders/{id}/status
    field: status
    words: {pending: pending, processing: processing, completed: completed}
  cancel: none
  list: none
  metrics:
    path: /metrics
    figures:
      total: total_orders
      completed: status_counts.completed
      average_completion: average_completion_time
  order_metrics: none
  """#

/// One change to the right file, and what is said of it.
struct DialectFault: Sendable, CustomStringConvertible {
  let was: String
  let becomes: String
  let words: String

  init(_ was: String, _ becomes: String, _ words: String) {
    self.was = was
    self.becomes = becomes
    self.words = words
  }

  var description: String { becomes }

  static let all = [
    DialectFault("path: /orders\n", "path: /api/orders\n", "create.path: the API answers 404: there is nothing at that path"),
    DialectFault("path: /orders\n", "path: /orders\n  method: PUT\n", "create.method: the API answers 405: that path takes another method"),
    DialectFault("[201]", "[202]", "create.accepted: the API answers 201, which is not among 202: add it"),
    DialectFault("{body: order_id}", "{body: id}", "create.id: the answer has no id at 'id': its fields are order_id, status"),
    DialectFault("{body: order_id}", "{body: status, cut: 'ORD{id}'}", "create.id: 'ORD{id}' does not fit 'pending'"),
    DialectFault("\"item_ids\"", "\"items\"", "create.body: the API answers 422, and refuses the request: "),
    DialectFault("/{id}/status", "/x{id}/status", "status.path: the API answers 404, so that it does not know the order"),
    DialectFault("field: status", "field: state", "status.field: the answer has no word at 'state': its fields are order_id, status"),
    DialectFault(
      "processing: processing", "processing: cooking",
      "status.words: 'processing' is no word of the dialect: pending is pending, cooking is processing, completed is completed; add it"),
    DialectFault(
      "total: total_orders", "total: totals",
      "metrics.figures.total: there is no number at 'totals': its fields are average_completion_time, "),
    DialectFault(
      "completed: status_counts.completed", "completed: status_counts",
      "metrics.figures.completed: there is no number at 'status_counts': there stands an object"),
    DialectFault(
      "average_completion: average_completion_time", "average_completion: {field: average_completion_time, unit: 1ms}",
      "metrics.figures.average_completion.unit: the API says 0"),
    DialectFault("path: /metrics", "path: /stats", "metrics.path: the API answers 404: there is nothing at that path"),
    DialectFault(
      "total_amount\":250.75}", "total_amount\":}", "shop.yaml:4: create.body: it is not JSON once its slots are filled: at byte "),
    DialectFault("path: /metrics", "path: {/metrics", "shop.yaml:15: this is not YAML: "),
    DialectFault("cancel: none", "cancle: none", "shop.yaml:11: cancle: there is no such key: did you mean 'cancel'?"),
  ]
}

extension EndToEnd.LoadGen {
  @Suite("Dialects")
  struct DialectCommandTests {
    private func check(_ text: String, _ arguments: String...) async throws -> Programs.Finished {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        try Data(text.utf8).write(to: file)
        return try await Programs.run(Programs.loadgen, ["dialects", "check", file.path] + arguments)
      }
    }

    @Test("A check of a wrong file names in words what is wrong", arguments: DialectFault.all)
    func namesFaults(fault: DialectFault) async throws {
      let place = try #require(rightFile.firstRange(of: fault.was))
      let text = rightFile.replacingCharacters(in: place, with: fault.becomes)
      // The word of an order that is in work is there to be seen for as long as a standing machine may need; nothing waits for its end.
      let time = fault.becomes == "processing: cooking" ? "600" : "0.4"
      try await RunningProgram.fake(["--service-time", time]) { url in
        let done = try await check(text, "--target", url, "--order-timeout", "2m")
        #expect(done.code == 104)
        #expect((done.output + done.errors).contains(fault.words), "\(done.output)\(done.errors)")
      }
    }

    @Test("A check of a right file shows the exchanges, says what it understood, and ends with 0")
    func rightFileIsUnderstood() async throws {
      try await RunningProgram.fake(["--service-time", "0.1"]) { url in
        let done = try await check(rightFile, "--target", url, "--order-timeout", "2m")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        for words in [
          "> POST /orders HTTP/1.1", #"> {"user_id":"u-0","#, "< 201", "201 acknowledges the order; the id is ", "means completed",
          "total_orders = 1 -> the total", "the total went from 0 to 1: our order", "All was understood",
        ] { #expect(done.output.contains(words), "\(words) is not in \(done.output)") }
      }
    }

    @Test("A redirect is not followed: the path that would be right is said")
    func redirect() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      try await RunningProgram.with("/usr/bin/env", ["python3", server, "307", "/orders/"]) { _, url in
        let done = try await check(rightFile, "--target", url)
        #expect(done.code == 104)
        #expect(done.output.contains("create.path: the API answers 307 to /orders/, and redirects are not followed: say '/orders/'"))
      }
    }

    @Test("Missing credentials are asked for, whether the dialect knows of them or not")
    func credentials() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      try await RunningProgram.with("/usr/bin/env", ["python3", server, "401"]) { _, url in
        let unknown = try await check(rightFile, "--target", url)
        #expect(unknown.output.contains("create: the API answers 401, and wants to know who asks: say 'authentication: basic'"))
        let missing = try await check(rightFile + "\nauthentication: basic\n", "--target", url)
        #expect(missing.code == 104)
        #expect(missing.errors.contains("needs an account: put name:password into a file and give --user-file FILE"))
        let wrong = try await check(rightFile + "\nauthentication: basic\n", "--target", url, "--user", "ann:open-sesame")
        #expect(wrong.output.contains("create: the API answers 401, and does not take the account"))
        #expect(wrong.output.contains("> Authorization: Basic ***"))
        #expect(!wrong.output.contains(Data("ann:open-sesame".utf8).base64EncodedString()) && !wrong.output.contains("open-sesame"))
      }
    }

    @Test("What an API gives for a password is not shown: not in a head, nor in a body")
    func secrets() async throws {
      try await RunningProgram.server(["--profile", "marketplace", "--store", "memory"]) { url in
        let done = try await Programs.loadgen("dialects", "check", "marketplace", "--target", url, "--order-timeout", "500ms")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        for words in [
          #""password":"***"}"#, #""access_token":"***""#, #""refresh_token":"***"}"#, "> Authorization: Bearer ***",
          "the token is at 'access_token', and lasts ", "How an order ends was not seen: this one is still pending.",
        ] { #expect(done.output.contains(words), "\(words) is not in \(done.output)") }
        #expect(!done.output.contains("eyJ") && !done.output.contains("Aa1-"), "\(done.output)")
      }
    }

    @Test("What an API answers does not steer the terminal, wherever it is shown")
    func steersNoTerminal() async throws {
      let server = Programs.fixtures.appendingPathComponent("answering_server.py").path
      let odd = #"\u001b[2J\u009b31m\u001b]0;title\u0007\u202e\r"#
      let body = #"{"order_id":"o\#(odd)","status":"\#(odd)","\#(odd)total":1,"\#(odd)":{"\#(odd)":"\#(odd)"}}"#
      try await RunningProgram.with("/usr/bin/env", ["python3", server, "201", "", body]) { _, url in
        let done = try await Programs.loadgen("dialects", "check", "standard", "--target", url, "--order-timeout", "300ms")
        #expect(done.code != 0 && done.output.contains("total"), "\(done.output)")
        for scalar in (done.output + done.errors).unicodeScalars where scalar.properties.generalCategory == .control {
          #expect(scalar == "\n" || scalar == "\t", "\(scalar.value)")
        }
        #expect(!done.output.unicodeScalars.contains("\u{202E}"))
      }
    }

    @Test("A target that nobody listens at is named")
    func unreachable() async throws {
      let done = try await check(rightFile, "--target", "http://127.0.0.1:1")
      #expect(done.code == 104)
      #expect(done.output.contains("http://127.0.0.1:1 cannot be reached: Connection refused"), "\(done.output)")
    }

    @Test("Without a target the file alone is checked, and told in sentences")
    func fileAlone() async throws {
      let done = try await check(rightFile)
      #expect(done.code == 0)
      #expect(done.output.contains("An order is made by POST /orders, acknowledged by 201; the id is at 'order_id'."), "\(done.output)")
    }

    @Test("The dialects are listed, and each is shown as a file that says the same")
    func listsAndShows() async throws {
      let list = try await Programs.loadgen("dialects")
      #expect(list.code == 0)
      #expect(list.output.contains("loadgen dialects show standard > my-shop.yaml"))
      for line in list.output.split(separator: "\n\n")[0].split(separator: "\n") {
        let name = String(line.prefix { $0 != " " })
        let shown = try await Programs.loadgen("dialects", "show", name)
        #expect(shown.code == 0)
        #expect(shown.output.contains("name: \(name)"))
        let checked = try await check(shown.output)
        #expect(checked.code == 0, "\(checked.errors)")
      }
      let unknown = try await Programs.loadgen("dialects", "show", "standrad")
      #expect(unknown.code == 104)
      #expect(unknown.errors.contains("did you mean 'standard'?"))
    }
  }
}
