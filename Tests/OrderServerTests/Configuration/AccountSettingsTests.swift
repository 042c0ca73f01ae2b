import Shared
import Testing

@testable import OrderServer

@Suite("Settings of accounts")
struct AccountSettingsTests {
  @Test("Without any setting, the defaults hold")
  func defaults() throws {
    let settings = try Settings().configuration().accounts
    #expect(settings.accessTokenLifetime == .seconds(900) && settings.refreshTokenLifetime == .seconds(604_800))
    #expect(settings.loginRateLimit == (try Rate(text: "10/m")))
    #expect(settings.registrationRateLimit == (try Rate(text: "60/m")))
    guard case .besideStore = settings.tokenSecret, case .besideStore = settings.basicAccounts else {
      Issue.record("\(settings)")
      return
    }
  }

  @Test("Every setting can be given by flag and by environment, and the flag wins")
  func precedence() throws {
    let values = [
      "access-token-lifetime": "2s", "refresh-token-lifetime": "1h", "login-rate-limit": "off", "registration-rate-limit": "off",
      "token-secret-file": "s", "accounts-file": "a",
    ]
    #expect(Set(values.keys) == Set(ServerSetting.forms(under: .accounts).map(\.name)))
    let environment = Dictionary(uniqueKeysWithValues: values.map { (ServerSetting.variable(of: $0), $1) })
    let secrets = ["ORDER_SERVER_TOKEN_SECRET": "x", "ORDER_SERVER_ACCOUNTS": "a:b"]
    for settings in [
      Settings(flags: values), Settings(environment: environment),
      Settings(flags: values, environment: environment.mapValues { _ in "?" }),
      Settings(flags: values, environment: secrets),
    ] {
      let settings = try settings.configuration().accounts
      #expect(settings.accessTokenLifetime == .seconds(2) && settings.refreshTokenLifetime == .seconds(3_600))
      #expect(settings.loginRateLimit == nil && settings.registrationRateLimit == nil)
      guard case .file("s") = settings.tokenSecret, case .file("a") = settings.basicAccounts else {
        Issue.record("\(settings)")
        return
      }
    }
  }

  @Test("Secrets can stand in the environment, but not beside the name of a file there")
  func secretsInEnvironment() throws {
    let settings = try Settings(environment: ["ORDER_SERVER_TOKEN_SECRET": "hunter2", "ORDER_SERVER_ACCOUNTS": "a:b"]).configuration()
      .accounts
    guard case .given(let secret) = settings.tokenSecret, case .given(let accounts) = settings.basicAccounts else {
      Issue.record("\(settings)")
      return
    }
    #expect(secret.bytes == Array("hunter2".utf8) && accounts.bytes == Array("a:b".utf8))
    for (variable, file) in [("ORDER_SERVER_TOKEN_SECRET", "token-secret-file"), ("ORDER_SERVER_ACCOUNTS", "accounts-file")] {
      let both = [variable: "hunter2", ServerSetting.variable(of: file): "f"]
      let error = #expect(throws: ConfigurationError.self) { try Settings(environment: both).configuration().accounts }
      #expect(error?.description.hasPrefix("\(variable) and \(variable)_FILE are both set") == true)
      #expect(error?.description.contains("hunter2") == false)
    }
  }

  @Test(
    "A wrong value is refused by the name that it was given under",
    arguments: [
      ("access-token-lifetime", "15", "needs a unit"), ("access-token-lifetime", "0", "from 1s"),
      ("refresh-token-lifetime", "9000h", "to a year"),
      ("login-rate-limit", "0/m", "greater than zero"), ("registration-rate-limit", "often", "200/s"),
      ("token-secret-file", "", "name one"), ("accounts-file", "", "name one"),
    ])
  func refuses(flag: String, value: String, remedy: String) {
    let error = #expect(throws: ConfigurationError.self) { try Settings(flags: [flag: value]).configuration().accounts }
    #expect(
      error?.description.hasPrefix("--\(flag): ") == true && error?.description.contains(remedy) == true, "\(error?.description ?? "")")
  }
}
