import Shared

/// What a text of accounts, as `AccountText` has it, comes to for a server: names that tell accounts apart, each with a password.
enum BasicAccountList {
  /// - Parameter origin: where the text stands, for errors.
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
