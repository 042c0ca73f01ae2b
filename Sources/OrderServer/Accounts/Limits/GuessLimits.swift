import Shared
import Synchronization

/// Limits how often wrong credentials may be tried from one address.
///
/// Right credentials cost nothing. An address that has tried wrong ones too often is refused for a while, except for the accounts that
/// have been let in from there before: each of those has a limit of its own. So wrong tries from elsewhere lock nobody out, and wrong
/// tries from the same address, which all callers behind a proxy share, lock out nobody who was let in from there before.
final class GuessLimits<Account: Hashable & Sendable>: Sendable {
  /// At most this many guests are remembered.
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

  /// - Parameter burst: how many wrong tries may come at once.
  init(rate: Rate, burst: Int, now: @escaping @Sendable () -> Timestamp) {
    tries = RateLimiter(rate: rate, burst: burst)
    self.now = now
  }

  /// Whether the account has been let in from this address.
  func knows(_ account: Account, from caller: CallerKey) -> Bool {
    guests.withLock { $0.contains(Guest(caller: caller, account: account)) }
  }

  /// A try to be let in. What it is counted under is settled here once, so that what is taken and what is given back is the same also where
  /// the account is let in by another try meanwhile.
  struct Try: Sendable {
    fileprivate let caller: CallerKey
    fileprivate let account: Account?
    fileprivate let isGuest: Bool
  }

  /// Counts nothing yet.
  /// - Parameter account: `nil` where there is no such account, or where it is not known which one is meant.
  func newTry(for account: Account?, from caller: CallerKey) -> Try {
    Try(caller: caller, account: account, isGuest: account.map { knows($0, from: caller) } ?? false)
  }

  /// Does not count the try.
  /// - Returns: how long it is until it is looked at; `nil` where that may be now.
  func wait(_ guess: Try) -> Duration? { tries.wait(for: key(guess), at: now()) }

  /// Counts the try as wrong, which `wasRight` takes back.
  /// - Returns: `nil` where it may be looked at; else how long it is until one may be, and then nothing was counted.
  func take(_ guess: Try) -> Duration? { tries.take(key(guess), at: now()) }

  /// Takes back a try that `take` has counted, and remembers that its account was let in from there.
  func wasRight(_ guess: Try) {
    tries.giveBack(key(guess), at: now())
    if let account = guess.account { welcome(account, from: guess.caller) }
  }

  /// Remembers that the account was let in from this address.
  func welcome(_ account: Account, from caller: CallerKey) {
    guests.withLock { guests in
      // A guest that is forgotten counts as a stranger again, nothing worse.
      if guests.count >= Self.guestLimit, let one = guests.first { guests.remove(one) }
      guests.insert(Guest(caller: caller, account: account))
    }
  }

  private func key(_ guess: Try) -> Key {
    guard guess.isGuest, let account = guess.account else { return .stranger(guess.caller) }
    return .guest(Guest(caller: guess.caller, account: account))
  }
}
