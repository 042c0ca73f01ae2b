import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// What HTTP/1.1 asks of a server beyond answering, held against the built program over connections of the tests' own.
  @Suite("The rules of HTTP/1.1", .timeLimit(.minutes(5)))
  struct HTTPRulesTests {
    private static let order = #"{"user_id":"u","item_ids":["i"],"total_amount":1}"#

    private func exchange(_ text: String, with api: API) async throws -> String {
      try await onThread {
        let connection = try RawConnection(to: api)
        connection.send(text)
        return String(decoding: connection.rest(), as: UTF8.self)
      }
    }

    @Test("A request without a Host, or with two, is refused with 400 after the answers to what came before it; HTTP/1.0 may lack it")
    func host() async throws {
      try await served("parallel") { api in
        for (head, reason) in [
          ("GET /ping HTTP/1.1\r\n", "it has no Host"), ("GET /ping HTTP/1.1\r\nHost: a\r\nhost: a\r\n", "it has 2 Hosts"),
          ("GET /ping HTTP/1.1\r\nHost: a/b\r\n", "its Host, 'a/b', is no host"),
          ("POST /orders HTTP/1.1\r\nContent-Length: 1\r\n", "it has no Host"),
        ] {
          let text = try await exchange("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n\(head)\r\n", with: api)
          let answers = text.components(separatedBy: "HTTP/1.1 ").dropFirst()
          #expect(answers.map { $0.prefix(3) } == ["200", "400"], "\(text)")
          #expect(text.contains(#"{"detail":"The request is no HTTP/1.1: \#(reason)."}"#), "\(text)")
        }
        let old = try await exchange("GET /ping HTTP/1.0\r\n\r\n", with: api)
        // And it is told nothing more: such a client waits for the end.
        #expect(old.contains(" 200 ") && old.hasSuffix(#"{"message":"Success"}"#), "\(old)")
        let head = try await exchange("HEAD /ping HTTP/1.1\r\n\r\n", with: api)
        #expect(head.contains(" 400 ") && head.hasSuffix("\r\n\r\n"), "\(head)")
      }
    }

    @Test("HEAD is answered without a body wherever it leads, so that the next answer is the next one's")
    func headAnywhere() async throws {
      for profile in ["standard", "parallel", "fcfs"] {
        try await served(profile) { api in
          for path in ["/nowhere", "/orders/aa/x", "/orders/%zz", "/docs/x"] {
            let text = try await exchange(
              "HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\nGET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", with: api)
            let heads = text.components(separatedBy: "\r\n\r\n")
            #expect(heads.count == 3 && heads[1].hasPrefix("HTTP/1.1 200"), "\(path): \(text)")
          }
        }
      }
    }

    @Test("An answer after which the connection ends says so, and what follows the last request is none")
    func lastAnswers() async throws {
      try await served("standard") { api in
        let chunked = "Transfer-Encoding: chunked\r\n\r\n\(String(Self.order.utf8.count, radix: 16))\r\n\(Self.order)\r\n0\r\n\r\n"
        for last in [
          "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n",
          "GET /ping HTTP/1.0\r\n\r\n", "GET /ping HTTP/1.1\r\nHost: a\r\nUpgrade: <b>\r\n\r\n", "POST /orders HTTP/1.0\r\n\(chunked)",
          "POST /orders HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\(chunked)", "GET /ping HTTP/1.1\r\n\r\n", "nothing like it\r\n\r\n",
        ] {
          for more in ["", "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n", "nothing like it\r\n\r\n"] {
            let text = try await exchange("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n\(last)\(more)", with: api)
            let answers = text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.lowercased() }
            #expect(answers.map { $0.contains("\r\nconnection: close\r\n") } == [false, true], "\(last): \(text)")
          }
        }
      }
    }

    @Test("Whoever asks to go on in another protocol is answered in this one, and the connection ends: it is not left deaf")
    func upgrades() async throws {
      try await served("standard") { api in
        for head in [
          "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAA\r\n",
          "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n",
        ] {
          // What is sent after it is not answered: the client sees the end, and asks again elsewhere.
          let text = try await exchange("\(head)\r\nGET /ping HTTP/1.1\r\nHost: a\r\n\r\n", with: api)
          #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "\(text)")
        }
      }
    }

    @Test("A Transfer-Encoding that names no coding is refused: what follows could be a body or not", arguments: ["", " ", ",", " , "])
    func noCoding(value: String) async throws {
      try await served("standard") { api in
        let text = try await exchange(
          "POST /orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\(value)\r\n\r\n\(Self.order)", with: api)
        #expect(text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) } == ["400"], "\(text)")
      }
    }

    @Test("A client that waits to be asked for its body is asked, once, and then answered", arguments: [false, true])
    func asksForTheBody(isChunked: Bool) async throws {
      try await served("standard") { api in
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(Self.order.utf8.count)"
        let body =
          isChunked ? "\(String(Self.order.utf8.count, radix: 16))\r\n\(Self.order)\r\n0\r\n\r\n" : Self.order
        let head = "POST /orders HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\(framing)\r\n"
        let (asked, answer) = try await onThread {
          let connection = try RawConnection(to: api)
          // Of two requests in a row, each is asked for its own.
          connection.send(head + "\r\n")
          let asked = try connection.next(count: "HTTP/1.1 100 Continue\r\n\r\n".utf8.count)
          connection.send(body)
          let first = try connection.answer()
          connection.send(head + "Connection: close\r\n\r\n")
          let again = try connection.next(count: "HTTP/1.1 100 Continue\r\n\r\n".utf8.count)
          connection.send(body)
          return ([asked, again], [first, try connection.lastAnswer()])
        }
        #expect(asked == ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"])
        #expect(answer.map(\.status) == [201, 201])
      }
    }

    @Test("A client that does not wait after all is not asked")
    func doesNotAskTwice() async throws {
      try await served("standard") { api in
        let head =
          "POST /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: \(Self.order.utf8.count)\r\n\r\n"
        let text = try await exchange(head + Self.order, with: api)
        #expect(text.hasPrefix("HTTP/1.1 201 "), "\(text)")
        // HTTP/1.0 knows no such thing (RFC 9110, 10.1.1).
        let old = try await exchange(head.replacing("HTTP/1.1", with: "HTTP/1.0") + Self.order, with: api)
        #expect(old.hasPrefix("HTTP/1.1 201 "), "\(old)")
      }
    }

    @Test(
      "Where the headers decide, the answer comes at once, and the connection ends: what follows could be the body or a request",
      arguments: [
        ("POST /orders", "Content-Length: 2000000", 413), ("POST /nowhere", "Content-Length: 9", 404),
        ("PUT /orders", "Content-Length: 9", 405),
        ("GET /ping", "Content-Length: 9", 200), ("GET /ping", "Transfer-Encoding: chunked", 200),
      ])
    func decidesAtOnce(request: String, framing: String, status: Int) async throws {
      try await served("standard") { api in
        let head = "\(request) HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\(framing)\r\n\r\n"
        let answer = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send(head)
          return try connection.lastAnswer()
        }
        #expect(answer.status == status && answer.header("Connection") == "close", "\(answer)")
      }
    }

    @Test("Who has no credentials is told so before sending a body")
    func unauthenticated() async throws {
      try await served("basic-auth", environment: BasicAuthTests.accounts) { api in
        let answer = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send("POST /orders HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
          return try connection.lastAnswer()
        }
        try answer.expect(401, #"{"error":"Unauthorized access. Invalid credentials."}"#)
        #expect(answer.header("Connection") == "close")
      }
    }

    @Test("The root leads to the documentation, in every profile", arguments: Shape.all)
    func root(shape: Shape) async throws {
      try await shape.serve { api in
        let api = try await shape.admitted(to: api)
        let answer = try await api.get("/")
        try answer.expect(307, #"{"documentation":"/docs","description":"/openapi.json"}"#)
        let place = try #require(answer.header("Location"))
        #expect(place == "/docs")
        #expect(try await api.get(place).status == 200)
      }
    }
  }
}

extension RawConnection {
  /// So many bytes of what comes next, and no more.
  fileprivate func next(count: Int) throws -> String {
    var received = Data()
    while received.count < count, let bytes = take(count - received.count) { received += bytes }
    return String(decoding: received, as: UTF8.self)
  }
}
