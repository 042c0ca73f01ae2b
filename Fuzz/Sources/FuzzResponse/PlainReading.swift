@testable import LoadRun

/// What the rules make of the same bytes, written down as plainly as can be: all bytes at once, one line after another, no cuts, no
/// words of eight bytes. Slow, and so simple that what differs from it is looked for in the parser first.
struct PlainReading {
  /// Why bytes are refused, as far as both must agree.
  enum Refusal: Error, Equatable {
    case malformed, headTooLong, tooManyHeaders, chunkLineTooLong, cutOff
  }

  private(set) var responses: [Scrape.Response] = []
  private(set) var refusal: Refusal?

  private let bytes: [UInt8]
  private let limits: ResponseParser.Limits
  private var offset = 0
  /// Of the response that is being read, against its limits.
  private var headBytes = 0
  private var headers = 0

  init(of bytes: [UInt8], limits: ResponseParser.Limits) {
    self.bytes = bytes
    self.limits = limits
    do throws(Refusal) {
      while offset < bytes.count {
        let response = try readResponse()
        responses.append(response)
        if !response.keepsAlive { return }
      }
    } catch {
      refusal = error
    }
  }

  private mutating func readResponse() throws(Refusal) -> Scrape.Response {
    (headBytes, headers) = (0, 0)
    var head = try readHead()
    while head.status < 200 {
      if head.status == 101 { throw .malformed }
      head = try readHead()
    }
    let body: ArraySlice<UInt8>
    switch head.body {
    case .none: body = []
    case .untilClose: body = bytes[offset...]
    case .fixed(let length):
      guard length <= bytes.count - offset else { throw .cutOff }
      body = bytes[offset..<offset + length]
    case .chunked: body = try readChunks()[...]
    }
    if head.body != .chunked { offset += body.count }
    return Scrape.Response(
      status: head.status, keepsAlive: head.keepsAlive, body: Array(body.prefix(limits.bodyBytes)), bodyLength: body.count,
      location: head.first("location"), contentType: head.first("content-type"), retryAfter: head.first("retry-after"),
      age: head.first("age").flatMap { PlainText.number(Array($0.utf8)) }, date: head.first("date"),
      contentEncoding: head.first("content-encoding"), cookie: head.firstCookie, end: offset)
  }

  private mutating func readHead() throws(Refusal) -> PlainHead {
    let line = try readHeadLine(beginsWith: "HTTP/")
    guard var head = PlainHead(statusLine: line) else { throw .malformed }
    while let header = try readHeader() {
      guard head.add(header) else { throw .malformed }
    }
    return head
  }

  /// Nil for the empty line that ends them.
  private mutating func readHeader() throws(Refusal) -> PlainHeader? {
    var line = try readHeadLine()
    if line.isEmpty { return nil }
    // A line that begins with white space goes on with the one before it.
    while true {
      guard offset < bytes.count else { throw .cutOff }
      guard PlainText.isBlank(bytes[offset]) else { break }
      line += Array("  ".utf8) + (try readHeadLine())
    }
    guard let header = PlainHeader(line) else { throw .malformed }
    headers += 1
    if headers > limits.headers { throw .tooManyHeaders }
    return header
  }

  private mutating func readHeadLine(beginsWith start: String = "") throws(Refusal) -> [UInt8] {
    let from = offset
    let line = try readLine(beginsWith: start, limit: limits.headBytes - headBytes, tooLong: .headTooLong)
    headBytes += offset - from
    return line
  }

  private mutating func readChunks() throws(Refusal) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let line = try readLine(limit: limits.chunkLineBytes, tooLong: .chunkLineTooLong)
      guard let size = PlainText.chunkSize(line) else { throw .malformed }
      if size == 0 { break }
      guard size <= bytes.count - offset else { throw .cutOff }
      body += bytes[offset..<offset + size]
      offset += size
      for byte in Array("\r\n".utf8) {
        guard offset < bytes.count else { throw .cutOff }
        guard bytes[offset] == byte else { throw .malformed }
        offset += 1
      }
    }
    while try readHeader() != nil {}
    return body
  }

  /// One line, its end included in the limit, but not in what is returned.
  private mutating func readLine(beginsWith start: String = "", limit: Int, tooLong: Refusal) throws(Refusal) -> [UInt8] {
    let rest = bytes[offset...]
    let end = rest.firstIndex(of: 0x0A)
    let line = end.map { rest[...$0] } ?? rest
    guard zip(line.prefix(limit + 1), start.utf8).allSatisfy({ $0 == $1 }) else { throw .malformed }
    if line.count > limit { throw tooLong }
    guard end != nil else { throw .cutOff }
    guard line.suffix(2).elementsEqual([0x0D, 0x0A]) else { throw .malformed }
    offset += line.count
    return Array(line.dropLast(2))
  }
}

extension PlainReading.Refusal {
  init(_ error: BadResponse) {
    switch error {
    case .headTooLong: self = .headTooLong
    case .tooManyHeaders: self = .tooManyHeaders
    case .chunkLineTooLong: self = .chunkLineTooLong
    case .cutOff: self = .cutOff
    default: self = .malformed
    }
  }
}
