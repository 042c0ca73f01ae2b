import Shared
import Synchronization

/// How often wrong credentials may be tried from one address.
///
/// What is right costs nothing. An address that has tried too often is not looked at for a while, but for the accounts that have been let in
/// from there before: each of those has a limit of its own. So wrong tries from elsewhere keep nobody out, and wrong tries from the same
/// address (as all are behind a proxy) nobody who was there already.
final class GuessLimits<Account: Hashable & Sendable>: Sendable {
  /// How many guests are remembered.
  private static var guestLimit: Int { 16_384 }

  /// An account that was let in from an address.
  private struct Guest: Hashable {
    var caller: CallerKey
    var account: Account
  }

  /// What a try is counted under.
  private enum Key: Hashable {
    case stranger(CallerKey)
    case guest(Guest)
  }

  private let tries: RateLimiter<Key>
  private let guests = Mutex<Set<Guest>>([])
  private let now: @Sendable () -> Timestamp

  /// - Parameter burst: how many may come at once.
  init(rate: Rate, burst: Int, now: @escaping @Sendable () -> Timestamp) {
    tries = RateLimiter(rate: rate, burst: burst)
    self.now = now
  }

  /// Whether the account has been let in from there.
  func knows(_ account: Account, from caller: CallerKey) -> Bool {
    guests.withLock { $0.contains(Guest(caller: caller, account: account)) }
  }

  /// - Parameter account: `nil` where there is no such account, or nobody knows which one is meant.
  /// - Returns: how long it is until a try is looked at; `nil` where it may be now. Nothing is counted.
  func wait(for account: Account?, from caller: CallerKey) -> Duration? { tries.wait(for: key(account, caller), at: now()) }

  /// Counts a try, until it turns out to be right.
  /// - Returns: how long it is until one is looked at, and then nothing was counted; `nil` where this one is.
  func take(for account: Account?, from caller: CallerKey) -> Duration? { tries.take(key(account, caller), at: now()) }

  /// The try that was counted was right.
  func wasRight(for account: Account, from caller: CallerKey) {
    tries.giveBack(key(account, caller), at: now())
    welcome(account, from: caller)
  }

  func welcome(_ account: Account, from caller: CallerKey) {
    guests.withLock { guests in
      // Who is forgotten counts as a stranger again, no more.
      if guests.count >= Self.guestLimit, let one = guests.first { guests.remove(one) }
      guests.insert(Guest(caller: caller, account: account))
    }
  }

  private func key(_ account: Account?, _ caller: CallerKey) -> Key {
    guard let account, knows(account, from: caller) else { return .stranger(caller) }
    return .guest(Guest(caller: caller, account: account))
  }
}
