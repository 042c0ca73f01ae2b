import CZlib

@testable import LoadRun

/// Encodes bodies as servers do.
struct BodyEncoder {
  var coding: ContentCoding
  /// From 0, which stores, to 9; −1 is zlib's own choice.
  var level: Int32 = -1
  /// How many bytes are given to zlib at once.
  var chunk = Int.max
  /// Whether each chunk is sent off at once, as by a server that streams.
  var flushes = false

  func encoded(_ body: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    var encoded: [UInt8] = []
    withUnsafeMutablePointer(to: &stream) { stream in
      precondition(zlib_begin_deflating(stream, level, coding == .gzip ? MAX_WBITS + 16 : MAX_WBITS) == Z_OK)
      defer { deflateEnd(stream) }
      var rest = body[...]
      repeat {
        let piece = Array(rest.prefix(chunk))
        rest = rest.dropFirst(chunk)
        let flush = rest.isEmpty ? Z_FINISH : flushes ? Z_SYNC_FLUSH : Z_NO_FLUSH
        encoded += Self.deflated(piece, stream, flush)
      } while !rest.isEmpty
    }
    return encoded
  }

  private static func deflated(_ piece: [UInt8], _ stream: UnsafeMutablePointer<z_stream>, _ flush: Int32) -> [UInt8] {
    var piece = piece
    var space = [UInt8](repeating: 0, count: 64 << 10)
    var out: [UInt8] = []
    piece.withUnsafeMutableBufferPointer { input in
      (stream.pointee.next_in, stream.pointee.avail_in) = (input.baseAddress, UInt32(input.count))
      var isFull = true
      while isFull {
        out += space.withUnsafeMutableBufferPointer { space in
          (stream.pointee.next_out, stream.pointee.avail_out) = (space.baseAddress, UInt32(space.count))
          deflate(stream, flush)
          isFull = stream.pointee.avail_out == 0
          return Array(space.dropLast(Int(stream.pointee.avail_out)))
        }
      }
    }
    return out
  }
}

extension ContentCoding {
  /// What is decoded, as an array.
  func decoded(_ bytes: [UInt8], most: Int = 1 << 20) throws(BadEncoding) -> [UInt8] {
    let store = try bytes.withUnsafeBufferPointer { bytes throws(BadEncoding) in try decoded(UnsafeRawBufferPointer(bytes), most: most) }
    return store.withBytes { Array($0) }
  }
}
