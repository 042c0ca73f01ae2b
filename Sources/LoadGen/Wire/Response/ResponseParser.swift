/// Reads HTTP/1.1 (and 1.0) responses to GET and POST requests from bytes as they come, in pieces of any size.
///
/// A pure value: no socket, no clock. What it says depends on the bytes alone, never on how they were cut. It holds what a
/// driver needs (status, body, a few headers) in buffers that are used again, so that after the first few responses nothing is
/// allocated. It is strict: what RFC 9112 forbids a server to send is refused by kind, but for a few liberties that are
/// named where they are taken. Interim responses (1xx) are read and skipped.
struct ResponseParser {
  /// What is the most that is read, in bytes, or in lines.
  struct Limits: Sendable, Equatable {
    /// Of the status line, the headers and the trailers together, those of interim responses included.
    var headBytes = 64 << 10
    /// Headers and trailers together, those of interim responses included.
    var headers = 256
    /// Of a body. Of one that is longer only the first `excerptBytes` are kept: no document can be read from a part of it. The rest is
    /// counted in `bodyLength`, and dropped.
    var bodyBytes = 1 << 20
    /// Of a body that is too long: enough to say how it begins.
    var excerptBytes = 4 << 10
    /// Of one chunk's size with its extensions.
    var chunkLineBytes = 4 << 10
  }

  enum Advance: Equatable, Sendable {
    /// All bytes were consumed; the response goes on.
    case needsMore
    /// The response ended with the byte before this offset.
    case complete(consumed: Int)
  }

  enum Stage: UInt8 {
    case statusLine, headers, fixedBody, untilClose, chunkLine, chunkData, chunkEnd, trailers, complete, failed
  }

  let limits: Limits
  /// The status code; 0 before the status line was read.
  var status = 0
  /// Whether another request may follow on this connection. It is known once the response is complete.
  var keepsAlive = false
  /// The body's true length so far, whatever was dropped.
  var bodyLength = 0

  var stage = Stage.statusLine
  var minorVersion = 1
  var framing = Framing()
  var captured = CapturedHeaders()
  /// A header that the dialect asks for besides; `nil` where it asks for none.
  var watched: WatchedHeader?
  /// The body, or the beginning of one that is too long.
  var retained = ByteStore()
  /// So many bytes of this body may be retained.
  var retainable: Int
  /// Bytes still to come of a fixed body, of a chunk, or of a chunk's end.
  var remaining = 0
  /// The beginning of a line whose end has not come, or has not shown itself to be one: see `isHeld`.
  var carry = ByteStore()
  /// `carry` is a whole line of a header: the next byte says whether it goes on.
  var isHeld = false
  var headBytes = 0
  var headers = 0
  var failure: BadResponse?

  /// - Parameter watching: a header that is not among those that every driver asks for.
  init(limits: Limits = Limits(), watching: String? = nil) {
    self.limits = limits
    watched = watching.map(WatchedHeader.init)
    retainable = limits.bodyBytes
  }

  /// Consumes bytes of the current response, up to its end and never beyond, so that of several responses in one read each can
  /// be taken by itself, with a `reset()` between them.
  ///
  /// After an error every further call throws the same one. After the end, nothing is consumed until `reset()`.
  mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(BadResponse) -> Advance {
    do throws(BadResponse) {
      return try advance(bytes)
    } catch {
      stage = .failed
      failure = error
      throw error
    }
  }

  /// The connection was closed by the peer. True: the response is complete, perhaps just by this. False: not a byte of a
  /// response had come. Throws where a response was cut off.
  mutating func close() throws(BadResponse) -> Bool {
    switch stage {
    case .complete: return true
    case .untilClose:
      stage = .complete
      return true
    case .statusLine where headBytes == 0 && carry.isEmpty: return false
    case .failed: if let failure { throw failure }
    default: break
    }
    let cut = BadResponse.cutOff(during: stage.name, missing: stage == .fixedBody ? remaining : nil)
    stage = .failed
    failure = cut
    throw cut
  }

  /// Makes ready for the next response. The buffers keep their capacity.
  mutating func reset() {
    stage = .statusLine
    status = 0
    keepsAlive = false
    bodyLength = 0
    headBytes = 0
    headers = 0
    remaining = 0
    framing = Framing()
    captured.removeAll()
    watched?.removeAll()
    retained.removeAll()
    retainable = limits.bodyBytes
    carry.removeAll()
    isHeld = false
    if failure != nil { failure = nil }
  }
}

extension ResponseParser {
  /// The body's bytes, as far as they are retained.
  var body: [UInt8] { retained.withBytes { Array($0) } }

  /// Lends the retained bytes of the body without a copy.
  @inline(__always)
  func withBody<Result, Failure>(_ use: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
    try retained.withBytes(use)
  }

  /// Whether the body is too long: only its beginning was retained.
  var isCutShort: Bool { bodyLength > limits.bodyBytes }

  /// The value of `Location`, as it was sent.
  var location: String? { captured[.location] }
  /// The value of `Content-Type`, as it was sent.
  var contentType: String? { captured[.contentType] }
  /// The value of `Retry-After`, as it was sent: a number of seconds, or a date.
  var retryAfter: String? { captured[.retryAfter] }
  /// `Retry-After` where it is a number of seconds.
  var retryAfterSeconds: Int? { captured.seconds(.retryAfter) }
  /// The value of `Date`, as it was sent: the target's clock.
  var date: String? { captured[.date] }
  /// The value of `Content-Encoding`, as it was sent; `nil` where the body is as it is meant to be read.
  var contentEncoding: String? { isEncoded ? captured[.contentEncoding] : nil }
  /// Whether the body is encoded, as by gzip: it is no document then.
  var isEncoded: Bool {
    captured.withBytes(of: .contentEncoding) { value in
      value.map { !$0.isEmpty && !ByteScan.matches($0, "identity") } ?? false
    }
  }
  /// The name of the first cookie that is set; `nil` where none is. Its value may be a secret, and is not kept.
  var cookie: String? { captured[.setCookie] }
  /// Whether a cookie is set.
  var setsCookie: Bool { captured.has(.setCookie) }
  /// `Age`, in seconds.
  var age: Int? { captured.seconds(.age) }
}

extension ResponseParser.Stage {
  /// What was being read, as an error says it.
  var name: String {
    switch self {
    case .statusLine: "status line"
    case .headers: "headers"
    case .fixedBody, .untilClose: "body"
    case .chunkLine, .chunkData, .chunkEnd: "chunked body"
    case .trailers: "trailers"
    case .complete, .failed: "end"
    }
  }
}
