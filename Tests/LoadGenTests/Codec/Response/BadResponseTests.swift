import Testing

@testable import LoadRun

@Suite("Bad responses")
struct BadResponseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var kind: String
    var bytes: [UInt8]
    /// What the error must say.
    var says: String
    var limits = ResponseParser.Limits()

    var testDescription: String { "\(kind): \(String(decoding: bytes.prefix(60), as: UTF8.self).debugDescription)" }

    init(_ kind: String, _ text: String, says: String, limits: ResponseParser.Limits = .init()) {
      self.kind = kind
      bytes = Array(text.utf8)
      self.says = says
      self.limits = limits
    }

    /// A bad header in a response that is right otherwise.
    static func header(_ kind: String, _ line: String, says: String) -> Case {
      Case(kind, "HTTP/1.1 200 OK\r\n\(line)\r\nServer: x\r\n\r\n", says: says)
    }

    /// Bad chunks behind a head that is right.
    static func chunks(_ kind: String, _ text: String, says: String) -> Case {
      Case(kind, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(text)", says: says)
    }
  }

  static let heads = [
    Case("not_http", "<html><body>502</body></html>", says: "'<html>"),
    Case("not_http", "\r\nHTTP/1.1 200 OK\r\n\r\n", says: "\\x0D"),
    Case("not_http", "http/1.1 200 OK\r\n\r\n", says: "'http/"),
    Case("not_http", "HTT\r\n", says: "HTT"),
    Case("not_http", "\u{16}\u{3}\u{1}", says: "\\x16"),
    Case("version", "HTTP/2.0 200 OK\r\n\r\n", says: "'HTTP/2.0'"),
    Case("version", "HTTP/1.2 200 OK\r\n\r\n", says: "'HTTP/1.2'"),
    Case("version", "HTTP/1.1\t200 OK\r\n\r\n", says: "HTTP/1.1 and HTTP/1.0"),
    Case("version", "HTTP/11 200 OK\r\n\r\n", says: "'HTTP/11'"),
    Case("status_line", "HTTP/1.1\r\n\r\n", says: "'HTTP/1.1'"),
    Case("status", "HTTP/1.1 99 X\r\n\r\n", says: "'99'"),
    Case("status", "HTTP/1.1 099 X\r\n\r\n", says: "'099'"),
    Case("status", "HTTP/1.1 600 X\r\n\r\n", says: "100 to 599"),
    Case("status", "HTTP/1.1 2000 X\r\n\r\n", says: "'2000'"),
    Case("status", "HTTP/1.1 20x OK\r\n\r\n", says: "'20x'"),
    Case("status", "HTTP/1.1  200 OK\r\n\r\n", says: "''"),
    Case("status", "HTTP/1.1 -20 OK\r\n\r\n", says: "'-20'"),
    Case("status", "HTTP/1.1 OK\r\n\r\n", says: "'OK'"),
    Case("switched_protocols", "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", says: "101"),
    Case("control_character", "HTTP/1.1 200 O\u{1}K\r\n\r\n", says: "\\x01 stands in a status line"),
    Case("control_character", "HTTP/1.1 200 O\rK\r\n\r\n", says: "\\x0D"),
    Case("line_ending", "HTTP/1.1 200 OK\n\r\n", says: "status line ends in a line feed alone, after 'HTTP/1.1 200 OK'"),
    Case("line_ending", "HTTP/1.1 200 OK\r\nServer: x\n\r\n", says: "header ends in a line feed alone, after 'Server: x'"),
    Case("line_ending", "HTTP/1.1 200 OK\r\n\n", says: "after ''"),
    .header("header_name", "no colon", says: "'no colon'"),
    .header("header_name", ": nameless", says: "': nameless'"),
    .header("header_name", "Content-Length : 5", says: "directly after it"),
    .header("header_name", "Gr\u{FC}\u{DF}e: x", says: "Gr\\xC3\\xBC"),
    .header("header_name", "a(b): x", says: "'a(b): x'"),
    .header("space_before_header", "  X: 1", says: "'  X: 1'"),
    .header("space_before_header", "\tX: 1\r\n 2", says: "'\\x09X: 1   2'"),
    .header("header_name", "no colon\r\n : 1", says: "'no colon   : 1'"),
    .header("content_length", "Content-Length: 1\r\n 2", says: "'1   2'"),
    .header("line_ending", "X: 1\r\n 2\n", says: "after 'X: 1   2'"),
    .header("control_character", "X: 1\r\n \u{0}", says: "\\x00"),
    .header("control_character", "X: a\u{0}b", says: "\\x00 stands in a header"),
    .header("control_character", "X: a\u{7F}b", says: "\\x7F"),
    .header("control_character", "X: a\rb", says: "\\x0D"),
    .header("control_character", "X\u{1}: a", says: "\\x01"),
    .header("control_character", "Content\rLength: 5", says: "\\x0D"),
    .header("header_name", "Content\tLength: 5", says: "'Content\\x09Length: 5'"),
    .header("content_length", "Content-Length: five", says: "'five'"),
    .header("content_length", "Content-Length:", says: "''"),
    .header("content_length", "Content-Length: +5", says: "'+5'"),
    .header("content_length", "Content-Length: -5", says: "'-5'"),
    .header("content_length", "Content-Length: 5 5", says: "'5 5'"),
    .header("content_length", "Content-Length: 5,", says: "'5,'"),
    .header("content_length", "Content-Length: 0x5", says: "'0x5'"),
    .header("content_length", "Content-Length: 9223372036854775808", says: "at most 9223372036854775807"),
    .header("content_length", "Content-Length: \(String(repeating: "9", count: 60))", says: "999…"),
    .header("conflicting_lengths", "Content-Length: 5\r\nContent-Length: 6", says: "as 5 and as 6"),
    .header("conflicting_lengths", "Content-Length: 5, 6", says: "as 5 and as 6"),
    .header("transfer_encoding", "Transfer-Encoding: chunked, chunked", says: "'chunked, chunked'"),
    .header("transfer_encoding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip, chunked", says: "once"),
    .header("transfer_encoding", "Transfer-Encoding: chunked;a=b", says: "without parameters"),
    .header("transfer_encoding", "Transfer-Encoding: chu nked", says: "'chu nked'"),
    .header("transfer_encoding", "Transfer-Encoding: gzip;q=\"a, chunked", says: "gzip"),
    .header("transfer_encoding", "Transfer-Encoding: \"chunked\"", says: "chunked"),
  ]

  static let bodies: [Case] = [
    .chunks("chunk_size", "\r\n", says: "''"),
    .chunks("chunk_size", "g\r\n", says: "'g'"),
    .chunks("chunk_size", "0x5\r\n", says: "'0x5'"),
    .chunks("chunk_size", "-1\r\n", says: "'-1'"),
    .chunks("chunk_size", " 5\r\n", says: "' 5'"),
    .chunks("chunk_size", "5 \r\n", says: "'5 '"),
    .chunks("chunk_size", "8000000000000000\r\n", says: "at most 7fffffffffffffff"),
    .chunks("chunk_size", "fffffffffffffffffffffffff\r\n", says: "ffff"),
    .chunks("chunk_extension", "5;\r\n", says: "'5;'"),
    .chunks("chunk_extension", "5;a=\r\n", says: "'5;a='"),
    .chunks("chunk_extension", "5;a=\"b\r\n", says: ";name"),
    .chunks("chunk_extension", "5;a=\"b\\\r\n", says: ";name"),
    .chunks("chunk_extension", "5;a b\r\n", says: ";name"),
    .chunks("chunk_extension", "5;a=\"\u{1}\"\r\n", says: "\\x01"),
    .chunks("chunk_end", "1\r\nab\r\n", says: "\\x62"),
    .chunks("chunk_end", "1\r\na\n", says: "\\x0A"),
    .chunks("chunk_end", "1\r\na\rb", says: "\\x62"),
    .chunks("line_ending", "1\na\r\n0\r\n\r\n", says: "chunk size line"),
    .chunks("line_ending", "0\r\nX: a\n\r\n", says: "trailer"),
    .chunks("header_name", "0\r\nX\r\n\r\n", says: "'X'"),
    .chunks("space_before_header", "0\r\n X: 1\r\n\r\n", says: "begins with white space"),
    .chunks("control_character", "0\r\nX: \u{8}\r\n\r\n", says: "trailer"),
    .chunks("cut_off", "5\r\nhel", says: "chunked body"),
    .chunks("cut_off", "5\r\nhello", says: "chunked body"),
    .chunks("cut_off", "0\r\n", says: "trailers"),
    Case("cut_off", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", says: "body, 2 bytes before its end"),
    Case("cut_off", "HTTP/1.1 200 OK\r\nContent-Le", says: "headers"),
    Case("cut_off", "HTTP/1.1 200 OK\r\nX: 1\r\n", says: "headers"),
    Case("cut_off", "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\n", says: "headers"),
    Case("cut_off", "HTTP/1.1 20", says: "status line"),
    Case("cut_off", "H", says: "status line"),
    Case("cut_off", "HTTP/1.1 100 Continue\r\n\r\n", says: "status line"),
  ]

  static let tooLong = [
    Case("head_too_long", "HTTP/1.1 200 \(String(repeating: "x", count: 100))", says: "64 bytes", limits: .init(headBytes: 64)),
    Case(
      "head_too_long", "HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 100))\r\n\r\n", says: "64 bytes", limits: .init(headBytes: 64)
    ),
    Case(
      "head_too_long", "HTTP/1.1 200 OK\r\nA: b\r\n" + String(repeating: " c\r\n", count: 20), says: "64 bytes",
      limits: .init(headBytes: 64)),
    Case("head_too_long", "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 20), says: "64 bytes", limits: .init(headBytes: 64)),
    Case("head_too_long", String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 9), says: "64 bytes", limits: .init(headBytes: 64)),
    // What is wrong beyond the limit is not seen, and what is wrong before it is told first.
    Case("head_too_long", "HTTP/1.1 100 Continue\r\n\r\nHTTx\r\n", says: "27 bytes", limits: .init(headBytes: 27)),
    Case("not_http", "HTTP/1.1 100 Continue\r\n\r\nHTTx\r\n", says: "'HTTx", limits: .init(headBytes: 28)),
    Case(
      "head_too_long", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + String(repeating: "A: b\r\n", count: 20),
      says: "64 bytes", limits: .init(headBytes: 64)),
    Case(
      "too_many_headers", "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 5), says: "more than 3 headers",
      limits: .init(headers: 3)),
    Case(
      "chunk_line_too_long", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: "0", count: 40),
      says: "longer than 32 bytes", limits: .init(chunkLineBytes: 32)),
    Case(
      "chunk_line_too_long", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;\(String(repeating: "a", count: 40))\r\n",
      says: "longer than 32 bytes", limits: .init(chunkLineBytes: 32)),
  ]

  @Test("What is no legal response is refused by kind, in words that name it", arguments: heads + bodies + tooLong)
  func refuses(_ bad: Case) throws {
    var parser = ResponseParser(limits: bad.limits)
    let error = try #require(Transcript.ours(bad.bytes, cuts: [], parser: &parser).error)
    #expect(error.kind == bad.kind)
    #expect(error.description.contains(bad.says), "\(error)")
  }

  @Test("It is refused by the same kind however it is cut", arguments: heads + bodies + tooLong)
  func refusesInPieces(_ bad: Case) {
    let whole = Transcript.ours(bad.bytes, limits: bad.limits)
    for cut in 0...bad.bytes.count { #expect(Transcript.ours(bad.bytes, cuts: [cut], limits: bad.limits) == whole, "cut at \(cut)") }
    #expect(Transcript.ours(bad.bytes, cuts: Array(bad.bytes.indices), limits: bad.limits) == whole)
  }

  @Test("A parser that has refused says the same again until it is reset")
  func staysRefused() throws {
    var parser = ResponseParser()
    let bad = Array("<html>".utf8)
    let good = Array("HTTP/1.1 204 \r\n\r\n".utf8)
    let expected = BadResponse.notHTTP(found: "<html>")
    #expect(throws: expected) { try parser.consume(bad) }
    #expect(throws: expected) { try parser.consume(good) }
    #expect(throws: expected) { try parser.close() }
    parser.reset()
    #expect(try parser.consume(good) == .complete(consumed: good.count))
  }
}
