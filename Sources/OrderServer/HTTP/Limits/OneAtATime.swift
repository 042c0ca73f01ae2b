import Synchronization

/// Lets one task in at a time, in the order in which they came. A task that is cancelled while it waits gives up its place.
final class OneAtATime: Sendable {
  private struct State {
    var isBusy = false
    var latest = 0
    var waiting: [(number: Int, enter: CheckedContinuation<Bool, Never>)] = []
  }

  private let state = Mutex(State())

  /// For tests: how many tasks wait.
  var waitingCount: Int { state.withLock(\.waiting.count) }

  /// - Throws: `CancellationError` where the task is cancelled before its turn; what `body` throws.
  func perform<Value>(_ body: () async throws -> Value) async throws -> Value {
    guard await enter() else { throw CancellationError() }
    defer { leave() }
    return try await body()
  }

  private func enter() async -> Bool {
    let number = state.withLock { state in
      state.latest += 1
      return state.latest
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isAllowed: Bool? = state.withLock { state in
          // Checked inside the lock: a cancellation that comes later finds the task waiting.
          if Task.isCancelled { return false }
          guard state.isBusy else {
            state.isBusy = true
            return true
          }
          state.waiting.append((number, continuation))
          return nil
        }
        if let isAllowed { continuation.resume(returning: isAllowed) }
      }
    } onCancel: {
      let found = state.withLock { state in
        state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
      }
      found?.enter.resume(returning: false)
    }
  }

  private func leave() {
    let next = state.withLock { state in
      state.isBusy = !state.waiting.isEmpty
      return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
    next?.enter.resume(returning: true)
  }
}
