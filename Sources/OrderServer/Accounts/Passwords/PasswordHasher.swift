import Dispatch
import Synchronization

/// Hashes passwords on few threads of their own, so that neither event loops nor order processing ever wait for one.
///
/// Who finds too many waiting is refused at once: a flood of logins costs a bounded share of the machine, and bounded memory.
final class PasswordHasher: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var working = 0
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
  init(cost: ScryptCost = .standard, threads: Int = 2, room: Int = 32) {
    self.cost = cost
    self.threads = threads
    self.room = room
    decoy = PasswordHash(fittingNothing: cost)
  }

  /// How many passwords have been worked on: what an attacker's clock sees, without a clock.
  var derivations: Int { state.withLock(\.derivations) }

  /// - Throws: `AccountError.busy`.
  func hash(_ password: String) async throws -> PasswordHash {
    try await perform { [cost] in try PasswordHash(password, cost: cost) }
  }

  /// Whether the password is that of the account; it never is where there is none, which takes as long to find out.
  /// - Throws: `AccountError.busy`.
  func fits(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
    // What cannot be a password of anyone is not worked on as it is: an empty one cannot be, and a long one need not be.
    let isPossible = AccountRules.canBePassword(password)
    let tried = isPossible ? password : "no password"
    let target = hash ?? decoy
    let isFitting = try await perform { try target.fits(tried) }
    return isFitting && hash != nil && isPossible
  }

  private func perform<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = enter { continuation.resume(with: Result(catching: work)) }
      if !isTaken { continuation.resume(throwing: AccountError.busy(retryAfter: .seconds(1))) }
    }
  }

  /// - Returns: false where there is no room.
  private func enter(_ job: @escaping @Sendable () -> Void) -> Bool {
    let (isTaken, mustStart) = state.withLock { state in
      let isIdle = state.working < threads
      guard isIdle || state.waiting.count < room else { return (false, false) }
      state.waiting.append(job)
      if isIdle { state.working += 1 }
      return (true, isIdle)
    }
    if mustStart { queue.async { self.work() } }
    return isTaken
  }

  private func work() {
    while let job = next() { job() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.working -= 1
        return nil
      }
      state.derivations += 1
      return state.waiting.removeFirst()
    }
  }
}
