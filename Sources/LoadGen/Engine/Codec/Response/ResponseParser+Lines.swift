/// Lines are read whole: where one is cut by the end of a read, its beginning is carried over to the next. So each stage sees
/// the same line however the bytes were cut, and a response in one read is never copied.
///
/// A line ends in a carriage return and a line feed. RFC 9112 (2.2) would let a reader take a line feed alone; it is refused here,
/// since other clients refuse it too, and what they would stumble over should be found out under test.
extension ResponseParser {
  /// Takes the next line, if its end is there; otherwise carries over what there is of it, and returns false.
  @inline(__always)
  mutating func takeLine(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(BadResponse) -> Bool {
    let start = offset
    if carry.isEmpty, let end = ByteScan.firstControl(in: bytes, from: start), end &+ 1 < bytes.count,
      bytes[end] == ByteScan.carriageReturn, bytes[end &+ 1] == ByteScan.lineFeed
    {
      offset = end &+ 2
      try take(line: UnsafeRawBufferPointer(rebasing: bytes[start..<offset]), isClean: true)
      return true
    }
    return try takeUncommonLine(bytes, &offset)
  }

  /// A line that was begun in an earlier read, or ends in a later one, or has a control character in it.
  @inline(never)
  private mutating func takeUncommonLine(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(BadResponse) -> Bool {
    let start = offset
    guard let feed = ByteScan.first(ByteScan.lineFeed, in: bytes, from: start) else {
      offset = bytes.count
      try carryOver(UnsafeRawBufferPointer(rebasing: bytes[start...]))
      return false
    }
    offset = feed &+ 1
    let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
    if carry.isEmpty {
      try take(line: piece, isClean: false)
    } else {
      try takeCarried(with: piece)
    }
    return true
  }

  /// Joins the carried beginning with the rest of its line. The buffer is taken out meanwhile, and put back emptied, so that
  /// the stages may change the parser while the line lies in it.
  private mutating func takeCarried(with rest: UnsafeRawBufferPointer) throws(BadResponse) {
    var line = ByteStore()
    swap(&line, &carry)
    defer {
      line.removeAll()
      swap(&line, &carry)
    }
    line.append(rest)
    try line.withBytes { bytes throws(BadResponse) in try take(line: bytes, isClean: false) }
  }

  private mutating func carryOver(_ piece: UnsafeRawBufferPointer) throws(BadResponse) {
    guard !piece.isEmpty else { return }
    // What will be refused anyway is not kept: the line's end would only add to its length.
    let count = carry.count + piece.count
    if stage != .statusLine { try checkLength(count) }
    carry.append(piece)
    if stage == .statusLine {
      try carry.withBytes { bytes throws(BadResponse) in try checkStart(bytes) }
      try checkLength(count)
    }
  }

  /// Reads one line, given with its end. `isClean`: it is known to have no control characters but tabs before its end.
  @inline(__always)
  private mutating func take(line: UnsafeRawBufferPointer, isClean: Bool) throws(BadResponse) {
    if stage == .statusLine { try checkStart(line) }
    try checkLength(line.count)
    if stage != .chunkLine { headBytes &+= line.count }
    let end = line.count &- 2
    guard end >= 0, line[end] == ByteScan.carriageReturn else {
      throw .lineEnding(in: part, found: ByteScan.excerpt(UnsafeRawBufferPointer(rebasing: line.dropLast())))
    }
    let content = UnsafeRawBufferPointer(rebasing: line[0..<end])
    switch stage {
    case .headers: try takeHeader(content, isClean: isClean)
    case .statusLine: try takeStatusLine(content, isClean: isClean)
    case .chunkLine: try takeChunkLine(content)
    default: try takeTrailer(content)
    }
  }

  /// Looks no further than one byte beyond the limit: where that is reached before the first wrong byte, it is what is told, however
  /// the bytes were cut.
  @inline(__always)
  private func checkStart(_ bytes: UnsafeRawBufferPointer) throws(BadResponse) {
    let left = limits.headBytes &- headBytes
    let start = bytes.count > left ? UnsafeRawBufferPointer(rebasing: bytes[...left]) : bytes
    if !StatusLine.canBegin(start) { throw .notHTTP(found: ByteScan.excerpt(bytes)) }
  }

  @inline(__always)
  private func checkLength(_ count: Int) throws(BadResponse) {
    if stage == .chunkLine {
      if count > limits.chunkLineBytes { throw .chunkLineTooLong(limit: limits.chunkLineBytes) }
    } else if count > limits.headBytes &- headBytes {
      throw .headTooLong(limit: limits.headBytes)
    }
  }

  private var part: BadResponse.Part {
    switch stage {
    case .statusLine: .statusLine
    case .headers: .header
    case .chunkLine: .chunkLine
    default: .trailer
    }
  }
}
