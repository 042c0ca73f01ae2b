import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

/// The program's output: results on standard output, everything else on standard error.
enum Console {
  /// Writes a line to standard error. Failures are ignored: a run does not fail because nobody can be told about it.
  static func note(_ text: String) { write("loadgen: \(Legible.text(text))\n", to: STDERR_FILENO) }

  /// Whether standard output is a terminal that can show colour, and nothing forbids it.
  /// - Parameter isForbidden: by a flag.
  static func usesColour(unless isForbidden: Bool) -> Bool {
    !isForbidden && Paint.isWanted(by: ProcessInfo.processInfo.environment) && isatty(STDOUT_FILENO) == 1
  }

  /// Whether the program is about to end: readers that take no output are then no longer waited for.
  private static let isEnding = Atomic(false)
  /// How long a reader may stand still while the program is ending.
  private static let patience = Duration.seconds(1)
  /// The descriptors, as bits, whose readers have been waited for in vain.
  private static let standing = Atomic<UInt64>(0)

  /// From now on, a reader that takes nothing for a second is treated as gone.
  static func beginEnding() { isEnding.store(true, ordering: .relaxed) }

  /// Waits until something can be written.
  /// - Returns: false where the reader is no longer waited for.
  private static func waitForRoom(_ descriptor: Int32) -> Bool {
    var began: ContinuousClock.Instant?
    let bit: UInt64 = 1 << UInt64(descriptor)
    while true {
      var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let isHopeless = standing.load(ordering: .relaxed) & bit != 0
      let ready = poll(&watched, 1, isHopeless ? 0 : 100)
      // If something is wrong with the descriptor, the write itself reports it.
      if ready > 0 || ready < 0 && errno != EINTR { return true }
      if isHopeless { return false }
      guard isEnding.load(ordering: .relaxed) else { continue }
      if let began, began.duration(to: .now) >= patience { standing.bitwiseOr(bit, ordering: .relaxed) }
      began = began ?? .now
    }
  }

  /// Writes the whole text.
  /// - Returns: the errno of what prevented that; `nil` where all was written.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let base = rest.baseAddress, !rest.isEmpty {
        guard waitForRoom(descriptor) else { return EPIPE }
        // A pipe that is ready takes this much at once, so that the write does not block halfway.
        let count = Foundation.write(descriptor, base, min(rest.count, 512))
        guard count < 0 else {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          continue
        }
        switch errno {
        case EINTR: continue
        // Somebody made the descriptor non-blocking: there will be room again.
        case EAGAIN: usleep(10_000)
        case let number: return number
        }
      }
      return nil
    }
  }

  /// Writes to standard output, after what was printed before. What the runner of a CI job would take for commands is none.
  /// - Throws: `Unwritable` where the text does not arrive. A reader that has gone is not a failure: it wants no more results.
  static func result(_ text: String) throws(Unwritable) {
    try flush()
    try Unwritable.check(write(RunnerText.withoutCommands(text), to: STDOUT_FILENO))
  }

  /// Returns once everything that was printed has been handed to the system.
  /// - Throws: as `result` does.
  static func flush() throws(Unwritable) { try Unwritable.check(fflush(nil) == 0 ? nil : errno) }

  /// Standard output does not take anything more.
  struct Unwritable: Error, CustomStringConvertible {
    let number: Int32

    var description: String { "standard output cannot be written: \(String(cString: strerror(number)))" }

    /// - Throws: where there is an errno that does not mean that the reader has gone.
    fileprivate static func check(_ number: Int32?) throws(Unwritable) {
      if let number, number != EPIPE, number != EIO, number != EBADF { throw Unwritable(number: number) }
    }
  }
}
