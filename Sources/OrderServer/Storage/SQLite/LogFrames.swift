import SystemPackage

/// The frames of a write-ahead log. After a header of 32 bytes, each frame has a header of 24 bytes and then a page. The frame header
/// begins with the 4-byte number of the page, which is never zero (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
final class LogFrames: Sendable {
  private static let headSize: Int64 = 32

  private let descriptor: FileDescriptor
  private let frameSize: Int64

  /// - Parameter pageSize: in bytes.
  /// - Returns: `nil` where the log cannot be read.
  init?(at path: String, pageSize: Int64) {
    guard let descriptor = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking]) else { return nil }
    self.descriptor = descriptor
    frameSize = 24 + pageSize
  }

  deinit { try? descriptor.close() }

  /// Whether the last whole frame before `end` (bytes from the start of the log) was written, and is not part of a gap of zeros. `true`
  /// where there is no whole frame.
  func areWritten(upTo end: Int64) -> Bool {
    let count = (end - Self.headSize) / frameSize
    guard count > 0 else { return true }
    var page: UInt32 = 0
    let read = withUnsafeMutableBytes(of: &page) { bytes in
      try? descriptor.read(fromAbsoluteOffset: Self.headSize + (count - 1) * frameSize, into: bytes)
    }
    return read == MemoryLayout<UInt32>.size && page != 0
  }
}
