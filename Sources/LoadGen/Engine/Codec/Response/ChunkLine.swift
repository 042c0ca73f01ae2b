/// The line before each chunk: its size, and extensions that nobody uses but that are legal.
enum ChunkLine {
  /// Reads a line, given without its end, and returns the chunk's size. 0 announces the trailers.
  @inline(__always)
  static func size(_ line: UnsafeRawBufferPointer) throws(BadResponse) -> Int {
    var size = 0
    var index = 0
    while index < line.count, let digit = HexadecimalDigit.value(line[index]) {
      guard size <= Int.max >> 4 else { throw .chunkSize(found: ByteScan.excerpt(line)) }
      size = size << 4 | digit
      index &+= 1
    }
    guard index > 0 else { throw .chunkSize(found: ByteScan.excerpt(line)) }
    if index < line.count { try checkExtensions(line, from: index) }
    return size
  }

  /// RFC 9112, 7.1.1: `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`.
  private static func checkExtensions(_ line: UnsafeRawBufferPointer, from start: Int) throws(BadResponse) {
    var index = start
    while index < line.count {
      skipSpace(line, &index)
      guard index < line.count, line[index] == UInt8(ascii: ";") else {
        // Directly after the digits it is the size that is wrong: '5g', '-1', '0x10', '5 '.
        throw index == start || start == line.count
          ? .chunkSize(found: ByteScan.excerpt(line)) : .chunkExtension(found: ByteScan.excerpt(line))
      }
      index += 1
      skipSpace(line, &index)
      guard skipToken(line, &index) else { throw .chunkExtension(found: ByteScan.excerpt(line)) }
      var next = index
      skipSpace(line, &next)
      guard next < line.count, line[next] == UInt8(ascii: "=") else { continue }
      index = next + 1
      skipSpace(line, &index)
      guard skipToken(line, &index) || skipQuoted(line, &index) else { throw .chunkExtension(found: ByteScan.excerpt(line)) }
    }
  }

  private static func skipSpace(_ line: UnsafeRawBufferPointer, _ index: inout Int) {
    while index < line.count, line[index] == ByteScan.space || line[index] == ByteScan.tab { index += 1 }
  }

  private static func skipToken(_ line: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    let start = index
    while index < line.count, ByteScan.isToken(line[index]) { index += 1 }
    return index > start
  }

  private static func skipQuoted(_ line: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    guard index < line.count, line[index] == UInt8(ascii: "\"") else { return false }
    index += 1
    while index < line.count {
      let byte = line[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") {
        guard index < line.count, isText(line[index]) else { return false }
        index += 1
      } else if !isText(byte) {
        return false
      }
    }
    return false
  }

  private static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == ByteScan.tab }
}
