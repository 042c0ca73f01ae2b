import Testing

@testable import LoadRun

@Suite("Legal responses")
struct LegalResponseTests {
  /// What a connection says until it is closed, and what must be made of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var responses: [Transcript.Response]

    init(_ name: String, _ text: String, _ responses: (status: Int, keepsAlive: Bool, body: String)...) {
      testDescription = name
      bytes = Array(text.utf8)
      self.responses = responses.map { .init(status: $0.status, keepsAlive: $0.keepsAlive, body: Array($0.body.utf8)) }
    }
  }

  static let cases = [
    Case("a length", "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello", (201, true, "hello")),
    Case("a length in any case, without spaces, with zeros", "HTTP/1.1 200 OK\r\ncONTENT-lENGTH:0005\r\n\r\nhello", (200, true, "hello")),
    Case("a length of zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", (200, true, "")),
    Case("a length with tabs around it", "HTTP/1.1 200 OK\r\nContent-Length:\t 2 \t\r\n\r\nok", (200, true, "ok")),
    Case("one length three times", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 02\r\n\r\nok", (200, true, "ok")),
    Case("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n01\r\n!\r\n0\r\n\r\n", (200, true, "hello!")),
    Case("no chunk but the last", "HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n000\r\n\r\n", (200, true, "")),
    Case(
      "chunks with extensions and trailers",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na;n;m=v ; q = \"a \\\"b\\\"\t\"\r\n"
        + "0123456789\r\n0;last\r\nDigest: x\r\nAge: 7\r\n\r\n", (200, true, "0123456789")),
    Case(
      "a size of both cases",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\naB\r\n\(String(repeating: "x", count: 171))\r\n0\r\n\r\n",
      (200, true, String(repeating: "x", count: 171))),
    Case("a length in its header's second line", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 2\r\n\r\nok", (200, true, "ok")),
    Case(
      "headers in several lines, and an end that looks like another",
      "HTTP/1.1 200 OK\r\nX: a\r\n\tb\r\n  \r\n c\r\nConnection: x,\r\n close\r\nContent-Length: 3\r\n\r\n \r\n", (200, false, " \r\n")),
    Case(
      "a trailer in several lines",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n chunked\r\n\r\n1\r\nz\r\n0\r\nA: b\r\n c\r\n\r\n", (200, true, "z")),
    Case(
      "other codings before chunked",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: , gzip;q=\"a,b\"\r\nTransfer-Encoding: chunked,\r\n\r\n1\r\nz\r\n0\r\n\r\n", (200, true, "z")),
    Case("a coding that is not chunked runs until the close", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc", (200, false, "abc")),
    Case(
      "a coding after chunked runs until the close", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
      (200, false, "0\r\n\r\n")),
    Case(
      "a coding overrides a length, and the connection ends",
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", (200, false, "a")),
    Case(
      "a coding in HTTP/1.0 ends the connection",
      "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (200, false, "")),
    Case("neither length nor chunks runs until the close", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nabc", (200, false, "abc")),
    Case("until the close, and empty", "HTTP/1.1 500 \r\n\r\n", (500, false, "")),
    Case(
      "interim responses",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
        + "1\r\n\r\na",
      (200, true, "a")),
    Case("an interim response that would close", "HTTP/1.0 100 Go\r\nConnection: close\r\n\r\nHTTP/1.1 204 No\r\n\r\n", (204, true, "")),
    Case(
      "204 with a length has no body", "HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      (204, true, ""), (200, true, "")),
    Case(
      "304 with a coding has no body", "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 204 \r\n\r\n",
      (304, true, ""), (204, true, "")),
    Case(
      "three in one read",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nTransfer-Encoding: "
        + "chunked\r\n\r\n1\r\nb\r\n0\r\n\r\nHTTP/1.1 204 \r\n\r\n",
      (200, true, "a"), (200, true, "b"), (204, true, "")),
    Case("HTTP/1.0 closes", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", (200, false, "a")),
    Case("HTTP/1.0 kept alive", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\na", (200, true, "a")),
    Case("close among other options", "HTTP/1.1 200 OK\r\nConnection: x, CLOSE\t,y\r\nContent-Length: 0\r\n\r\n", (200, false, "")),
    Case(
      "close wins over keep-alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
      (200, false, "")),
    Case(
      "an option that only looks like close", "HTTP/1.1 200 OK\r\nConnection: closed, not-close\r\nContent-Length: 0\r\n\r\n",
      (200, true, "")),
    Case("no reason, and no space for it", "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n", (404, true, "")),
    Case("a reason beyond ASCII", "HTTP/1.1 404 pas trouvé\there\r\nContent-Length: 0\r\n\r\n", (404, true, "")),
    Case(
      "values that are empty, or beyond ASCII",
      "HTTP/1.1 200 OK\r\nX:\r\nY: \t \r\nZ: ü\u{1F600}\r\n!#$%&'*+-.^_`|~09aZ: :,;\r\nContent-Length: 0\r\n\r\n", (200, true, "")),
    Case(
      "the least and the greatest code", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n",
      (200, true, ""), (599, true, "")),
    Case(
      "a body that looks like a response", "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\nHTTP/1.1 500 No\r\n\r\n",
      (200, true, "HTTP/1.1 500 No\r\n\r\n")),
    Case("nothing at all", ""),
  ]

  @Test("A legal response is read for what it is", arguments: cases)
  func reads(_ legal: Case) {
    let transcript = Transcript.ours(legal.bytes)
    #expect(transcript.ending == .clean)
    #expect(transcript.responses == legal.responses)
  }

  @Test("Cut into any two pieces, or into single bytes, it is read alike", arguments: cases)
  func readsInPieces(_ legal: Case) {
    for cut in 0...legal.bytes.count { #expect(Transcript.ours(legal.bytes, cuts: [cut]) == .ours(legal.bytes), "cut at \(cut)") }
    #expect(Transcript.ours(legal.bytes, cuts: Array(legal.bytes.indices)) == .ours(legal.bytes))
  }

  @Test("Consuming stops at the response's end, and goes on only after a reset")
  func stopsAtTheEnd() throws {
    var parser = ResponseParser()
    let first = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    let rest = "HTTP/1.1 204 \r\n\r\n"
    #expect(try parser.consume(first + rest) == .complete(consumed: first.utf8.count))
    #expect(try parser.consume(rest) == .complete(consumed: 0))
    #expect(parser.status == 200)
    parser.reset()
    #expect(try parser.consume(rest) == .complete(consumed: rest.utf8.count))
    #expect(parser.status == 204)
    #expect(parser.body.isEmpty)
  }

  @Test("A closed connection ends nothing, or a body that runs until the close")
  func closes() throws {
    var parser = ResponseParser()
    #expect(try !parser.close())
    #expect(try parser.consume("HTTP/1.1 200 OK\r\n\r\nab") == .needsMore)
    #expect(try parser.close())
    #expect(try parser.close())
    #expect(parser.body == Array("ab".utf8))
    parser.reset()
    #expect(try !parser.close())
  }
}
