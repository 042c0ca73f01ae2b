import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

// DispatchSourceSignal is made and cancelled in one place, and its handler touches atomics alone.
@preconcurrency import Dispatch

/// SIGINT, SIGTERM and SIGHUP during a run: the first ends it with what was seen so far, the second ends the program at once.
///
/// They are heard on a thread of their own, whatever all others are doing. Where the run has not come to its end in time after the first,
/// because something computes without end, the program ends without it.
struct Interrupts: Sendable {
  /// Yields when the run is to end.
  let stream: AsyncStream<Void>
  private let state: State
  private let sources: [any DispatchSourceSignal]

  /// How far a run has come, for what there is to be lost.
  enum Phase: Int {
    /// No order was sent: there is nothing to be told.
    case opening
    case running
    /// All was seen, and is being reported.
    case reporting
  }

  /// How long after the first signal a run may take to end.
  static let patience = Duration.seconds(2)
  /// How long where something else keeps the processor from it.
  static let patienceStarved = Duration.seconds(10)

  /// - Parameter consequence: what the first one is answered with on standard error.
  static func trapped(consequence: String = "writing the report of what was seen") -> Interrupts {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let state = State()
    // A queue of its own has a thread at once.
    let queue = DispatchQueue(label: "signals", qos: .userInteractive)
    let sources = ([SIGINT, SIGTERM] + (isHangupIgnored ? [] : [SIGHUP])).map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { state.heard(consequence) { continuation.yield() } }
      source.resume()
      return source
    }
    return Interrupts(stream: stream, state: state, sources: sources)
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

  var isInterrupted: Bool { state.count.load(ordering: .relaxed) > 0 }

  func enter(_ phase: Phase) { state.phase.store(phase.rawValue, ordering: .relaxed) }

  func release() { for source in sources { source.cancel() } }

  private final class State: Sendable {
    let count = Atomic(0)
    let phase = Atomic(Phase.opening.rawValue)

    func heard(_ consequence: String, _ end: () -> Void) {
      guard count.add(1, ordering: .relaxed).newValue == 1 else { Self.endAtOnce() }
      Console.beginEnding()
      end()
      Thread.detachNewThread { self.watch() }
      // The terminal may be what has gone, or its reader what stands still.
      Console.write("\ninterrupted: \(consequence); once more ends at once\n", to: STDERR_FILENO)
    }

    /// Ends the program where the run does not end by itself.
    private func watch() {
      let (began, spent) = (ContinuousClock.now, clock())
      while phase.load(ordering: .relaxed) != Phase.reporting.rawValue {
        usleep(50_000)
        let waited = began.duration(to: .now)
        guard waited >= patience else { continue }
        // Who computes for most of that time is not kept from ending by others.
        let seconds = Double(clock() - spent) / Double(CLOCKS_PER_SEC)
        let isBusy = seconds >= patience.seconds * 0.75
        guard isBusy || waited >= patienceStarved || phase.load(ordering: .relaxed) == Phase.opening.rawValue else { continue }
        Console.note("the run does not come to its end within \(waited.text): ended without a report")
        Self.endAtOnce()
      }
    }

    private static func endAtOnce() -> Never {
      ServedProgram.endAllAtOnce()
      _exit(Int32(Outcome.interrupted.exitCode))
    }
  }
}
