/// Reads HTTP/1.1 (and 1.0) responses to GET and POST requests from bytes as they arrive, in pieces of any size.
///
/// A pure value: no socket, no clock. Its result depends only on the bytes, never on how they were cut. It holds what a driver needs
/// (status, body, a few headers) in buffers that are reused, so that after the first few responses nothing is allocated. It is strict:
/// whatever RFC 9112 forbids a server to send is refused by kind, except for a few liberties that are named where they are taken. Interim
/// responses (1xx) are read and skipped.
struct ResponseParser {
  /// The most that is read; in bytes, except for `headers`.
  struct Limits: Sendable, Equatable {
    /// Of the status line, the headers and the trailers together, including those of interim responses.
    var headBytes = 64 << 10
    /// How many headers and trailers together, including those of interim responses.
    var headers = 256
    /// Of a body. Of a longer one only the first `excerptBytes` are kept, because no document can be read from a part of it. The rest is
    /// counted in `bodyLength` and dropped.
    var bodyBytes = 1 << 20
    /// What is kept of a body that is too long: enough to show how it begins.
    var excerptBytes = 4 << 10
    /// Of one chunk's size including its extensions.
    var chunkLineBytes = 4 << 10
  }

  /// How far a call of `consume` got.
  enum Advance: Equatable, Sendable {
    /// All bytes were consumed, and the response is not complete.
    case needsMore
    /// The response ended with the byte before this offset; the bytes from there on were not consumed.
    case complete(consumed: Int)
  }

  /// The part of the response that is read next.
  enum Stage: UInt8 {
    case statusLine, headers, fixedBody, untilClose, chunkLine, chunkData, chunkEnd, trailers, complete, failed
  }

  private(set) var limits: Limits
  /// The status code; 0 before the status line was read.
  var status = 0
  /// Whether another request may follow on this connection. Valid once the response is complete.
  var keepsAlive = false
  /// The true length of the body so far, in bytes, including what was dropped.
  var bodyLength = 0

  var stage = Stage.statusLine
  var minorVersion = 1
  var framing = Framing()
  var captured = CapturedHeaders()
  /// A further header that the dialect asks for; `nil` if it asks for none.
  var watched: WatchedHeader?
  /// The body, or the beginning of one that is too long.
  var retained = ByteStore()
  /// How many bytes of this body may be retained.
  var retainable: Int
  /// How many bytes are still to come of a fixed body, of a chunk, or of a chunk's end.
  var remaining = 0
  /// The beginning of a line whose end has not arrived, or is not yet known to be its end: see `isHeld`.
  var carry = ByteStore()
  /// Whether `carry` is a complete line of a header: the next byte shows whether it is continued.
  var isHeld = false
  var headBytes = 0
  var headers = 0
  var failure: BadResponse?

  /// - Parameter watching: the name of a header that is not among `CapturedHeaders.Field`.
  init(limits: Limits = Limits(), watching: String? = nil) {
    self.limits = limits
    watched = watching.map(WatchedHeader.init)
    retainable = limits.bodyBytes
  }

  /// Consumes bytes of the current response, up to its end and never beyond, so that several responses in one read can be taken one by one,
  /// with a `reset()` between them.
  ///
  /// After an error every further call throws the same error. After the end, nothing is consumed until `reset()`.
  mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(BadResponse) -> Advance {
    do throws(BadResponse) {
      return try advance(bytes)
    } catch {
      stage = .failed
      failure = error
      throw error
    }
  }

  /// The peer closed the connection. Returns true if the response is complete, possibly by this very close, and false if not a single byte
  /// of a response had arrived. Throws `BadResponse.cutOff` if the response was cut off, or the error that an earlier call threw.
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

  /// Changes how much is read of the response that comes next, and of those after it; before its first byte.
  mutating func allow(bodyBytes: Int) {
    limits.bodyBytes = bodyBytes
    retainable = bodyBytes
  }

  /// Prepares for the next response. The buffers keep their capacity.
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
  /// A copy of the body's bytes, as far as they were retained.
  var body: [UInt8] { retained.withBytes { Array($0) } }

  /// Lends the retained bytes of the body without copying them.
  @inline(__always)
  func withBody<Result, Failure>(_ use: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
    try retained.withBytes(use)
  }

  /// Whether the body is too long, so that only its beginning was retained.
  var isCutShort: Bool { bodyLength > limits.bodyBytes }

  /// The value of `Location`, as it was sent.
  var location: String? { captured[.location] }

  /// The target of the link to the next page (RFC 8288), as it is written; `nil` if there is none.
  var nextPage: String? { captured.withBytes(of: .link) { $0.flatMap(LinkHeader.next) } }
  /// The value of `Content-Type`, as it was sent.
  var contentType: String? { captured[.contentType] }
  /// The value of `Retry-After`, as it was sent: a number of seconds, or a date.
  var retryAfter: String? { captured[.retryAfter] }
  /// `Retry-After`, if it is a number of seconds.
  var retryAfterSeconds: Int? { captured.seconds(.retryAfter) }
  /// The value of `Date`, as it was sent: the time by the target's clock.
  var date: String? { captured[.date] }
  /// The value of `Content-Encoding`, as it was sent; `nil` if the body is not encoded.
  var contentEncoding: String? { isEncoded ? captured[.contentEncoding] : nil }
  /// Whether the body is encoded, as by gzip, so that it cannot be read as a document.
  var isEncoded: Bool {
    captured.withBytes(of: .contentEncoding) { value in
      value.map { !$0.isEmpty && !ByteScan.matches($0, "identity") } ?? false
    }
  }
  /// The name of the first cookie that is set; `nil` if none is. Its value may be a secret, and is not kept.
  var cookie: String? { captured[.setCookie] }
  /// Whether a cookie is set.
  var setsCookie: Bool { captured.has(.setCookie) }
  /// `Age`, in seconds.
  var age: Int? { captured.seconds(.age) }
}

extension ResponseParser.Stage {
  /// What was being read, in words for an error message.
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
