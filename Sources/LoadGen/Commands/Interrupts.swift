import Foundation
import Synchronization
import UnixSignals

/// SIGINT, SIGTERM and SIGHUP during a run: the first ends it with what was seen so far, the second ends the program at once.
struct Interrupts: Sendable {
  /// Yields when the run is to end.
  let stream: AsyncStream<Void>
  private let flag: Flag
  private let watching: Task<Void, Never>

  /// - Parameter consequence: what the first one is answered with on standard error.
  static func trapped(consequence: String = "writing the report of what was seen") async -> Interrupts {
    let signals = await UnixSignalsSequence(trapping: [.sigint, .sigterm] + (isHangupIgnored ? [] : [.sighup]))
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let flag = Flag()
    let watching = Task {
      var count = 0
      for await _ in signals {
        count += 1
        guard count == 1 else {
          ServedProgram.endAllAtOnce()
          _exit(Int32(Outcome.interrupted.exitCode))
        }
        flag.isRaised.store(true, ordering: .relaxed)
        // The terminal may be what has gone.
        Console.write("\ninterrupted: \(consequence); once more ends at once\n", to: STDERR_FILENO)
        continuation.yield()
      }
    }
    return Interrupts(stream: stream, flag: flag, watching: watching)
  }

  /// Whether whoever started this program wants it to outlive its terminal, as `nohup` does.
  private static var isHangupIgnored: Bool {
    var action = sigaction()
    guard sigaction(SIGHUP, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #else
      return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #endif
  }

  var isInterrupted: Bool { flag.isRaised.load(ordering: .relaxed) }

  func release() { watching.cancel() }

  private final class Flag: Sendable {
    let isRaised = Atomic(false)
  }
}
