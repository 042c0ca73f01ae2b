import Dispatch
import Synchronization

/// Hashes passwords on a few threads of its own, so that neither event loops nor order processing ever wait for one.
///
/// The number of waiting passwords is limited, so that a flood costs a bounded share of the machine and bounded memory. Addresses take
/// turns, separately for logins and for registrations. Where there is no room, the newest request of whoever has most waiting is refused.
final class PasswordHasher: Sendable {
  /// Requests of one lane wait behind each other; the lanes take turns.
  enum Lane: Hashable, Sendable {
    case login(CallerKey)
    case registration(CallerKey)
  }

  private struct Job: Sendable {
    /// - Returns: what answers the caller. Called after the job's place has become free, so that a caller who has its answer finds it free.
    var work: @Sendable () -> @Sendable () -> Void
    var refuse: @Sendable () -> Void
  }

  private struct State {
    var waiting = FairQueue<Lane, Job>()
    var running = 0
    /// Threads that have been asked for and have not found the queue empty yet.
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
  ///   - threads: how many passwords are hashed at the same time. Each takes the memory that its cost demands.
  ///   - room: how many more may wait.
  init(cost: ScryptCost = .standard, threads: Int = 2, room: Int = 128) {
    self.cost = cost
    self.threads = threads
    self.room = room
    decoy = PasswordHash(fittingNothing: cost)
  }

  /// How many hashes have been begun. Tests see by it, without a clock, what an attacker could see by measuring time.
  var derivations: Int { state.withLock(\.derivations) }

  /// - Throws: `AccountError.busy`.
  func hash(_ password: String, in lane: Lane) async throws -> PasswordHash {
    try await perform(in: lane) { [cost] in try PasswordHash(password, cost: cost) }
  }

  /// Whether the password is that of the account. Where there is no account it never is, and that takes as long to find out.
  /// - Parameter admit: called when the job's turn has come. An error that it throws becomes the answer, without any hashing. It is called
  ///   that late so that a try is counted only when it is looked at.
  /// - Throws: `AccountError.busy`; what `admit` throws.
  func fits(
    _ password: String, _ hash: PasswordHash?, in lane: Lane, admit: @escaping @Sendable () throws -> Void = {}
  ) async throws -> Bool {
    // A text that nobody can have as a password is not hashed itself: an empty one cannot be, and a long one need not be.
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
            // Counted when it begins, so that it can be seen while it lasts.
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
