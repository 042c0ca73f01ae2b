import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

// DispatchSourceSignal is created and cancelled in one place, and its handler uses only atomics.
@preconcurrency import Dispatch

/// SIGINT, SIGTERM and SIGHUP during a run: the first one ends the run with what has been seen so far, the second ends the program at once.
///
/// They are handled on a thread of their own, whatever all other threads are doing. If the run does not end in time after the first signal,
/// because something computes endlessly, the program ends without a report.
struct Interrupts: Sendable {
  private let state: State
  private let sources: [any DispatchSourceSignal]

  /// How far a run has come, which decides what would be lost if the program ended now.
  enum Phase: Int {
    /// No order has been sent: nothing would be lost.
    case opening
    case running
    /// The run has ended, and is being reported.
    case reporting
  }

  /// How long after the first signal a run may take to end.
  static let patience = Duration.seconds(2)
  /// The same, where other programs keep this one from the processor.
  static let patienceStarved = Duration.seconds(10)

  /// Handles the signals from now on, until `release` is called.
  /// - Parameter consequence: what standard error is told that the first signal leads to.
  static func trapped(consequence: String = "writing the report of what was seen") -> Interrupts {
    let state = State()
    // A queue of its own gets a thread at once.
    let queue = DispatchQueue(label: "signals", qos: .userInteractive)
    let sources = ([SIGINT, SIGTERM] + (isHangupIgnored ? [] : [SIGHUP])).map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { state.heard(consequence) }
      source.resume()
      return source
    }
    return Interrupts(state: state, sources: sources)
  }

  /// Yields when the run that begins now is to be ended: at once, where it was asked for before. Only the latest one does.
  var stream: AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    state.run.withLock { $0 = continuation }
    if isInterrupted { continuation.yield() }
    return stream
  }

  /// Whether SIGHUP is ignored, because whoever started this program wants it to outlive its terminal, as `nohup` does.
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

  /// Says how far the run has come.
  func enter(_ phase: Phase) { state.phase.store(phase.rawValue, ordering: .relaxed) }

  /// Stops handling the signals. They stay ignored.
  func release() { for source in sources { source.cancel() } }

  private final class State: Sendable {
    let count = Atomic(0)
    let phase = Atomic(Phase.opening.rawValue)
    /// Ends the run that is going on. A lock, as signals are handled on a thread of their own.
    let run = Mutex<AsyncStream<Void>.Continuation?>(nil)

    func heard(_ consequence: String) {
      guard count.add(1, ordering: .relaxed).newValue == 1 else { Self.endAtOnce() }
      Console.beginEnding()
      _ = run.withLock { $0?.yield() }
      Thread.detachNewThread { self.watch() }
      // The terminal may be gone, or its reader may stand still: so this is the last step.
      Console.write("\ninterrupted: \(consequence); once more ends at once\n", to: STDERR_FILENO)
    }

    /// Ends the program if the run does not end by itself.
    private func watch() {
      let (began, spent) = (ContinuousClock.now, clock())
      while phase.load(ordering: .relaxed) != Phase.reporting.rawValue {
        usleep(50_000)
        let waited = began.duration(to: .now)
        guard waited >= patience else { continue }
        // A program that had the processor for most of that time is not being kept from ending by others.
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
