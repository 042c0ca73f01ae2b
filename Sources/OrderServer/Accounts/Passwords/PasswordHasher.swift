import Dispatch
import Synchronization

/// Hashes passwords on few threads of their own, so that neither event loops nor order processing ever wait for one.
///
/// Few may wait, so that a flood costs a bounded share of the machine and bounded memory. Each address has a turn, for logins and for
/// registrations apart: where there is no room, who has asked for most is refused at once.
final class PasswordHasher: Sendable {
  /// Whose turn it is.
  enum Lane: Hashable, Sendable {
    case login(CallerKey)
    case registration(CallerKey)
  }

  private struct Job: Sendable {
    /// - Returns: what tells the one who asked. Called when the job's place is free again, so that whoever has an answer finds it free.
    var work: @Sendable () -> @Sendable () -> Void
    var refuse: @Sendable () -> Void
  }

  private struct State {
    var waiting = FairQueue<Lane, Job>()
    var running = 0
    /// Threads that have been asked for, and have not found the queue empty yet.
    var threads = 0
    var derivations = 0
  }

  private let cost: ScryptCost
  private let threads: Int
  private let room: Int
  /// Tried where there is no account.
  private let decoy: PasswordHash
  private let queue = DispatchQueue(label: "passwords", qos: .utility, attributes: .concurrent)
  private let state = Mutex(State())

  /// - Parameters:
  ///   - threads: how many passwords are worked on at the same time. Each takes the memory that the cost says.
  ///   - room: how many more may wait.
  init(cost: ScryptCost = .standard, threads: Int = 2, room: Int = 128) {
    self.cost = cost
    self.threads = threads
    self.room = room
    decoy = PasswordHash(fittingNothing: cost)
  }

  /// How many passwords have been worked on: what an attacker's clock sees, without a clock.
  var derivations: Int { state.withLock(\.derivations) }

  /// - Throws: `AccountError.busy`.
  func hash(_ password: String, in lane: Lane) async throws -> PasswordHash {
    try await perform(in: lane) { [cost] in try PasswordHash(password, cost: cost) }
  }

  /// Whether the password is that of the account; it never is where there is none, which takes as long to find out.
  /// - Parameter admit: asked when it is its turn, and throws what is answered without working on it: who waits for long is not to be
  ///   counted before.
  /// - Throws: `AccountError.busy`; what `admit` throws.
  func fits(
    _ password: String, _ hash: PasswordHash?, in lane: Lane, admit: @escaping @Sendable () throws -> Void = {}
  ) async throws -> Bool {
    // What cannot be a password of anyone is not worked on as it is: an empty one cannot be, and a long one need not be.
    let isPossible = AccountRules.canBePassword(password)
    let tried = isPossible ? password : "no password"
    let target = hash ?? decoy
    let isFitting = try await perform(in: lane, admit: admit) { try target.fits(tried) }
    return isFitting && hash != nil && isPossible
  }

  private func perform<Value: Sendable>(
    in lane: Lane, admit: @escaping @Sendable () throws -> Void = {}, _ derive: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enter(
        Job(
          work: {
            do { try admit() } catch { return { continuation.resume(throwing: error) } }
            // Counted when it begins: whoever watches wants to know of it while it lasts.
            self.state.withLock { $0.derivations += 1 }
            let result = Result(catching: derive)
            return { continuation.resume(with: result) }
          },
          refuse: { continuation.resume(throwing: AccountError.busy(retryAfter: .seconds(1))) }), in: lane)
    }
  }

  private func enter(_ job: Job, in lane: Lane) {
    let (displaced, mustStart) = state.withLock { state in
      let displaced = state.waiting.add(job, to: lane, room: threads + room - state.running)
      let mustStart = !state.waiting.isEmpty && state.threads < threads
      if mustStart { state.threads += 1 }
      return (displaced, mustStart)
    }
    if mustStart { queue.async { self.work() } }
    displaced?.refuse()
  }

  private func work() {
    while let job = next() {
      let answer = job.work()
      state.withLock { $0.running -= 1 }
      answer()
    }
  }

  private func next() -> Job? {
    state.withLock { state in
      guard let job = state.waiting.next() else {
        state.threads -= 1
        return nil
      }
      state.running += 1
      return job
    }
  }
}
