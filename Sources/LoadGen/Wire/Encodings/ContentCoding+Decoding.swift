import CZlib

extension ContentCoding {
  /// How much is decoded at a time, in bytes.
  private static let step = 32 << 10

  /// How long an encoded body may be, in bytes, that may become as long as `most`. Texts with figures become a tenth; what pretends to be one
  /// can make zlib take a second for each 4 MiB, by a code of its own for every few bytes.
  static func mostEncoded(for most: Int) -> Int { max(1 << 20, most / 4) }

  /// Undoes the coding. What is decoded is taken a step at a time, so that a body costs little more memory than `most`, however much it would
  /// become, and its checksum is verified. gzip may have several members, as of several files, which are one text.
  /// - Parameter most: how long the result may be, in bytes.
  func decoded(_ bytes: UnsafeRawBufferPointer, most: Int) throws(BadEncoding) -> ByteStore {
    let limit = Self.mostEncoded(for: most)
    guard bytes.count <= limit, let length = UInt32(exactly: bytes.count) else {
      throw .tooMuch(self, length: bytes.count, limit: limit)
    }
    var stream = z_stream()
    // zlib remembers where the stream is: it must not move.
    return try withUnsafeMutablePointer(to: &stream) { stream throws(BadEncoding) in
      guard zlib_begin_inflating(stream, windowBits) == Z_OK else { throw .noMemory(self) }
      defer { inflateEnd(stream) }
      stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: Bytef.self).baseAddress)
      stream.pointee.avail_in = length
      return try withUnsafeTemporaryAllocation(byteCount: Self.step, alignment: 16) { space throws(BadEncoding) in
        try decodeAll(stream, most: most, by: space)
      }
    }
  }

  /// The size of the window that is looked back into, by its logarithm, and 16 more for gzip's head and end.
  private var windowBits: Int32 {
    switch self {
    case .gzip: MAX_WBITS + 16
    case .deflate: MAX_WBITS
    }
  }

  private func decodeAll(
    _ stream: UnsafeMutablePointer<z_stream>, most: Int, by space: UnsafeMutableRawBufferPointer
  ) throws(BadEncoding) -> ByteStore {
    var decoded = ByteStore()
    while true {
      stream.pointee.next_out = space.bindMemory(to: Bytef.self).baseAddress
      stream.pointee.avail_out = UInt32(space.count)
      let code = inflate(stream, Z_NO_FLUSH)
      let new = UnsafeRawBufferPointer(rebasing: space[..<(space.count - Int(stream.pointee.avail_out))])
      guard new.count <= most - decoded.count else { throw .tooLong(self, limit: most) }
      decoded.append(new)
      switch code {
      case Z_OK: continue
      case Z_STREAM_END:
        guard let next = stream.pointee.next_in, stream.pointee.avail_in > 0 else { return decoded }
        guard self == .gzip, next.pointee == Self.firstOfMember, inflateReset(stream) == Z_OK else { throw .followed(self) }
      // There is room, so that it is the input that there is no more of.
      case Z_BUF_ERROR: throw .cutOff(self)
      case Z_MEM_ERROR: throw .noMemory(self)
      default: throw .damaged(self)
      }
    }
  }

  /// The byte that each member of gzip begins with.
  private static let firstOfMember: Bytef = 0x1F
}
