import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

/// What the program says: results on standard output, everything else on standard error.
enum Console {
  /// A line on standard error, whatever becomes of it: a run does not fail because nobody can be told of it.
  static func note(_ text: String) { write("loadgen: \(Legible.text(text))\n", to: STDERR_FILENO) }

  /// Whether the program is to end: whoever takes nothing of what it says is then not waited for any longer.
  private static let isEnding = Atomic(false)
  private static let patience = Duration.seconds(1)
  /// The descriptors, as bits, whose readers were waited for in vain.
  private static let standing = Atomic<UInt64>(0)

  /// From now on a reader that stands still is taken for one that has gone, after a second.
  static func beginEnding() { isEnding.store(true, ordering: .relaxed) }

  /// Waits until something can be written.
  /// - Returns: false where that is not waited for any longer.
  private static func waitForRoom(_ descriptor: Int32) -> Bool {
    var began: ContinuousClock.Instant?
    let bit: UInt64 = 1 << UInt64(descriptor)
    while true {
      var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let isHopeless = standing.load(ordering: .relaxed) & bit != 0
      let ready = poll(&watched, 1, isHopeless ? 0 : 100)
      // What is wrong with it, the write itself tells.
      if ready > 0 || ready < 0 && errno != EINTR { return true }
      if isHopeless { return false }
      guard isEnding.load(ordering: .relaxed) else { continue }
      if let began, began.duration(to: .now) >= patience { standing.bitwiseOr(bit, ordering: .relaxed) }
      began = began ?? .now
    }
  }

  /// - Returns: why not all of it could be written, as an errno; `nil` where it was.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let base = rest.baseAddress, !rest.isEmpty {
        guard waitForRoom(descriptor) else { return EPIPE }
        // A pipe that has room takes as much at once, and keeps nobody waiting in the middle of it.
        let count = Foundation.write(descriptor, base, min(rest.count, 512))
        guard count < 0 else {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          continue
        }
        switch errno {
        case EINTR: continue
        // Somebody made it non-blocking: there will be room again.
        case EAGAIN: usleep(10_000)
        case let number: return number
        }
      }
      return nil
    }
  }

  /// Results go to standard output, after what was printed before.
  /// - Throws: `Unwritable` where they do not arrive. Whoever has stopped reading wants no more of them: that is no fault.
  static func result(_ text: String) throws(Unwritable) {
    try flush()
    try Unwritable.check(write(text, to: STDOUT_FILENO))
  }

  /// What was printed has arrived when this returns.
  static func flush() throws(Unwritable) { try Unwritable.check(fflush(nil) == 0 ? nil : errno) }

  /// Standard output takes nothing more.
  struct Unwritable: Error, CustomStringConvertible {
    let number: Int32

    var description: String { "standard output cannot be written: \(String(cString: strerror(number)))" }

    /// - Throws: where the errno is one, and not that of a reader that has gone.
    fileprivate static func check(_ number: Int32?) throws(Unwritable) {
      if let number, number != EPIPE, number != EIO, number != EBADF { throw Unwritable(number: number) }
    }
  }
}
