import Foundation

/// What the program says: results on standard output, everything else on standard error.
enum Console {
  /// A line on standard error, whatever becomes of it: a run does not fail because nobody can be told of it.
  static func note(_ text: String) { write("loadgen: \(Legible.text(text))\n", to: STDERR_FILENO) }

  /// - Returns: why not all of it could be written, as an errno; `nil` where it was.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let base = rest.baseAddress, !rest.isEmpty {
        let count = Foundation.write(descriptor, base, rest.count)
        guard count < 0 else {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          // Somebody made it non-blocking: there will be room again.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, 1_000)
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
