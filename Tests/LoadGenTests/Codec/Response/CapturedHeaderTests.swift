import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Captured headers and limits")
struct CapturedHeaderTests {
  static func parser(_ text: String, limits: ResponseParser.Limits = .init(), pieces: Int = 1) throws -> ResponseParser {
    var parser = ResponseParser(limits: limits)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: max(1, bytes.count / pieces)) {
      let end = min(bytes.count, start + max(1, bytes.count / pieces))
      _ = try parser.consume(bytes[start..<end])
    }
    return parser
  }

  @Test("The headers that a driver needs are kept, the first of each name", arguments: [1, 2, 7, 1000])
  func captures(pieces: Int) throws {
    let parser = try Self.parser(
      "HTTP/1.1 503 No\r\nlocation: /orders/1\r\nAGE:  12 \r\nRetry-After: 3\r\nContent-Type: text/html; charset=utf-8\r\nAge: "
        + "99\r\nContent-Length: 0\r\n\r\n",
      pieces: pieces)
    #expect(parser.location == "/orders/1")
    #expect(parser.age == 12)
    #expect(parser.retryAfter == "3")
    #expect(parser.retryAfterSeconds == 3)
    #expect(parser.contentType == "text/html; charset=utf-8")
  }

  @Test("What an interim answer says is not taken for what the answer itself says, in a header that the dialect asks for either")
  func forgetsInterim() throws {
    var parser = ResponseParser(watching: "X-Token")
    let end = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    _ = try parser.consume("HTTP/1.1 103 Early\r\nX-Token: early\r\nLocation: /early\r\n\r\n\(end)")
    #expect(parser.stage == .complete && parser.location == nil && parser.watched?.values == [])
    parser.reset()
    _ = try parser.consume("HTTP/1.1 100 Go\r\nX-Token: early\r\n\r\nHTTP/1.1 200 OK\r\nX-Token: own\r\nContent-Length: 0\r\n\r\n")
    #expect(parser.watched?.values == [Array("own".utf8)])
  }

  @Test("Of a cookie the name is kept, and never its value; identity is no encoding", arguments: [1, 2, 7, 1000])
  func cookiesAndEncodings(pieces: Int) throws {
    let head = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n"
    let set = try Self.parser(
      head + "Content-Encoding: x-gzip\r\nSet-Cookie: AWSALB = b1=2; Path=/\r\nset-cookie: b=c\r\n\r\n", pieces: pieces)
    #expect(set.cookie == "AWSALB" && set.setsCookie)
    #expect(set.contentEncoding == "x-gzip" && set.isEncoded)
    #expect(set.date == "Sun, 06 Nov 1994 08:49:37 GMT")
    let long = try Self.parser(
      head + "Content-Encoding: IDENTITY\r\nSet-Cookie: \(String(repeating: "n", count: 200))\r\n\r\n", pieces: pieces)
    #expect(long.cookie == String(repeating: "n", count: CapturedHeaders.longestCookieName))
    #expect(!long.isEncoded && long.contentEncoding == nil)
    let none = try Self.parser(head + "\r\n", pieces: pieces)
    #expect(!none.setsCookie && none.cookie == nil && !none.isEncoded)
  }

  @Test("A header in several lines is kept as one, with spaces where its lines ended", arguments: [1, 2, 7, 1000])
  func captureFolded(pieces: Int) throws {
    let parser = try Self.parser(
      "HTTP/1.1 200 OK\r\nLocation:\r\n\t/orders/1\r\nRetry-After: Sun,\r\n 06 Nov 1994\r\n  08:49:37 GMT \r\n \r\nAge: 1\r\nContent-Length: 0\r\n\r\n",
      pieces: pieces)
    #expect(parser.stage == .complete)
    #expect(parser.location == "/orders/1" && parser.age == 1)
    #expect(parser.retryAfter?.split(separator: " ") == ["Sun,", "06", "Nov", "1994", "08:49:37", "GMT"])
  }

  @Test("What is not there is nil, what is empty is empty, and what is no number is no number of seconds")
  func capturesNothing() throws {
    let parser = try Self.parser(
      "HTTP/1.1 503 No\r\nLocation:\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nAge: 99999999999999999999\r\nContent-Length: 0\r\n\r\n"
    )
    #expect(parser.location == "")
    #expect(parser.retryAfter == "Fri, 31 Dec 1999 23:59:59 GMT")
    #expect(parser.retryAfterSeconds == nil)
    #expect(parser.age == nil)
    #expect(parser.contentType == nil)
  }

  @Test("Neither an interim response nor the response before nor a trailer leaves a header behind")
  func forgets() throws {
    var parser = try Self.parser(
      "HTTP/1.1 103 Early\r\nLocation: /a\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nLocation: /b\r\n\r\n")
    #expect(parser.stage == .complete)
    #expect(parser.location == nil)
    parser.reset()
    _ = try parser.consume("HTTP/1.1 200 OK\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n")
    #expect(parser.location == "/c")
    parser.reset()
    _ = try parser.consume("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    #expect(parser.location == nil)
  }

  @Test("Of a body that is too long the beginning is retained, and all of it counted", arguments: [1, 3, 500])
  func dropsWhatIsTooLong(pieces: Int) throws {
    let limits = ResponseParser.Limits(bodyBytes: 10)
    let body = String(repeating: "0123456789abcdef", count: 20)
    let texts = [
      "HTTP/1.1 200 OK\r\nContent-Length: 320\r\n\r\n\(body)",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n\(body.prefix(9))\r\n137\r\n\(body.dropFirst(9))\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\r\n\(body)",
    ]
    for text in texts {
      let parser = try Self.parser(text, limits: limits, pieces: pieces)
      #expect(parser.body == Array("0123456789".utf8))
      #expect(parser.withBody { $0.elementsEqual("0123456789".utf8) })
      #expect(parser.bodyLength == 320)
    }
  }

  @Test("A reset keeps the buffers: the same response read again moves no memory")
  func keepsBuffers() throws {
    let text = "HTTP/1.1 200 OK\r\nLocation: /orders/12345678\r\nContent-Length: 40\r\n\r\n\(String(repeating: "x", count: 40))"
    var parser = try Self.parser(text, pieces: 5)
    let place = parser.withBody { $0.baseAddress }
    let capacities = [parser.retained.capacity, parser.carry.capacity]
    for _ in 0..<100 {
      parser.reset()
      for byte in text.utf8 { _ = try parser.consume([byte]) }
      #expect(parser.stage == .complete)
      #expect(parser.withBody { $0.baseAddress } == place)
    }
    #expect(parser.retained.capacity == capacities[0])
    #expect(parser.carry.capacity == capacities[1])
  }

  @Test("Of a body that is too long only the beginning is kept, and its memory is given back before its end", arguments: [false, true])
  func longBody(isChunked: Bool) throws {
    let limits = ResponseParser.Limits(bodyBytes: 300_000)
    let body = String(repeating: "x", count: 400_000)
    let text =
      isChunked
      ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(400_000, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
      : "HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n\(body)"
    for pieces in [1, 7, 400] {
      let parser = try Self.parser(text, limits: limits, pieces: pieces)
      #expect(parser.stage == .complete)
      #expect(parser.bodyLength == 400_000 && parser.isCutShort)
      #expect(parser.body == Array(body.utf8.prefix(limits.excerptBytes)))
      #expect(parser.retained.capacity < 20_000)
    }
  }

  @Test("A reset gives back what a body of unusual size has taken")
  func givesBack() throws {
    let body = String(repeating: "x", count: 300_000)
    var parser = try Self.parser("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)", pieces: 5)
    #expect(parser.body.count == 300_000)
    parser.reset()
    #expect(parser.retained.capacity == 0)
  }
}
