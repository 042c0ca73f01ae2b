import Shared

/// Where the accounts of Basic authentication are taken from.
enum BasicAccountSource: Sendable {
  /// The text of the environment variable `ORDER_SERVER_ACCOUNTS`, in the format of the file.
  case given(Secret)
  case file(String)
  /// One account, `orders`, with a password made at the first start, kept beside the store as `orders.db.accounts`.
  case besideStore

  /// - Parameters:
  ///   - place: where an account that is made here is kept.
  ///   - notify: told in one line which file was made.
  ///   - warn: told in one line where others may read the file.
  /// - Throws: `ConfigurationError`, which shows no password.
  func load(place: SecretPlace, notify: (String) -> Void, warn: (String) -> Void) throws -> [BasicAccount] {
    switch self {
    case .given(let text):
      return try BasicAccountList.parse(text.bytes, from: "ORDER_SERVER_ACCOUNTS")
    case .file(let path):
      return try Self.read(ProtectedFile(path: path), warn: warn)
    case .besideStore:
      guard case .beside(let path) = place else {
        throw ConfigurationError(
          "this profile needs accounts, and only beside an SQLite file is there a place to keep one that is made up: "
            + "give --accounts-file FILE, or ORDER_SERVER_ACCOUNTS=name:password")
      }
      let file = ProtectedFile(path: path + ".accounts", isOwn: true)
      let isNew = try file.make { "# name:password, one a line\norders:\(Secret.random().text)\n" }
      if isNew { notify("an account was made for you: its name and password are in '\(file.path)'") }
      return try Self.read(file, warn: warn)
    }
  }

  private static func read(_ file: ProtectedFile, warn: (String) -> Void) throws -> [BasicAccount] {
    try BasicAccountList.parse(file.read(warn: warn), from: "'\(file.path)'")
  }
}

/// Reads a text of accounts (`AccountText`) as a server needs it: each name occurs once, and has a password.
enum BasicAccountList {
  /// - Parameter origin: where the text comes from, as errors begin with it.
  /// - Throws: `ConfigurationError`, which names the line and shows nothing of it.
  static func parse(_ text: some BidirectionalCollection<UInt8>, from origin: String) throws -> [BasicAccount] {
    func refuse(_ line: Int?, _ reason: String) -> ConfigurationError {
      ConfigurationError("\(origin)\(line.map { ", line \($0)," } ?? "") \(reason)")
    }
    let accounts: [AccountText.Account]
    do { accounts = try AccountText.accounts(in: text) } catch { throw refuse(error.line, error.reason) }
    var names: Set<ByteText> = []
    return try accounts.map { account in
      guard !account.password.isEmpty else { throw refuse(account.line, "has no password behind the colon: write name:password") }
      guard names.insert(ByteText(account.name)).inserted else {
        throw refuse(account.line, "has the name of an earlier line: each may have one password")
      }
      return BasicAccount(name: account.name, password: Secret(account.password.utf8))
    }
  }
}
