import Dispatch
import Synchronization

/// Group commit: a few threads do in batches what many tasks ask for one by one, so that the tasks of a batch share the cost of one
/// transaction.
///
/// A batch holds all jobs that were waiting when it began, in the order in which they were added. It never waits for more jobs: a single
/// job is a batch of one. While a batch is being worked on, the next one fills.
final class GroupCommitter<Job: Sendable>: Sendable {
  private struct State {
    var waiting: [Job] = []
    var working = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let lanes: Int
  private let queue: DispatchQueue
  private let perform: @Sendable ([Job]) -> Void

  /// - Parameters:
  ///   - lanes: how many batches may be worked on at the same time.
  ///   - perform: called with at least one job, on as many threads at a time as there are lanes; may block.
  init(label: String, lanes: Int = 1, perform: @escaping @Sendable ([Job]) -> Void) {
    queue = DispatchQueue(label: label, qos: .userInitiated, attributes: .concurrent)
    self.lanes = lanes
    self.perform = perform
  }

  /// Adds the job to the next batch.
  /// - Returns: `false` after `close()`, and then the job is never done.
  func add(_ job: Job) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.waiting.append(job)
      if state.working < lanes {
        state.working += 1
        // Queued under the lock, so that `close` cannot come between and not wait for it.
        queue.async { self.work() }
      }
      return true
    }
  }

  /// Takes no more jobs, and returns when all jobs that it took have been done.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      queue.async(flags: .barrier) { continuation.resume() }
    }
  }

  private func work() {
    while let batch = nextBatch() { perform(batch) }
  }

  private func nextBatch() -> [Job]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.working -= 1
        return nil
      }
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}

/// A job for a database. It is done in one transaction with the other jobs of its batch, and its caller is answered when that transaction
/// has ended.
struct StoreRequest<Access>: Sendable {
  /// Gives the caller the result. An error that is passed here has undone the whole transaction, and becomes the result.
  typealias Answer = @Sendable ((any Error)?) -> Void

  /// Does the job inside the transaction.
  /// - Throws: an error that undoes the whole transaction. An error of this job alone is not thrown, but kept for its answer.
  let perform: @Sendable (Access) throws -> Answer
  /// Tells the caller that the job was not done, and why.
  let refuse: @Sendable (any Error) -> Void
}

extension GroupCommitter {
  /// Does `body` in the next batch.
  /// - Throws: `StoreError.closed`; a `StoreError` that `body` throws, which leaves the rest of the batch alone; or the error that undid
  ///   the whole batch, such as any other that `body` throws.
  func submit<Access, Value: Sendable>(
    _ body: @escaping @Sendable (Access) throws -> Value
  ) async throws -> Value where Job == StoreRequest<Access> {
    try await withCheckedThrowingContinuation { continuation in
      let request = StoreRequest<Access>(
        perform: { access in
          let result: Result<Value, any Error>
          do {
            result = .success(try body(access))
          } catch let error as StoreError {
            result = .failure(error)
          }
          return { undoing in
            if let undoing { continuation.resume(throwing: undoing) } else { continuation.resume(with: result) }
          }
        },
        refuse: { continuation.resume(throwing: $0) })
      if !add(request) { continuation.resume(throwing: StoreError.closed) }
    }
  }
}
