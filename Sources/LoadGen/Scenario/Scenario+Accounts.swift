import Foundation
import Shared

extension Scenario {
  /// The most accounts that a run can have, given or made.
  static let mostAccounts = 10_000
  /// The longest file of accounts that is read, in bytes.
  private static let largestFile = 16 << 20

  /// Whether a header given by the user already identifies the caller.
  private var isNamedByHeader: Bool {
    let name = dialect.authentication.requestHeader.lowercased()
    return headers.contains { $0.name.lowercased() == name }
  }

  /// Whether the accounts get tokens by logging in.
  var logsIn: Bool {
    if case .bearer = dialect.authentication, !isNamedByHeader { true } else { false }
  }

  /// Settles who sends the orders: accounts from a file, a single one from a setting, or new ones made for this run where the target lets
  /// anybody register.
  mutating func takeAccounts(_ settings: SettingLayers) throws(ConfigurationError) {
    let single = try settings.value(.user) { try Credentials(text: $0) }
    let several = try settings.value(.userFile) { try Self.accounts(file: $0) } ?? []
    guard single == nil || several.isEmpty else {
      throw ConfigurationError("\(settings.origin(.user)) and \(settings.origin(.userFile)) contradict one another: give one of them")
    }
    accounts = single.map { [$0] } ?? several
    let count = try settings.value(.accounts, .count(in: 1...Self.mostAccounts))
    if let count, !accounts.isEmpty {
      throw ConfigurationError(
        "\(settings.origin(.accounts)): \(count) accounts cannot be made where \(accounts.count) are given; leave one of the two out")
    }
    if dialect.deniesAccounts, !accounts.isEmpty {
      throw ConfigurationError(
        "\(settings.origin(single == nil ? .userFile : .user)): the dialect \(dialect.name) says 'authentication: none': leave the account out, "
          + "or say 'authentication: basic' or how to log in")
    }
    // As curl does: a name and a password mean Basic authentication, where the dialect has no other use for them.
    if dialect.authentication == .none, !accounts.isEmpty { dialect.authentication = .basic }
    guard accounts.isEmpty, !isNamedByHeader else { return }
    switch dialect.authentication {
    case .none:
      if count != nil { throw ConfigurationError("\(settings.origin(.accounts)): the dialect \(dialect.name) has no accounts") }
    case .bearer(let login) where login.register != nil: makeAccounts(count ?? Self.defaultAccounts)
    case .basic, .bearer:
      throw ConfigurationError(
        "the dialect \(dialect.name) needs an account: put name:password into a file and give --user-file FILE, or set LOADGEN_USER")
    }
  }

  /// Makes names and passwords for this run. They are registered with the target when the run begins.
  private mutating func makeAccounts(_ count: Int) {
    let run = String(nonce & 0xFFFF_FFFF, radix: 16)
    var generator = SystemRandomNumberGenerator()
    accounts = (0..<count).map { number in
      let secret = (0..<3).map { _ in String(generator.next(), radix: 36) }.joined()
      return Credentials(username: "loadgen-\(run)-\(number)@example.com", password: "Aa1-\(secret)")
    }
    makesAccounts = true
  }

  /// One account per line, in the format of `AccountText`.
  private static func accounts(file path: String) throws -> [Credentials] {
    func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a file of accounts", found: path, remedy: remedy) }
    let data: Data
    do throws(InputFile.Fault) { data = try InputFile.read(path, most: largestFile) } catch { throw refuse("it \(error)") }
    let accounts: [AccountText.Account]
    do { accounts = try AccountText.accounts(in: data) } catch {
      throw refuse("\(error.line.map { "line \($0)" } ?? "it") \(error.reason)")
    }
    guard accounts.count <= mostAccounts else { throw refuse("it has \(accounts.count) accounts, and the most is \(mostAccounts)") }
    return accounts.map { Credentials(username: $0.name, password: $0.password) }
  }

  /// The accounts for which a loop sends orders and reads lists.
  func accountShare(_ share: LoopShare, scrapesMetrics: Bool) -> AccountShare {
    guard !accounts.isEmpty else { return AccountShare() }
    let own = accounts.indices.filter { $0 % share.count == share.index }
    let orders = own.isEmpty ? [share.index % accounts.count] : own
    // Where callers log in, each has a list of its own; any other list is everybody's, and is read once.
    let lists = scrapesMetrics && dialect.metrics?.source == .list ? (logsIn ? Array(accounts.indices) : [0]) : []
    return AccountShare(orders: orders, lists: lists, logIn: logsIn, register: logsIn && makesAccounts)
  }
}

extension Credentials {
  /// Reads `name:password`; the password may contain colons.
  /// - Throws: `UnitError`, which does not repeat what may be a secret.
  init(text: String) throws {
    do {
      let (name, password) = try AccountText.pair(text.utf8)
      self.init(username: name, password: password)
    } catch {
      // A text without a colon may be a password alone, and is not shown.
      let name = text.utf8.contains(UInt8(ascii: ":")) ? String(Substring(text.utf8.prefix { $0 != UInt8(ascii: ":") })) : "…"
      throw UnitError(expected: "an account", found: Spelling.shown(name), remedy: "it \(error.reason)")
    }
  }
}
