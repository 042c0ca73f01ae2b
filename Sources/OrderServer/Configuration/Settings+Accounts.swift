import Shared

extension Settings {
  /// The flags that this file reads.
  static let accountFlags = [
    "access-token-lifetime", "refresh-token-lifetime", "login-rate-limit", "registration-rate-limit", "token-secret-file", "accounts-file",
  ]

  /// - Throws: `ConfigurationError` for the first value that cannot be read.
  func accountSettings() throws -> AccountSettings {
    var settings = AccountSettings()
    try read("access-token-lifetime", into: \.accessTokenLifetime, of: &settings, Self.lifetime)
    try read("refresh-token-lifetime", into: \.refreshTokenLifetime, of: &settings, Self.lifetime)
    try read("login-rate-limit", into: \.loginRateLimit, of: &settings) { $0 == "off" ? nil : try Rate(text: $0) }
    try read("registration-rate-limit", into: \.registrationRateLimit, of: &settings) { $0 == "off" ? nil : try Rate(text: $0) }
    if let secret = try secret(in: "ORDER_SERVER_TOKEN_SECRET", unlessIn: "token-secret-file") { settings.tokenSecret = .given(secret) }
    try read("token-secret-file", into: \.tokenSecret, of: &settings) { .file(try Self.path($0)) }
    if let accounts = try secret(in: "ORDER_SERVER_ACCOUNTS", unlessIn: "accounts-file") { settings.basicAccounts = .given(accounts) }
    try read("accounts-file", into: \.basicAccounts, of: &settings) { .file(try Self.path($0)) }
    return settings
  }

  /// A secret that stands in the environment itself; a file that is named by flag goes before it.
  /// - Throws: `ConfigurationError` where the environment names a file too: neither goes before the other.
  private func secret(in variable: String, unlessIn fileFlag: String) throws -> Secret? {
    guard let text = environment[variable] else { return nil }
    let fileVariable = Self.variable(for: fileFlag)
    guard flags[fileFlag] != nil || environment[fileVariable] == nil else {
      throw ConfigurationError("\(variable) and \(fileVariable) are both set: set one of them")
    }
    return Secret(text.utf8)
  }

  private static func lifetime(_ text: String) throws -> Duration {
    let lifetime = try Duration(text: text)
    guard (Duration.seconds(1)...Duration.seconds(366 * 24 * 60 * 60)).contains(lifetime) else {
      throw UnitError(expected: "a lifetime", found: text, remedy: "it lies from 1s to a year, as in 15m or 168h")
    }
    return lifetime
  }

  private static func path(_ text: String) throws -> String {
    guard !text.isEmpty else { throw UnitError(expected: "a file", found: text, remedy: "name one, as in secret.txt") }
    return text
  }
}
