import Shared
import Synchronization

/// Accounts in memory: gone when the program ends.
final class MemoryAccountStore: AccountStore {
  private struct Line {
    var account: Account.ID
    /// The only token of the line that may still be used.
    var current: RefreshToken
  }

  private struct State {
    var accounts: [(account: Account, password: PasswordHash)] = []
    /// Keyed by the email in lower case.
    var ids: [ByteText: Account.ID] = [:]
    /// Keyed by number. A line that is no longer valid is removed.
    var lines: [Int: Line] = [:]
    var nextLine = 0
    /// Keyed by the token's hash: which line a token belongs to, used or not.
    var tokens: [[UInt8]: (line: Int, expiresAt: Timestamp)] = [:]
    var isClosed = false

    subscript(id: Account.ID) -> (account: Account, password: PasswordHash)? {
      id >= 1 && id <= accounts.count ? accounts[Int(id) - 1] : nil
    }
  }

  private let state = Mutex(State())

  func register(_ registration: Registration) async throws -> Account? {
    try withOpenState { state in
      let key = ByteText(registration.email.lowercased())
      guard state.ids[key] == nil else { return nil }
      let account = Account(id: Account.ID(state.accounts.count + 1), name: registration.name, email: registration.email)
      state.accounts.append((account, registration.password))
      state.ids[key] = account.id
      return account
    }
  }

  func login(email: String) async throws -> (account: Account, password: PasswordHash)? {
    try withOpenState { state in state.ids[ByteText(email.lowercased())].flatMap { state[$0] } }
  }

  func account(_ id: Account.ID) async throws -> Account? {
    try withOpenState { $0[id]?.account }
  }

  func add(_ token: RefreshToken, for account: Account.ID, at now: Timestamp) async throws {
    try withOpenState { state in
      let expired = state.tokens.filter { $0.value.expiresAt <= now }
      for (hash, token) in expired {
        state.tokens[hash] = nil
        if state.lines[token.line]?.current.hash == hash { state.lines[token.line] = nil }
      }
      state.lines[state.nextLine] = Line(account: account, current: token)
      state.tokens[token.hash] = (state.nextLine, token.expiresAt)
      state.nextLine += 1
    }
  }

  func rotate(_ hash: [UInt8], to next: RefreshToken, at now: Timestamp) async throws -> Rotation {
    try withOpenState { state in
      guard let token = state.tokens[hash], token.expiresAt > now, let line = state.lines[token.line] else { return .unknown }
      guard line.current.hash == hash else {
        state.lines[token.line] = nil
        return .replayed
      }
      guard let account = state[line.account]?.account else { return .unknown }
      state.lines[token.line]?.current = next
      state.tokens[next.hash] = (token.line, next.expiresAt)
      return .rotated(account)
    }
  }

  func close() async {
    state.withLock { $0 = State(isClosed: true) }
  }

  private func withOpenState<Value: Sendable>(_ body: (inout State) throws -> Value) throws -> Value {
    try state.withLock { state in
      guard !state.isClosed else { throw StoreError.closed }
      return try body(&state)
    }
  }
}
