import Finding
@testable import LoadRun

/// What the parser made of all the bytes of one connection, until its end or the first response after which it is not used again.
struct Scrape: Equatable {
  struct Response: Equatable {
    var status: Int
    var keepsAlive: Bool
    var body: [UInt8]
    var bodyLength: Int
    var location: String?
    var contentType: String?
    var retryAfter: String?
    var age: Int?
    var date: String?
    var contentEncoding: String?
    var cookie: String?
    /// The offset behind its last byte.
    var end: Int
  }

  var responses: [Response] = []
  var error: BadResponse?

  /// - Parameters:
  ///   - parser: fresh, or reset.
  ///   - pieces: the sizes of the reads, taken in turn until the bytes end. One at least is not 0, or there are no bytes.
  init(of bytes: [UInt8], by parser: inout ResponseParser, pieces: [Int]) {
    do throws(BadResponse) {
      var start = 0
      var index = 0
      while start < bytes.count {
        let end = min(bytes.count, start + pieces[index % pieces.count])
        if try !read(bytes, from: start, to: end, by: &parser) { return }
        start = end
        index += 1
      }
      if try parser.close() { take(&parser, end: bytes.count) }
    } catch {
      Self.expectRefused(&parser, error)
      self.error = error
      // What was found is said of the first bytes that came, which are few or many as the bytes were cut.
      if case .notHTTP = error { self.error = .notHTTP(found: "") }
    }
  }

  /// One read. False where the connection is not used again.
  private mutating func read(_ bytes: [UInt8], from start: Int, to end: Int, by parser: inout ResponseParser) throws(BadResponse) -> Bool {
    // Memory of its own, so that a look beyond its end is seen.
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: end - start, alignment: 1)
    piece.copyBytes(from: bytes[start..<end])
    defer { piece.deallocate() }
    var offset = 0
    repeat {
      let rest = UnsafeRawBufferPointer(rebasing: piece[offset...])
      let progress = try parser.consume(rest)
      Self.expectLimits(parser)
      guard case .complete(let consumed) = progress else { return true }
      expect(0 < consumed && consumed <= rest.count, "a response ended at \(consumed) of \(rest.count) bytes")
      let more = try parser.consume(rest)
      expect(more == .complete(consumed: 0), "bytes were consumed behind the end, before the reset")
      offset += consumed
      take(&parser, end: start + offset)
      if responses.last?.keepsAlive == false { return false }
    } while offset < piece.count
    return true
  }

  private mutating func take(_ parser: inout ResponseParser, end: Int) {
    responses.append(
      Response(
        status: parser.status, keepsAlive: parser.keepsAlive, body: parser.body, bodyLength: parser.bodyLength,
        location: parser.location, contentType: parser.contentType, retryAfter: parser.retryAfter, age: parser.age, date: parser.date,
        contentEncoding: parser.captured[.contentEncoding], cookie: parser.cookie, end: end))
    parser.reset()
  }

  private static func expectLimits(_ parser: ResponseParser) {
    let limits = parser.limits
    let kept = parser.retained.count
    expect(kept == min(parser.bodyLength, limits.bodyBytes), "of a body of \(parser.bodyLength) bytes \(kept) are kept")
    expect(parser.carry.count <= max(limits.headBytes, limits.chunkLineBytes), "\(parser.carry.count) bytes of a line are kept")
  }

  /// Whatever comes after an error is answered by the same error.
  private static func expectRefused(_ parser: inout ResponseParser, _ expected: BadResponse) {
    expect(!expected.description.isEmpty && !expected.kind.isEmpty, "an error without words")
    for more in ["", "HTTP/1.1 204 \r\n\r\n", "0\r\n\r\n"] {
      let again = error(of: { () throws(BadResponse) in
        _ = try Array(more.utf8).withUnsafeBufferPointer { bytes throws(BadResponse) in try parser.consume(UnsafeRawBufferPointer(bytes)) }
      })
      expect(again == expected, "after \(expected) came \(again as Any)")
      let closed = error(of: { () throws(BadResponse) in _ = try parser.close() })
      expect(closed == expected, "after \(expected) the close said \(closed as Any)")
    }
  }

  private static func error(of action: () throws(BadResponse) -> Void) -> BadResponse? {
    do {
      try action()
      return nil
    } catch {
      return error
    }
  }
}
