import Dispatch
import Synchronization

/// Lets one thread do in one go what many tasks ask for: while it works on one batch, the next gathers.
///
/// A batch holds all that was waiting when it began, in the order in which it was asked for. It is never waited for:
/// a single request is a batch of one.
final class Gatherer<Job: Sendable>: Sendable {
  private struct State {
    var waiting: [Job] = []
    var isWorking = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let perform: @Sendable ([Job]) -> Void

  /// - Parameter perform: called on one thread at a time, with at least one job; may block.
  init(label: String, perform: @escaping @Sendable ([Job]) -> Void) {
    queue = DispatchQueue(label: label, qos: .userInitiated)
    self.perform = perform
  }

  /// - Returns: false where it is closed, and then the job is never done.
  func add(_ job: Job) -> Bool {
    let (isOpen, mustStart) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.waiting.append(job)
      defer { state.isWorking = true }
      return (true, !state.isWorking)
    }
    if mustStart { queue.async { self.work() } }
    return isOpen
  }

  /// Takes no more jobs, and returns when all have been done that it had taken.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume() }
    }
  }

  private func work() {
    while let batch = nextBatch() { perform(batch) }
  }

  private func nextBatch() -> [Job]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isWorking = false
        return nil
      }
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
