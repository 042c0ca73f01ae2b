/// One header or trailer, taken apart: `Name: value`.
struct HeaderLine {
  /// Distinguishes the headers that change how a response is read, and those that a driver needs.
  enum Name {
    case contentLength, transferEncoding, connection
    case captured(CapturedHeaders.Field)
    case other

    /// Whether the name is one of ours: then it is a valid token without a further check.
    var isKnown: Bool { if case .other = self { false } else { true } }
  }

  let name: Name
  /// Without the white space around it. It may contain bytes above 127.
  let value: UnsafeRawBufferPointer

  /// Reads a line, given without its line end. The value is part of the line's memory. `isClean`: the line is known to contain no control
  /// characters other than tabs.
  ///
  /// White space before the colon is refused, because readers disagree on its meaning. A line that begins with white space continues the
  /// header before it, and arrives here joined to that header; before the first header it is refused (RFC 9112, 2.2).
  @inline(__always)
  init(_ line: UnsafeRawBufferPointer, in part: BadResponse.Part, isClean: Bool) throws(BadResponse) {
    guard let colon = ByteScan.first(UInt8(ascii: ":"), in: line, from: 0) else { throw Self.fault(in: line, part) }
    let name = UnsafeRawBufferPointer(rebasing: line[0..<colon])
    self.name = Self.name(name)
    if !isClean || !self.name.isKnown, !Self.isToken(name) { throw Self.fault(in: line, part) }
    if !isClean, let control = ByteScan.firstControl(in: line, from: colon &+ 1) {
      throw .controlCharacter(line[control], in: part)
    }
    value = ByteScan.trimmed(line, from: colon &+ 1, to: line.count)
  }

  @inline(__always)
  private static func isToken(_ bytes: UnsafeRawBufferPointer) -> Bool {
    for byte in bytes where !ByteScan.isToken(byte) { return false }
    return !bytes.isEmpty
  }

  @inline(__always)
  private static func name(_ bytes: UnsafeRawBufferPointer) -> Name {
    switch bytes.count {
    case 3 where ByteScan.matches(bytes, "age"): .captured(.age)
    case 4 where ByteScan.matches(bytes, "date"): .captured(.date)
    case 4 where ByteScan.matches(bytes, "link"): .captured(.link)
    case 8 where ByteScan.matches(bytes, "location"): .captured(.location)
    case 10 where ByteScan.matches(bytes, "connection"): .connection
    case 10 where ByteScan.matches(bytes, "set-cookie"): .captured(.setCookie)
    case 11 where ByteScan.matches(bytes, "retry-after"): .captured(.retryAfter)
    case 12 where ByteScan.matches(bytes, "content-type"): .captured(.contentType)
    case 14 where ByteScan.matches(bytes, "content-length"): .contentLength
    case 16 where ByteScan.matches(bytes, "content-encoding"): .captured(.contentEncoding)
    case 17 where ByteScan.matches(bytes, "transfer-encoding"): .transferEncoding
    default: .other
    }
  }

  /// Why the line does not begin with a name and a colon.
  private static func fault(in line: UnsafeRawBufferPointer, _ part: BadResponse.Part) -> BadResponse {
    let offset = line.firstIndex { !ByteScan.isToken($0) } ?? line.count
    if let first = line.first, ByteScan.isBlank(first) { return .spaceBeforeHeader(found: ByteScan.excerpt(line)) }
    if ByteScan.firstControl(in: line, from: offset) == offset { return .controlCharacter(line[offset], in: part) }
    return .headerName(found: ByteScan.excerpt(line))
  }
}
