import CZlib
import LoadRun
import Shared

/// A histogram as bytes, as HdrHistogram encodes it in every language: encoding V2, big-endian.
///
/// The layout is that of `AbstractHistogram.encodeIntoByteBuffer` and `encodeIntoCompressedByteBuffer` in HdrHistogram for Java 2.1. Its indices
/// are ours (`HistogramBucket`).
enum HDRHistogramBytes {
  private static let cookie: UInt32 = 0x1C84_9303
  private static let compressedCookie: UInt32 = 0x1C84_9304
  /// Part of both cookies. In earlier encodings it was the length of a count in bytes; V2 has counts of any length, and always this.
  private static let wordSize: UInt32 = 0x10

  /// The whole histogram, with nothing compressed.
  /// - Parameter pairs: by rising index, which is at most `HistogramBucket.highestIndex`, with counts of at least 1; a count beyond 2⁶³ − 1
  ///   becomes that.
  static func plain(_ pairs: [Summary.Pair]) -> [UInt8] {
    let counts = counts(pairs)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(40 + counts.count)
    bytes.append(bigEndian: cookie | wordSize)
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: counts.count))
    // The offset by which indices are shifted: not by any.
    bytes.append(bigEndian: UInt32(0))
    bytes.append(bigEndian: UInt32(HistogramBucket.significantDigits))
    // The lowest value that is told from 0, and the highest one that is held, in nanoseconds.
    bytes.append(bigEndian: UInt64(1))
    bytes.append(bigEndian: UInt64(LatencyHistogram.highestValue))
    // By what values are to be multiplied, as a Double.
    bytes.append(bigEndian: 1.0.bitPattern)
    return bytes + counts
  }

  /// The whole histogram, compressed by zlib, as a log has it.
  /// - Returns: `nil` where there is no memory to compress it.
  static func compressed(_ pairs: [Summary.Pair]) -> [UInt8]? {
    guard let packed = deflated(plain(pairs)) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + packed.count)
    bytes.append(bigEndian: compressedCookie | wordSize)
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: packed.count))
    return bytes + packed
  }

  /// The counts from index 0 to the last that is not 0; without any, that of index 0. Two and more zeros in a row are one number: how many there
  /// are, negative.
  private static func counts(_ pairs: [Summary.Pair]) -> [UInt8] {
    var bytes: [UInt8] = []
    var next = 0
    for pair in pairs {
      let zeros = pair.index &- next
      if zeros > 0 { bytes.append(zigZag: zeros == 1 ? 0 : 0 &- Int64(zeros)) }
      bytes.append(zigZag: Int64(clamping: pair.count))
      next = pair.index &+ 1
    }
    if pairs.isEmpty { bytes.append(zigZag: 0) }
    return bytes
  }

  /// - Returns: `nil` where zlib has no memory.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var length = compressBound(uLong(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(length))
    guard compress2(&packed, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION) == Z_OK else { return nil }
    packed.removeLast(packed.count - Int(length))
    return packed
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  /// ZigZag makes small numbers of either sign small ones without sign; LEB128 takes seven bits to a byte, the lowest first, and marks all but
  /// the last. The ninth byte has eight bits, so that it is always the last.
  fileprivate mutating func append(zigZag number: Int64) {
    var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
    for _ in 0..<8 {
      guard rest >= 0x80 else { break }
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}
