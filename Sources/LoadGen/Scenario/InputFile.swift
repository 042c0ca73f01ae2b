import CPolling
import CoreFoundation
import Foundation
import Shared

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads what a user named as a file, which may also be a pipe that another program writes to, or something that would never end.
enum InputFile {
  /// Why nothing can be read: completes a sentence that begins with the path.
  struct Fault: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// How long a pipe may stay silent before reading is given up.
  static let patience = Duration.seconds(10)

  /// The whole content. `/dev/null` is empty; other devices are refused.
  /// - Parameters:
  ///   - most: how many bytes are accepted.
  ///   - patience: how long a pipe may stay silent.
  /// - Throws: `Fault`.
  static func read(_ path: String, most: Int, patience: Duration = InputFile.patience) throws(Fault) -> Data {
    // Opening a pipe that nobody writes to would otherwise block.
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

  /// Whether it is a regular file.
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
        // While a pipe has no writer, `poll` does not wait: it reports the pipe's end at once.
        if count == 0 { usleep(20_000) }
      }
    }
  }

  /// Whether the end that was read may only mean that nobody has opened this pipe for writing yet.
  private static func isEmptyPipe(_ descriptor: Int32) -> Bool {
    var entry = file_status()
    guard file_status_of_descriptor(descriptor, &entry) == 0 else { return false }
    // Somebody may still open a named pipe; for one without a name there is nobody left who could write to it.
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
