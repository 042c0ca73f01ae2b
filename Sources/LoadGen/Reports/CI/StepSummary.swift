import Foundation
import LoadRun

/// The page that GitHub shows of a job's step: a Markdown file to which any program of the step may append.
enum StepSummary {
  /// The runner shows nothing of a longer file, in bytes: 1 MiB.
  static let most = 1 << 20

  /// Why nothing was appended.
  struct Unwritable: Error, Equatable, CustomStringConvertible {
    let description: String

    fileprivate init(_ path: String, _ problem: String) {
      description = "the job's summary (GITHUB_STEP_SUMMARY, \(Legible.line(path, limit: 4_096))) \(problem)"
    }
  }

  /// Appends a text after what other programs have written, which stays whatever happens.
  /// - Throws: `Unwritable` where it does not fit, or cannot be written as a whole; of half a text nothing is left.
  static func append(_ text: String, to path: String) throws(Unwritable) {
    // Opening a pipe that nobody reads would otherwise block.
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    // A pipe has no end to be found: it is empty.
    let before = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    // What stands there may not end its paragraph, or its line.
    let bytes = Array(((before == 0 ? "" : "\n\n") + text).utf8)
    guard before + bytes.count <= most else {
      throw Unwritable(path, "has \(before) bytes, and would have more than the \(most) that GitHub shows")
    }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written) }
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        let number = count == 0 ? ENOSPC : errno
        // Only where nobody else has written since.
        if Int(lseek(descriptor, 0, SEEK_END)) == before + written { ftruncate(descriptor, off_t(before)) }
        throw unwritable(path, number)
      }
    }
  }

  private static func unwritable(_ path: String, _ number: Int32) -> Unwritable {
    Unwritable(path, "cannot be written: \(String(cString: strerror(number)))")
  }
}
