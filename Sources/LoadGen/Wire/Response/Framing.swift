/// Where a response's body ends, and whether the connection can be used after it: what all its headers together say by RFC 9112, 6.3.
struct Framing {
  /// How a response's body is delimited. An empty body counts as `none`.
  enum Body: Equatable {
    case none
    case fixed(Int)
    case chunked
    case untilClose
  }

  private var length: Int?
  private var codings = TransferCodings()
  private var saysClose = false
  private var saysKeepAlive = false

  /// Several equal lengths, in one header or in many, count as one. A length that is not a number is refused even if a Transfer-Encoding
  /// overrides it: RFC 9112 leaves the choice ("ought to be handled as an error"), and such a response is wrong in two ways at once.
  @inline(__always)
  mutating func addContentLength(_ value: UnsafeRawBufferPointer) throws(BadResponse) {
    if length == nil, let number = DecimalDigits.value(value) {
      length = number
    } else {
      try addLengths(value)
    }
  }

  private mutating func addLengths(_ value: UnsafeRawBufferPointer) throws(BadResponse) {
    for element in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let text = ByteScan.trimmed(value, from: element.startIndex, to: element.endIndex)
      guard let number = DecimalDigits.value(text) else { throw .contentLength(found: ByteScan.excerpt(value)) }
      if let length, length != number { throw .conflictingLengths(length, number) }
      length = number
    }
  }

  mutating func addTransferEncoding(_ value: UnsafeRawBufferPointer) throws(BadResponse) {
    try codings.add(value)
  }

  @inline(__always)
  mutating func addConnection(_ value: UnsafeRawBufferPointer) {
    if ByteScan.matches(value, "keep-alive") {
      saysKeepAlive = true
    } else if ByteScan.matches(value, "close") {
      saysClose = true
    } else {
      addConnectionOptions(value)
    }
  }

  private mutating func addConnectionOptions(_ value: UnsafeRawBufferPointer) {
    for element in value.split(separator: UInt8(ascii: ",")) {
      let option = ByteScan.trimmed(value, from: element.startIndex, to: element.endIndex)
      if ByteScan.matches(option, "close") { saysClose = true }
      if ByteScan.matches(option, "keep-alive") { saysKeepAlive = true }
    }
  }

  /// The body of a final response with this status to a GET or a POST.
  @inline(__always)
  func body(status: Int) -> Body {
    if status == 204 || status == 304 { return .none }
    if codings.isPresent { return codings.endInChunked ? .chunked : .untilClose }
    guard let length else { return .untilClose }
    return length == 0 ? .none : .fixed(length)
  }

  /// Whether another request may follow on the connection.
  ///
  /// By RFC 9112, 6.1, a response with both a Transfer-Encoding and a Content-Length, or with a Transfer-Encoding in HTTP/1.0, is read to
  /// its end, but no further response is trusted to begin there.
  @inline(__always)
  func keepsAlive(after body: Body, minorVersion: Int) -> Bool {
    if saysClose || body == .untilClose { return false }
    if codings.isPresent && (length != nil || minorVersion == 0) { return false }
    return minorVersion == 1 || saysKeepAlive
  }
}
