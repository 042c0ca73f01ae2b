import SystemPackage

/// The frames that a write-ahead log consists of: after a head of 32 bytes each has 24 of its own, the first four being the number of its
/// page, which is never zero, and then the page (https://www.sqlite.org/fileformat2.html#the_write_ahead_log).
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

  /// Whether the last frame that is whole before `end` is more than a gap.
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
