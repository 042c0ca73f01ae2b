/// Lines are read as a whole: if a line is cut by the end of a read, its beginning is carried over to the next read. So each stage sees the
/// same line no matter how the bytes were cut, and a response that arrives in one read is never copied.
///
/// A header may be continued on a second line that begins with white space; both then form one line with spaces between them (RFC 9112,
/// 5.2). Only the first byte of the next line shows whether a header is continued, so a header's line is taken only once that byte has
/// arrived.
///
/// A line ends with a carriage return and a line feed. RFC 9112 (2.2) would allow a reader to accept a line feed alone. It is refused here
/// because other clients refuse it too, and a test should reveal what they would stumble over.
extension ResponseParser {
  /// Takes the next line if its end has arrived. Otherwise carries over what has arrived of it, and returns false.
  @inline(__always)
  mutating func takeLine(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(BadResponse) -> Bool {
    let start = offset
    if carry.isEmpty, let end = ByteScan.firstControl(in: bytes, from: start), end &+ 1 < bytes.count,
      bytes[end] == ByteScan.carriageReturn, bytes[end &+ 1] == ByteScan.lineFeed
    {
      let next = end &+ 2
      if end > start, mayGoOn, next == bytes.count || ByteScan.isBlank(bytes[next]) { return try takeUncommonLine(bytes, &offset) }
      offset = next
      try take(line: UnsafeRawBufferPointer(rebasing: bytes[start..<offset]), isClean: true)
      return true
    }
    return try takeUncommonLine(bytes, &offset)
  }

  /// Whether a line may be continued on the next one, as those of headers and trailers may.
  @inline(__always)
  private var mayGoOn: Bool { stage == .headers || stage == .trailers }

  /// Takes a line that began in an earlier read, ends in a later one, contains a control character, or is continued on the next line.
  @inline(never)
  private mutating func takeUncommonLine(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(BadResponse) -> Bool {
    if isHeld {
      guard offset < bytes.count else { return false }
      isHeld = false
      guard ByteScan.isBlank(bytes[offset]) else {
        try takeCarried(with: UnsafeRawBufferPointer(start: nil, count: 0))
        return true
      }
      carry.unfold()
    }
    while true {
      let start = offset
      guard let feed = ByteScan.first(ByteScan.lineFeed, in: bytes, from: start) else {
        offset = bytes.count
        try carryOver(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        return false
      }
      offset = feed &+ 1
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
      if mayGoOn, carry.endsLine(with: piece), offset == bytes.count || ByteScan.isBlank(bytes[offset]) {
        try carryOver(piece)
        if offset == bytes.count {
          isHeld = true
          return false
        }
        carry.unfold()
        continue
      }
      if carry.isEmpty {
        try take(line: piece, isClean: false)
      } else {
        try takeCarried(with: piece)
      }
      return true
    }
  }

  /// Joins the beginning that was carried over with the rest of its line. The buffer is taken out for that time and put back empty, so that
  /// the stages may change the parser while the line is in the buffer.
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
    // What will be refused anyway is not kept: the rest of the line would only make it longer.
    let count = carry.count + piece.count
    if stage != .statusLine { try checkLength(count) }
    carry.append(piece)
    if stage == .statusLine {
      try carry.withBytes { bytes throws(BadResponse) in try checkStart(bytes) }
      try checkLength(count)
    }
  }

  /// Reads one line, given with its line end. `isClean`: it is known to contain no control characters other than tabs before its end.
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

  /// Looks no further than one byte beyond the limit. So if the limit comes before the first wrong byte, the limit is what is reported, no
  /// matter how the bytes were cut.
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

extension ByteStore {
  /// Whether these bytes and the piece after them form a line that is not empty and ends properly.
  fileprivate func endsLine(with piece: UnsafeRawBufferPointer) -> Bool {
    guard count &+ piece.count > 2 else { return false }
    if piece.count > 1 { return piece[piece.count &- 2] == ByteScan.carriageReturn }
    return withBytes { $0.last == ByteScan.carriageReturn }
  }

  /// Replaces the line end by spaces, because the line is continued: by as many, so that the length counted against the limits stays the
  /// same.
  fileprivate mutating func unfold() {
    withMutableBytes { bytes in
      for index in bytes.indices.suffix(2) { bytes[index] = ByteScan.space }
    }
  }
}
