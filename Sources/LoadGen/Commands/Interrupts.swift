import Foundation
import UnixSignals

/// SIGINT and SIGTERM during a run: the first ends it with what was seen so far, the second ends the program at once.
struct Interrupts: Sendable {
  let stream: AsyncStream<Void>
  private let watching: Task<Void, Never>

  static func trapped() async -> Interrupts {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let watching = Task {
      var count = 0
      for await _ in signals {
        count += 1
        guard count == 1 else { _exit(Int32(Outcome.interrupted.exitCode)) }
        FileHandle.standardError.write(Data("\ninterrupted: writing the report of what was seen; once more ends at once\n".utf8))
        continuation.yield()
      }
    }
    return Interrupts(stream: stream, watching: watching)
  }

  func release() { watching.cancel() }
}
