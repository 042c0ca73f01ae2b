import Foundation

/// Whether a disk has room for more. A commit that only changes existing rows may still fit where no new order does.
enum DiskRoom {
  /// In bytes: what a large order takes. A disk with less room than this counts as full.
  static let needed = 1 << 20

  private static let zeros = [UInt8](repeating: 0, count: 1 << 16)

  /// Writes that many bytes into a file without a name, which is gone at once. It takes no sync, so it is as fast as writing to memory.
  /// - Parameter path: the path of the file that is to grow.
  /// - Throws: `StoreError.unavailable` where there is no room.
  static func check(beside path: String) throws {
    let probe = "\(path).\(getpid()).room"
    unlink(probe)
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return try refuse(errno) }
    unlink(probe)
    defer { close(descriptor) }
    var rest = needed
    while rest > 0 {
      let written = zeros.withUnsafeBytes { write(descriptor, $0.baseAddress, min($0.count, rest)) }
      guard written > 0 else { return try refuse(errno) }
      rest -= written
    }
  }

  /// Only errors about room count: a folder in which no file can be made says nothing about room.
  private static func refuse(_ code: Int32) throws {
    switch code {
    case ENOSPC, EDQUOT: throw StoreError.unavailable("the disk is full")
    case EFBIG, EIO: throw StoreError.unavailable("the disk does not take more (\(String(cString: strerror(code))))")
    default: break
    }
  }
}
