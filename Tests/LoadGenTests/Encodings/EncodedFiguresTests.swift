import Shared
import Testing

@testable import LoadRun

@Suite("Figures that come encoded")
struct EncodedFiguresTests {
  private static let exporter = """
    create: {path: /orders, body: '{"n":{index}}', id: {body: id}}
    status: {path: "/orders/{id}", field: status, words: {completed: DONE}}
    list: {path: /orders, orders: orders, id: id, status: status}
    metrics: {format: prometheus, path: /metrics, figures: {total: orders_total}}
    """

  /// What an answer to a reading of metrics means, or to another request.
  private func reply(
    _ dialect: Dialect, _ body: [UInt8], _ headers: String, status: Int = 200, to what: RequestKind = .metrics
  ) throws -> Reply {
    var parser = ResponseParser()
    if let most = dialect.metrics?.mostBytes { parser.allow(bodyBytes: most) }
    let answer = Array("HTTP/1.1 \(status) X\r\n\(headers)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    #expect(try parser.consume(answer) == .complete(consumed: answer.count))
    return ReplyReader(dialect).reply(to: what, parser, own: nil)
  }

  private func claims(_ reply: Reply) throws -> Claims {
    guard case .metrics(let claims) = reply else { throw Failure(.badResponse, "no figures: \(reply)") }
    return try claims.get()
  }

  private func failure(_ reply: Reply) throws -> Failure { try #require(reply.failure, "\(reply)") }

  private func exporter() throws -> Dialect { try DialectFile.read(Self.exporter, path: "shop.yaml") }

  @Test(
    "They are read as if they were not, from Prometheus text, OpenMetrics and JSON, as old as their Age says",
    arguments: [("gzip", ContentCoding.gzip), ("X-Gzip", .gzip), ("deflate", .deflate), ("identity, gzip", .gzip)])
  func areRead(name: String, coding: ContentCoding) throws {
    let headers = "Content-Encoding: \(name)\r\nAge: 3\r\n"
    func encoded(_ text: String) -> [UInt8] { BodyEncoder(coding: coding).encoded(Array(text.utf8)) }
    let text = try claims(reply(exporter(), encoded("orders_total{a=\"b\"} 41\norders_total 1\n"), headers))
    #expect(text[.total]?.value == 42 && text.age == 4 * .second)
    let json = try claims(reply(.standard, encoded(#"{"total_orders":42}"#), headers))
    #expect(json[.total]?.value == 42 && json.age == 4 * .second)
    let openMetrics = "Content-Type: application/openmetrics-text\r\n" + headers
    #expect(try claims(reply(exporter(), encoded("orders_total 42\n# EOF\n"), openMetrics))[.total]?.value == 42)
    let open = try failure(reply(exporter(), encoded("orders_total 42\n"), openMetrics))
    #expect(open.example.contains("# EOF"), "\(open.example)")
    let broken = try failure(reply(exporter(), encoded("<html>"), headers))
    #expect(broken.example.hasPrefix("the metrics are not Prometheus text: ") && !broken.isCutShort, "\(broken.example)")
  }

  @Test("An encoding that is broken is told as that, and is the answer's own fault")
  func broken() throws {
    let right = BodyEncoder(coding: .gzip).encoded(Array("orders_total 42\n".utf8))
    var damaged = right
    damaged[damaged.count - 8] ^= 1
    for (body, words) in [
      (Array(right.dropLast()), "it ends too early"), ([], "it ends too early"), (right + [0], "something stands after its end"),
      (damaged, "its bytes, or their checksum, are not as they were written"),
      (Array("orders_total 42\n".utf8), "its bytes, or their checksum, are not as they were written"),
    ] {
      for dialect in [try exporter(), .standard] {
        let failure = try failure(reply(dialect, body, "Content-Encoding: gzip\r\n"))
        #expect(failure.example == "the answer's gzip encoding is broken: \(words)")
        #expect(failure.kind == .badResponse && failure.status == 200 && !failure.isCutShort)
      }
    }
    for name in ["br", "gzip, br"] {
      let unknown = try failure(reply(exporter(), right, "Content-Encoding: \(name)\r\n"))
      #expect(unknown.example == "the answer is encoded as \(name), and only gzip and deflate are read" && !unknown.isCutShort)
    }
  }

  @Test("What would be longer than any figures are read is told as cut short, by its bound: 16 MiB of Prometheus text, 1 MiB of JSON")
  func bombs() throws {
    let bomb = BodyEncoder(coding: .gzip, level: 1).encoded([UInt8](repeating: UInt8(ascii: "\n"), count: (16 << 20) + 1))
    for (dialect, most) in [(try exporter(), 16 << 20), (.standard, 1 << 20)] {
      let failure = try failure(reply(dialect, bomb, "Content-Encoding: gzip\r\n"))
      #expect(failure.example == "the answer, which is encoded as gzip, has more than \(most) bytes, the most that are read")
      #expect(failure.kind == .badResponse && failure.isCutShort)
    }
    let encoded = [UInt8](repeating: 0, count: (4 << 20) + 1)
    for (dialect, most) in [(try exporter(), 4 << 20), (.standard, 1 << 20)] {
      let failure = try failure(reply(dialect, encoded, "Content-Encoding: gzip\r\n"))
      #expect(failure.example == "the answer has \(encoded.count) bytes, encoded as gzip, and at most \(most) of that are read")
      #expect(failure.isCutShort)
    }
  }

  @Test("A refusal is quoted as it was before it was encoded, where that can be had")
  func refusals() throws {
    let page = BodyEncoder(coding: .gzip).encoded(Array("busy".utf8))
    #expect(try failure(reply(exporter(), page, "Content-Encoding: gzip\r\n", status: 503)).example == "503: busy")
    let cut = try failure(reply(exporter(), Array(page.dropLast()), "Content-Encoding: gzip\r\n", status: 503))
    #expect(cut.example == "503: (encoded as gzip)" && cut.kind == .httpStatus)
  }

  @Test("Orders and lists are not read in an encoding, even where figures are counted from the list")
  func nothingElse() throws {
    let body = BodyEncoder(coding: .gzip).encoded(Array(#"{"orders":[],"status":"DONE"}"#.utf8))
    var listed = try exporter()
    listed.metrics = Dialect.Metrics(.list, figures: [])
    for (dialect, what) in [(try exporter(), RequestKind.poll), (try exporter(), .list), (listed, .metrics)] {
      let failure = try failure(reply(dialect, body, "Content-Encoding: gzip\r\n", to: what))
      #expect(failure.example == "the answer is encoded as gzip, though identity was asked for", "\(what)")
    }
  }
}
