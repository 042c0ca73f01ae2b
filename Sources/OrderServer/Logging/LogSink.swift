import Dispatch
import Foundation
import NIOCore
import Synchronization

/// Writes lines to a file descriptor from a thread of its own, so that a reader that stands still stops nobody who logs.
///
/// The amount that waits to be written is bounded. Lines beyond it are dropped, and their number is logged as soon as there is room.
final class LogSink: Sendable {
  /// At most this many bytes wait to be written.
  static let limit = 1 << 20

  private struct State {
    var waiting = ByteBuffer()
    var dropped = 0
    var isWriting = false
  }

  private let state = Mutex(State())
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "log", qos: .utility)
  private let notice: @Sendable (Int) -> ByteBuffer

  /// - Parameters:
  ///   - descriptor: must stay open for as long as anything is logged.
  ///   - notice: makes the line that says how many lines were dropped.
  init(descriptor: Int32 = STDERR_FILENO, notice: @escaping @Sendable (Int) -> ByteBuffer) {
    self.descriptor = descriptor
    self.notice = notice
  }

  /// Takes a whole line, or drops it. Never waits.
  func add(_ line: ByteBuffer) {
    let mustStart = state.withLock { state in
      guard state.waiting.readableBytes + line.readableBytes <= Self.limit else {
        state.dropped += 1
        return false
      }
      state.waiting.writeImmutableBuffer(line)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if mustStart { queue.async { self.work() } }
  }

  /// Waits until everything that was added has been written, but not longer than the limit.
  /// - Returns: whether it has been written.
  @discardableResult
  func flush(within limit: Duration) -> Bool {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    return done.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1)))) == .success
  }

  private func work() {
    while let text = next() { deliver(text.readableBytesView) }
  }

  private func next() -> ByteBuffer? {
    state.withLock { state in
      if state.dropped > 0 { state.waiting.writeImmutableBuffer(notice(state.dropped)) }
      state.dropped = 0
      guard state.waiting.readableBytes > 0 else {
        state.isWriting = false
        return nil
      }
      defer { state.waiting = ByteBuffer() }
      return state.waiting
    }
  }

  /// Blocks for as long as the reader takes nothing. What cannot be written at all is dropped.
  private func deliver(_ bytes: ByteBufferView) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written < 0, errno == EAGAIN {
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&watched, 1, -1)
        if watched.revents & Int16(POLLOUT) == 0 { return }
      } else if written == 0 || errno != EINTR {
        return
      }
    }
  }
}
