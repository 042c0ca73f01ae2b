/// The line before each chunk: its size, and extensions, which are legal but ignored.
enum ChunkLine {
  /// Reads a line, given without its line end, and returns the chunk's size in bytes. A size of 0 announces the trailers.
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

  private static func checkExtensions(_ line: UnsafeRawBufferPointer, from start: Int) throws(BadResponse) {
    if Parameters.areValid(line, from: start, needValues: false) { return }
    // Without a semicolon it is the size that is wrong, as in '5g', '0x10' or '5 '.
    throw line[start...].contains(UInt8(ascii: ";"))
      ? .chunkExtension(found: ByteScan.excerpt(line)) : .chunkSize(found: ByteScan.excerpt(line))
  }
}
