/// The text that accounts are written down in: lines of `name:password`, empty lines, and comments behind `#`.
enum BasicAccountList {
  /// - Parameter origin: where the text stands, for errors.
  /// - Throws: `ConfigurationError`, which names the line and shows nothing of it.
  static func parse(_ text: some Sequence<UInt8>, from origin: String) throws -> [BasicAccount] {
    guard let text = String(validating: text, as: UTF8.self) else { throw ConfigurationError(description: "\(origin) is no UTF-8 text") }
    var accounts: [BasicAccount] = []
    var names: Set<String> = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      if line.allSatisfy(\.isWhitespace) || line.drop(while: \.isWhitespace).first == "#" { continue }
      func refuse(_ reason: String) -> ConfigurationError {
        ConfigurationError(description: "\(origin), line \(index + 1): \(reason)")
      }
      guard let colon = line.firstIndex(of: ":") else { throw refuse("there is no colon; write name:password") }
      let name = String(line[..<colon])
      let password = line[line.index(after: colon)...]
      guard !name.isEmpty, !password.isEmpty else { throw refuse("the name or the password is empty; write name:password") }
      guard names.insert(name).inserted else { throw refuse("the name stands in an earlier line too; each may have one password") }
      accounts.append(BasicAccount(name: name, password: Secret(password.utf8)))
    }
    guard !accounts.isEmpty else { throw ConfigurationError(description: "\(origin) has no account; write lines of name:password") }
    return accounts
  }
}
