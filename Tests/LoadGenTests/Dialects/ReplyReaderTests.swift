import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Answers, in the words of a dialect")
struct ReplyReaderTests {
  private func id(_ source: Dialect.IDSource, _ body: String, headers: String = "", own: OrderID? = nil) throws -> String? {
    var dialect = Dialect.standard
    dialect.create.id = source
    guard case .create(.accepted(let id)) = try reply(dialect, .create, 201, body, headers: headers, own: own) else {
      return "not accepted"
    }
    return id?.text
  }

  @Test("An id is found wherever APIs put it")
  func ids() throws {
    #expect(try id(.init(.body("order_id")), #"{"order_id":"a-1"}"#) == "a-1")
    #expect(try id(.init(.body("data.id")), #"{"data":{"id":17}}"#) == "17")
    #expect(try id(.init(.body("")), "18") == "18")
    #expect(try id(.init(.body("message"), cut: "ORD{id} "), #"{"message":"Order ORD18 created"}"#) == "18")
    #expect(try id(.init(.body("message"), cut: "ORD{id}"), #"{"message":"Order 18"}"#) == nil)
    #expect(try id(.init(.body(""), cut: "ORD{id} "), "Order ORD18 created") == "18")
    #expect(try id(.init(.body("")), "Order ORD18 created") == nil)
    #expect(try id(.init(.header("Location")), "null", headers: "Location: http://h/api/orders/ab%20c?x=1\r\n") == "ab c")
    #expect(try id(.init(.header("location"), cut: "/orders/{id}/"), "null", headers: "Location: /v1/orders/77/status\r\n") == "77")
    #expect(try id(.init(.header("Location")), "null") == nil)
    // By bytes: a combining accent makes one character of itself and what is before it.
    #expect(try id(.init(.body("message"), cut: "No. {id}!"), "{\"message\":\"No. \u{301}7!\u{301}\"}") == "\u{301}7")
    #expect(try id(.init(.header("Location")), "null", headers: "Location: /orders/\u{301}9?\u{301}\r\n") == "\u{301}9")
    #expect(try id(.init(.body("id"), letterCase: .lower), #"{"id":"AB"}"#) == "ab")
    #expect(try id(.init(.own("{number}")), "null", own: OrderID("5")) == "5")
    #expect(try id(.init(.body("id")), #"{"id":null}"#) == nil)
    #expect(try id(.init(.body("id")), #"{"id":""}"#) == nil)
    #expect(try id(.init(.body("id")), "<html>") == nil)
    #expect(try id(.init(.body("id")), #"{"id":"\#(String(repeating: "x", count: 600))"}"#) == nil)
  }

  @Test(
    "A status may be a number, true or false, as it is printed",
    arguments: [
      ("2", OrderStatus.completed), ("0", .pending), ("1.5", .processing), ("true", .completed), ("false", .pending), ("null", nil),
      ("[]", nil),
    ])
  func numbers(printed: String, status: OrderStatus?) throws {
    var dialect = Dialect.standard
    dialect.status.words = StatusWords([.completed: ["2", "true"], .pending: ["0", "false"], .processing: ["1.5"]])
    guard case .poll(.status(let found, _)) = try reply(dialect, .poll, 200, #"{"status":\#(printed)}"#) else {
      #expect(status == nil, "\(printed) was not read")
      return
    }
    #expect(found == status)
    let page = try reply(dialect, .list, 200, #"{"orders":[{"order_id":"a","status":\#(printed)}]}"#)
    guard case .page(.success(let page)) = page else {
      Issue.record("\(printed) was not read in a list")
      return
    }
    #expect(page.orders.map(\.status) == [status])
  }

  @Test("Keys with dots in them are what a path means where the nested keys lead nowhere")
  func dottedKeys() throws {
    func found(_ path: FieldPath, _ document: String) throws -> String? {
      let value = try Array(document.utf8).withUnsafeBytes { try JSONScanner.value(at: path, in: $0) }
      guard case .string(let text) = value else { return nil }
      return text
    }
    #expect(try found("order.status", #"{"order.status":"a"}"#) == "a")
    #expect(try found("order.status", #"{"order.status":"a","order":{"status":"b"}}"#) == "b")
    #expect(try found("order.status", #"{"order":{"status":"b"},"order.status":"a"}"#) == "b")
    #expect(try found("order.status", #"{"order":{"other":"b"},"order.status":"a"}"#) == "a")
    #expect(try found("order.status", #"{"order.status":"a","order.status":"c"}"#) == "c")
    #expect(try found("a.b.c", #"{"a.b":{"c":"1"}}"#) == "1")
    #expect(try found("a.b.c", #"{"a":{"b.c":"2"}}"#) == "2")
    #expect(try found("a.b.c", #"{"a.b.c":"3"}"#) == "3")
    #expect(try found("a.b.c", #"{"a.bc":"3","a":{"b":{"d":"4"}}}"#) == nil)
    #expect(try found("a.0.b.c", #"{"a":[{"b.c":"5"}]}"#) == "5")
    #expect(try found("a.b.c.d.e.f.g.h", #"{"a.b.c.d.e.f.g.h":"6"}"#) == "6")
    #expect(try found("a.b.c.d.e.f.g.h", #"{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":"7"}}}}}}}}"#) == "7")
    #expect(try found("status", #"{"order.status":"a"}"#) == nil)
  }

  @Test("A login's token may stand in a header, or in cookies, of which those that are taken away do not go back")
  func sessions() throws {
    func tokens(_ place: Authentication.TokenPlace, _ headers: String, _ status: Int = 200) throws -> Tokens? {
      var dialect = Dialect.standard
      let request = Dialect.Request("POST", "/login", body: #"{"u":"{username}","p":"{password}"}"#)
      dialect.authentication = .bearer(Authentication.Login(request, token: place))
      guard case .session(.tokens(let tokens)) = try reply(dialect, .login, status, "", headers: headers) else { return nil }
      return tokens
    }
    #expect(try tokens(.header("X-Auth-Token"), "x-auth-token:  t1 \r\nX-Auth-Token: t2\r\n") == Tokens(access: "t1"))
    #expect(try tokens(.header("Authorization"), "Authorization: bearer t1\r\n") == Tokens(access: "t1"))
    #expect(try tokens(.header("X-Auth-Token"), "X-Auth-Tokens: t1\r\nX-Auth: t1\r\nX-Auth-Token: \r\n") == nil)
    #expect(try tokens(.header("X-Auth-Token"), "X-Auth-Token: two words\r\n") == nil)
    #expect(try tokens(.header("Set"), "Set-Cookie: a=b\r\n") == nil)
    #expect(
      try tokens(
        .cookies, "SET-COOKIE: a=1; Path=/; HttpOnly\r\nset-cookie:b=x=y==;Max-Age=90;Secure\r\nSet-Cookie: c=3; max-age=60\r\n", 204)
        == Tokens(access: "a=1; b=x=y==; c=3", lifetime: 60_000_000_000))
    #expect(try tokens(.cookies, "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nSet-Cookie: a=3\r\n") == Tokens(access: "b=2; a=3"))
    // What takes a cookie away, has no name, or could end a header, is none.
    for value in ["a=", "=a", "a", "a=1; Max-Age=0", "a=1; Max-Age=-1", "a=1 2", "a=\u{e9}", "", ";a=1"] {
      #expect(try tokens(.cookies, "Set-Cookie: \(value)\r\n") == nil, "\(value)")
      #expect(try tokens(.cookies, "Set-Cookie: \(value)\r\nSet-Cookie: k=v\r\n") == Tokens(access: "k=v"), "\(value)")
    }
    #expect(try tokens(.cookies, "X: y\r\n") == nil)
    // A form's login leads on to a page, and so does one that was wrong, without a cookie.
    #expect(try tokens(.cookies, "Location: /\r\nSet-Cookie: a=1\r\n", 302) == Tokens(access: "a=1"))
    #expect(try tokens(.cookies, "Location: /login\r\n", 302) == nil)
    #expect(try tokens(.cookies, "Set-Cookie: a=1\r\n", 401) == nil)
    #expect(try tokens(.header("X-A"), "X-A: t\r\nLocation: /\r\n", 302) == nil)
    // Not more than is kept of one answer.
    let long = String(repeating: "x", count: 5_000)
    let many = (0..<12).map { "Set-Cookie: c\($0)=\(long)\r\n" }.joined()
    #expect(try tokens(.cookies, many) == nil)
  }

  @Test("An answer that is longer than what is read of it is blamed for that")
  func tooLong() throws {
    let long = #"{"order_id":"1","status":"pending","padding":"\#(String(repeating: "x", count: 2_000_000))"}"#
    for what in [RequestKind.poll, .metrics] {
      let reply = try reply(.standard, what, 200, long)
      guard reply.isUseless, let failure = reply.failure else {
        Issue.record("\(what): an answer was taken from a part of it")
        continue
      }
      #expect(failure.kind == .badResponse)
      #expect(failure.example == "the answer has \(long.utf8.count) bytes, and at most 1048576 are read")
    }
    #expect(try id(.init(.body("order_id")), long) == nil)
  }

  @Test("What a poll's answer says of Retry-After is taken up with its status, and without one")
  func pollPatience() throws {
    func patience(_ status: Int, _ body: String, _ header: String) throws -> Int64? {
      switch try reply(.standard, .poll, status, body, headers: header) {
      case .poll(.status(.processing, let retryAfter)): return retryAfter
      case .poll(.useless(let failure)), .poll(.unknownWord(let failure)), .poll(.unknownOrder(let failure)): return failure.retryAfter
      case let other:
        Issue.record("\(other)")
        return nil
      }
    }
    let status = #"{"status":"processing"}"#
    #expect(try patience(200, status, "Retry-After: 2\r\n") == 2 * .second)
    #expect(try patience(202, status, "retry-after: 0\r\n") == 0)
    #expect(try patience(200, status, "") == nil)
    #expect(try patience(200, status, "Retry-After: 99999\r\n") == 3_600 * .second)
    #expect(try patience(200, status, "Retry-After: Fri, 07 Nov 2036 08:49:37 GMT\r\n") == 3_600 * .second)
    #expect(try patience(200, status, "Retry-After: soon\r\n") == nil)
    #expect(try patience(200, status, "Retry-After: 1.5\r\n") == nil)
    #expect(try patience(429, "", "Retry-After: 3\r\n") == 3 * .second)
    #expect(try patience(503, "", "Retry-After: 3\r\n") == 3 * .second)
    #expect(try patience(200, #"{"status":"packing"}"#, "Retry-After: 4\r\n") == 4 * .second)
    #expect(try patience(404, "", "Retry-After: 5\r\n") == 5 * .second)
  }

  @Test("A date in Retry-After counts from the answer's own Date, whatever our clock says, and without one from our clock")
  func retryAfterDates() throws {
    func patience(_ headers: String) throws -> Int64? {
      guard case .create(.refused(let failure)) = try reply(.standard, .create, 429, "", headers: headers) else { return -1 }
      return failure.retryAfter
    }
    let forms = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
    for form in forms {
      for clock in ["Sun, 06 Nov 1994 08:49:30 GMT", "Sunday, 06-Nov-94 08:49:30 GMT", "Sun Nov  6 08:49:30 1994"] {
        #expect(try patience("Date: \(clock)\r\nRetry-After: \(form)\r\n") == 7 * .second, "\(form) at \(clock)")
      }
      #expect(try patience("Retry-After: \(form)\r\nDate: Sun, 06 Nov 1994 08:50:30 GMT\r\n") == 0, "it is over")
      #expect(try patience("Retry-After: \(form)\r\nDate: Sat, 05 Nov 1994 08:50:30 GMT\r\n") == 3_600 * .second)
      #expect(try patience("Retry-After: \(form)\r\n") == 0, "by our clock it is long over")
      #expect(try patience("Retry-After: \(form)\r\nDate: yesterday\r\n") == 0)
    }
    let soon = DateFormatter()
    (soon.locale, soon.timeZone) = (Locale(identifier: "en_US_POSIX"), TimeZone(identifier: "GMT"))
    soon.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    let waited = try #require(try patience("Retry-After: \(soon.string(from: Date(timeIntervalSinceNow: 1800)))\r\n"))
    #expect(waited > 0 && waited <= 1800 * .second, "\(waited)")
  }

  @Test("An answer that is encoded is blamed for that, and shown as nothing else")
  func encoded() throws {
    let header = "Content-Encoding: gzip\r\n"
    for (what, status) in [(RequestKind.poll, 200), (.orderMetrics, 200), (.list, 200), (.login, 200)] {
      let reply = try reply(.marketplace, what, status, "\u{1F}\u{8B}", headers: header)
      guard reply.isUseless, let failure = reply.failure else {
        Issue.record("\(what): something was read in it")
        continue
      }
      #expect(failure.example == "the answer is encoded as gzip, though identity was asked for")
    }
    guard case .create(.refused(let failure)) = try reply(.standard, .create, 409, "\u{1F}\u{8B}", headers: header) else { return }
    #expect(failure.example == "409: (encoded as gzip)")
  }

  @Test("Why an order that was accepted has no id is said, with what stands in its place")
  func missingID() throws {
    func why(_ body: String, _ headers: String = "", asksForIdentity: Bool = true) throws -> String {
      var parser = ResponseParser()
      _ = try parser.consume("HTTP/1.1 201 X\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
      let reader = ReplyReader(.standard, asksForIdentity: asksForIdentity)
      guard case .create(.accepted(nil)) = reader.reply(to: .create, parser, own: nil) else { return "there is one" }
      let failure = try #require(reader.missingID(parser))
      #expect(failure.kind == .badResponse && failure.status == 201)
      return failure.example
    }
    #expect(
      try why(#"{"id":1}"#)
        == "the order was accepted, and there is no id that can be used at 'order_id' of the answer (1 to 512 bytes). "
        + #"It begins with: {"id":1}"#)
    let header = "Content-Encoding: br\r\n"
    #expect(try why("x", header) == "the answer is encoded as br, though identity was asked for")
    #expect(try why("x", header, asksForIdentity: false) == "the answer is encoded as br, and only identity is read")
  }

  @Test("A redirect is a refusal that says which path would be right", arguments: [301, 302, 307, 308])
  func redirects(status: Int) throws {
    let reply = try reply(.standard, .create, status, "", headers: "Location: http://h:80/orders/\r\n")
    guard case .create(.refused(let failure)) = reply else {
      Issue.record("\(reply)")
      return
    }
    #expect(failure.example.contains("'/orders/'") && failure.example.contains("create.path"), "\(failure.example)")
  }

  @Test("What there is no order for, what is left open, and what the dialect calls a refusal are told apart")
  func refusals() throws {
    var dialect = Dialect.standard
    dialect.create.refusedCodes = [503]
    for (status, expected) in [
      (400, "refused"), (409, "refused"), (429, "refused"), (408, "open"), (500, "open"), (303, "open"), (503, "refused"),
    ] {
      let reply = try reply(dialect, .create, status, "{}")
      switch reply {
      case .create(.refused): #expect(expected == "refused", "\(status)")
      case .create(.uncertain): #expect(expected == "open", "\(status)")
      default: Issue.record("\(status): \(reply)")
      }
    }
  }

  @Test("Retry-After is taken up, and believed for an hour at most")
  func retryAfter() throws {
    for (header, expected) in [("2", 2), ("0", 0), ("999999", 3_600)] as [(String, Int64)] {
      guard case .create(.refused(let failure)) = try reply(.standard, .create, 429, "", headers: "Retry-After: \(header)\r\n") else {
        return
      }
      #expect(failure.retryAfter == expected * 1_000_000_000)
    }
  }

  @Test("401 asks for a new token where there are tokens, and is a refusal where there are none")
  func unauthorised() throws {
    guard case .unauthorised = try reply(.marketplace, .create, 401, "{}") else {
      Issue.record("not taken for a matter of the token")
      return
    }
    guard case .create(.refused) = try reply(.basicAuth, .create, 401, "{}") else {
      Issue.record("not taken for a refusal")
      return
    }
  }

  @Test("How long a token lasts is taken from the answer, from the token itself, or from the dialect")
  func lifetimes() throws {
    var login = Authentication.Login(Dialect.Request("POST", "/l"), token: .body("t"), expiresIn: "e", lifetime: .seconds(60))
    func lifetime(_ body: String) throws -> Int64? {
      var dialect = Dialect.marketplace
      dialect.authentication = .bearer(login)
      guard case .session(.tokens(let tokens)) = try reply(dialect, .login, 200, body) else { return -1 }
      return tokens.lifetime.map { $0 / 1_000_000 }
    }
    let payload = Data(#"{"sub":"1","iat":1000,"exp":1900.5}"#.utf8).base64EncodedString().replacing("=", with: "")
    #expect(try lifetime(#"{"t":"x","e":2.5}"#) == 2_500)
    #expect(try lifetime(#"{"t":"x","e":"3"}"#) == 3_000)
    #expect(try lifetime(#"{"t":"h.\#(payload).s"}"#) == 900_500)
    #expect(try lifetime(#"{"t":"x"}"#) == 60_000)
    login.lifetime = nil
    #expect(try lifetime(#"{"t":"x","e":-1}"#) == nil)
    #expect(try lifetime(#"{"t":"a b"}"#) == -1, "a token with a space cannot stand in a header")
    #expect(try lifetime(#"{"e":1}"#) == -1)
  }

  @Test("A token that says only when it expires lasts until then by the target's own clock, and by ours where there is no other")
  func expiryAlone() throws {
    var dialect = Dialect.marketplace
    dialect.authentication = .bearer(Authentication.Login(Dialect.Request("POST", "/l"), token: .body("t")))
    func lifetime(_ claims: String, date: String? = nil) throws -> Int64? {
      let payload = Data(claims.utf8).base64EncodedString().replacing("=", with: "")
      let headers = date.map { "Date: \($0)\r\n" } ?? ""
      guard case .session(.tokens(let tokens)) = try reply(dialect, .login, 200, #"{"t":"h.\#(payload).s"}"#, headers: headers) else {
        return -1
      }
      return tokens.lifetime.map { $0 / 1_000_000 }
    }
    let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    let then = 784_111_777
    #expect(try lifetime(#"{"exp":\#(then + 90)}"#, date: date) == 90_000)
    #expect(try lifetime(#"{"exp":\#(then + 90),"iat":\#(then - 30)}"#, date: date) == 90_000, "issued before it was asked for")
    #expect(try lifetime(#"{"exp":\#(then + 90),"iat":\#(then + 30)}"#, date: date) == 60_000)
    #expect(try lifetime(#"{"exp":\#(then + 90),"iat":\#(then)}"#) == 90_000)
    #expect(try lifetime(#"{"exp":\#(then - 90),"iat":\#(then - 150)}"#, date: date) == 60_000, "the clock of the Date is another one")
    #expect(try lifetime(#"{"exp":\#(then + 90)}"#) == nil, "by our clock it is over: nobody says how long it lasts")
    #expect(try lifetime(#"{"exp":"\#(then + 90)"}"#, date: date) == nil)
    let ours = try #require(try lifetime(#"{"exp":\#(Int(Date().timeIntervalSince1970) + 600)}"#))
    #expect(ours > 0 && ours <= 600_000, "\(ours)")
  }

  @Test("What a login is refused with is not repeated: it may hold the password")
  func keepsSecrets() throws {
    for what in [RequestKind.login, .register, .refresh] {
      for status in [400, 401, 422, 500] {
        let reply = try reply(.marketplace, what, status, #"{"detail":[{"input":"hunter2"}]}"#)
        #expect(!"\(reply)".contains("hunter2"), "\(what) \(status)")
      }
    }
    #expect(!"\(Credentials(username: "ann", password: "hunter2"))".contains("hunter2"))
    var dumped = ""
    dump(Credentials(username: "ann", password: "hunter2"), to: &dumped)
    #expect(!dumped.contains("hunter2"))
  }
}
