import CPolling
import CoreFoundation
import Foundation
import Shared

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads what somebody names as a file: a file, a pipe that another program writes to, or something that would never end.
enum InputFile {
  /// Why there is nothing to be read, as the rest of a sentence that begins with the path.
  struct Fault: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// How long a pipe may bring nothing before it is given up.
  static let patience = Duration.seconds(10)

  /// - Parameter most: bytes.
  /// - Throws: `Fault`.
  static func read(_ path: String, most: Int, patience: Duration = InputFile.patience) throws(Fault) -> Data {
    // A pipe that nobody writes to must not hold us up.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault("cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var entry = file_status()
    guard file_status_of_descriptor(descriptor, &entry) == 0 else { throw Fault("cannot be read: \(String(cString: strerror(errno)))") }
    switch entry.kind {
    case file_kind_file:
      guard entry.size <= most else { throw tooLong(most) }
    case file_kind_folder: throw Fault("is a folder, and no file")
    case file_kind_pipe, file_kind_socket: break
    default:
      if let null = Self.status(of: "/dev/null"), null.device == entry.device { return Data() }
      throw Fault("is a device, and no file")
    }
    return try contents(descriptor, most, patience)
  }

  /// Whether it is a file, and nothing else that can be read.
  static func isFile(_ path: String) -> Bool { status(of: path)?.kind == file_kind_file }

  private static func contents(_ descriptor: Int32, _ most: Int, _ patience: Duration) throws(Fault) -> Data {
    var content = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hasBegun = false
    var last = ContinuousClock.now
    while true {
      let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
      switch count {
      case 1...:
        content.append(contentsOf: buffer[..<count])
        guard content.count <= most else { throw tooLong(most) }
        (hasBegun, last) = (true, .now)
      case 0 where hasBegun || !isEmptyPipe(descriptor): return content
      case -1 where errno != EAGAIN && errno != EINTR && errno != EWOULDBLOCK:
        throw Fault("cannot be read: \(String(cString: strerror(errno)))")
      default:
        guard last.duration(to: .now) < patience else { throw Fault("is a pipe from which nothing has come for \(patience.text)") }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, 100)
        // Without a writer a pipe is at its end, and never waited for.
        if count == 0 { usleep(20_000) }
      }
    }
  }

  /// Whether it is a pipe: one that nobody has opened for writing yet is at its end, too.
  private static func isEmptyPipe(_ descriptor: Int32) -> Bool {
    var entry = file_status()
    guard file_status_of_descriptor(descriptor, &entry) == 0 else { return false }
    // A pipe that has a name may still be opened; one without has nobody left to write to it.
    return entry.kind == file_kind_pipe && entry.links > 0 && !isAnonymous(descriptor)
  }

  private static func isAnonymous(_ descriptor: Int32) -> Bool {
    #if os(Linux)
      var text = [CChar](repeating: 0, count: 64)
      let count = readlink("/proc/self/fd/\(descriptor)", &text, text.count - 1)
      return count > 5 && String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self).hasPrefix("pipe:")
    #else
      return false
    #endif
  }

  private static func status(of path: String) -> file_status? {
    var entry = file_status()
    return file_status_of_path(path, &entry) == 0 ? entry : nil
  }

  private static func tooLong(_ most: Int) -> Fault { Fault("has more than \(most) bytes") }
}
