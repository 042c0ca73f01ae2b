extension ResponseParser {
  /// Goes from stage to stage as far as the bytes reach.
  @inline(__always)
  mutating func advance(_ bytes: UnsafeRawBufferPointer) throws(BadResponse) -> Advance {
    var offset = 0
    while true {
      switch stage {
      case .statusLine, .headers, .chunkLine, .trailers:
        guard try takeLine(bytes, &offset) else { return .needsMore }
      case .fixedBody:
        takeBody(bytes, &offset)
        guard remaining == 0 else { return .needsMore }
        stage = .complete
      case .chunkData:
        takeBody(bytes, &offset)
        guard remaining == 0 else { return .needsMore }
        stage = .chunkEnd
        remaining = 2
      case .chunkEnd:
        guard try takeChunkEnd(bytes, &offset) else { return .needsMore }
        stage = .chunkLine
      case .untilClose:
        remaining = .max
        takeBody(bytes, &offset)
        return .needsMore
      case .complete:
        return .complete(consumed: offset)
      case .failed:
        if let failure { throw failure }
        return .needsMore
      }
    }
  }

  /// Takes what has arrived of the `remaining` bytes of the body or chunk.
  @inline(__always)
  private mutating func takeBody(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) {
    let count = min(remaining, bytes.count &- offset)
    let kept = min(count, retainable &- retained.count)
    if kept > 0 { retained.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset &+ kept])) }
    bodyLength &+= count
    if kept < count, retainable == limits.bodyBytes { retainOnlyBeginning() }
    remaining &-= count
    offset &+= count
  }

  /// The body is, or will be, too long: a thousand connections must not hold on to bytes that are of no use.
  @inline(never)
  private mutating func retainOnlyBeginning() {
    retainable = min(limits.bodyBytes, limits.excerptBytes)
    retained.shorten(to: retainable)
  }

  /// Takes the carriage return and the line feed after a chunk's data. Returns false if the bytes end before.
  @inline(__always)
  private mutating func takeChunkEnd(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(BadResponse) -> Bool {
    while remaining > 0 {
      guard offset < bytes.count else { return false }
      guard bytes[offset] == (remaining == 2 ? ByteScan.carriageReturn : ByteScan.lineFeed) else {
        throw .chunkEnd(found: bytes[offset])
      }
      remaining &-= 1
      offset &+= 1
    }
    return true
  }

  @inline(__always)
  mutating func takeStatusLine(_ line: UnsafeRawBufferPointer, isClean: Bool) throws(BadResponse) {
    let parsed = try StatusLine(line, isClean: isClean)
    status = parsed.status
    minorVersion = parsed.minorVersion
    stage = .headers
  }

  @inline(__always)
  mutating func takeHeader(_ line: UnsafeRawBufferPointer, isClean: Bool) throws(BadResponse) {
    if line.isEmpty { return try endHead() }
    let header = try HeaderLine(line, in: .header, isClean: isClean)
    try countHeader()
    watched?.take(line, header.value)
    switch header.name {
    case .other: break
    case .contentLength: try framing.addContentLength(header.value)
    case .connection: framing.addConnection(header.value)
    case .transferEncoding: try framing.addTransferEncoding(header.value)
    case .captured(.setCookie): captured.keep(.setCookie, Self.cookieName(header.value))
    case .captured(let field): captured.keep(field, header.value)
    }
  }

  /// The name of the cookie, from `AWSALB=…; Path=/`. A session's value is a secret and is not needed here.
  private static func cookieName(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let end = value.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ";") } ?? value.count
    return ByteScan.trimmed(value, from: 0, to: min(end, CapturedHeaders.longestCookieName))
  }

  /// Trailers are only checked for their form: by RFC 9110 a recipient must not merge them into the headers without knowing them.
  mutating func takeTrailer(_ line: UnsafeRawBufferPointer) throws(BadResponse) {
    if line.isEmpty {
      stage = .complete
      return
    }
    _ = try HeaderLine(line, in: .trailer, isClean: false)
    try countHeader()
  }

  mutating func takeChunkLine(_ line: UnsafeRawBufferPointer) throws(BadResponse) {
    remaining = try ChunkLine.size(line)
    stage = remaining == 0 ? .trailers : .chunkData
  }

  @inline(__always)
  private mutating func countHeader() throws(BadResponse) {
    headers &+= 1
    if headers > limits.headers { throw .tooManyHeaders(limit: limits.headers) }
  }

  @inline(__always)
  private mutating func endHead() throws(BadResponse) {
    if status < 200 { return try skipInterim() }
    let body = framing.body(status: status)
    keepsAlive = framing.keepsAlive(after: body, minorVersion: minorVersion)
    switch body {
    case .none: stage = .complete
    case .fixed(let length):
      remaining = length
      stage = .fixedBody
      if length > limits.bodyBytes { retainOnlyBeginning() }
    case .chunked: stage = .chunkLine
    case .untilClose: stage = .untilClose
    }
  }

  /// Prepares for the response after an interim one. What was counted against the limits stays, so that endless interim responses are
  /// refused like an endless head.
  private mutating func skipInterim() throws(BadResponse) {
    if status == 101 { throw .switchedProtocols }
    status = 0
    framing = Framing()
    captured.removeAll()
    watched?.removeAll()
    stage = .statusLine
  }
}
