import Logging
import Shared

/// The settings that were given by flag or by environment, before their values are read. The flag wins, and an error names the one that was
/// used.
struct Settings {
  private var said = LayeredSettings<ServerSetting>()
  private let environment: [String: String]

  /// The environment variables of secrets. They have no flags, because secrets do not belong among a program's arguments.
  enum Secrets {
    static let storePassword = "ORDER_SERVER_STORE_PASSWORD"
    static let token = "ORDER_SERVER_TOKEN_SECRET"
    static let accounts = "ORDER_SERVER_ACCOUNTS"
    static let all = [storePassword, token, accounts]
  }

  /// - Parameter flags: values by the flags' names without their dashes, as in `service-time`.
  init(flags: [String: [String]], environment: [String: String]) {
    self.environment = environment
    // An empty variable may be a certificate that somebody forgot, so it is refused and not ignored.
    said.add(environment: environment.filter { !Self.isServiceLink($0.key, $0.value) }, ignoringEmpty: false)
    said.add(flags: flags)
  }

  /// - Throws: `ConfigurationError` for the first value that cannot be read, or that contradicts another one.
  func configuration() throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    try said.take(into: &configuration)
    try check(configuration.faults, of: configuration.profile)
    try givePassword(to: &configuration)
    if let secret = try secret(in: Secrets.token, unlessIn: .tokenSecretFile) { configuration.accounts.tokenSecret = .given(secret) }
    if let file = try path(.tokenSecretFile) { configuration.accounts.tokenSecret = .file(file) }
    if let accounts = try secret(in: Secrets.accounts, unlessIn: .accountsFile) { configuration.accounts.basicAccounts = .given(accounts) }
    if let file = try path(.accountsFile) { configuration.accounts.basicAccounts = .file(file) }
    configuration.tls = try tlsSettings()
    configuration.notes = notes
    return configuration
  }

  /// Refuses faults of ids that the server does not choose.
  private func check(_ faults: [Fault], of profile: Profile) throws {
    guard case .own = profile.dialect.create.id.place, let fault = faults.first(where: \.isOfIDs) else { return }
    throw ConfigurationError(
      "\(said.origin(.fault)): '\(fault)' is about ids that the server chooses, and in the profile \(profile.name) clients do: "
        + "leave it out, or take another profile")
  }

  // MARK: Secrets

  /// Puts the password from the environment into the store's location. A password among the arguments could be read by everyone on the
  /// machine, so it is refused there.
  private func givePassword(to configuration: inout ServerConfiguration) throws {
    let isInFile = configuration.storePasswordFile != nil
    let given = isInFile ? nil : environment[Secrets.storePassword]
    guard case .database(var location) = configuration.store else {
      guard !isInFile, given == nil else {
        throw ConfigurationError("a store password was given, but the store is no database: set --store postgresql://… too")
      }
      return
    }
    if location.password != nil, said[.store]?.origin == ServerSetting.store.flag {
      throw ConfigurationError(
        "--store: a password stands in it, and whoever lists this machine's processes can read it; "
          + "give --store-password-file FILE, or set ORDER_SERVER_STORE or ORDER_SERVER_STORE_PASSWORD instead")
    }
    if let given { location.password = Secret(given.utf8.withoutLineEnds) }
    configuration.store = .database(location)
  }

  /// A secret whose text is in the environment itself; a file that is named by flag takes precedence over it.
  /// - Throws: `ConfigurationError` where the environment names a file too: neither takes precedence.
  private func secret(in variable: String, unlessIn file: ServerSetting) throws -> Secret? {
    guard let text = environment[variable] else { return nil }
    guard said[file]?.origin != file.variable else {
      throw ConfigurationError("\(variable) and \(file.variable) are both set: set one of them")
    }
    return Secret(text.utf8)
  }

  private func path(_ setting: ServerSetting) throws -> String? { try said.value(setting, .file("secret.txt")) }

  // MARK: TLS

  /// - Returns: `nil` where connections are not encrypted.
  /// - Throws: `ConfigurationError` for settings that do not fit together.
  private func tlsSettings() throws -> TLSSettings? {
    let isSelfSigned = try said.value(.tls) { text in
      guard ["self-signed", "off"].contains(text) else {
        throw UnitError(
          expected: "a way to encrypt", found: text,
          remedy: "it is self-signed, or off; a certificate of your own is given by --tls-certificate and --tls-key")
      }
      return text == "self-signed"
    }
    let certificate = try file(.tlsCertificate)
    let key = try file(.tlsKey)
    let clientAuthority = try file(.tlsClientCA)
    if isSelfSigned != nil, let file = certificate ?? key {
      throw ConfigurationError("\(said.origin(.tls)) and \(file.origin) contradict one another: give a certificate with its key, or --tls")
    }
    switch (certificate, key) {
    case (let certificate?, let key?):
      return TLSSettings(identity: .files(certificate: certificate, key: key), clientAuthority: clientAuthority)
    case (let certificate?, nil):
      throw ConfigurationError("\(certificate.origin): '\(certificate.path)' needs its private key: give --tls-key FILE, too")
    case (nil, let key?):
      throw ConfigurationError("\(key.origin): '\(key.path)' needs its certificate: give --tls-certificate FILE, too")
    case (nil, nil):
      if isSelfSigned == true { return TLSSettings(identity: .selfSigned, clientAuthority: clientAuthority) }
      guard let clientAuthority else { return nil }
      throw ConfigurationError(
        "\(clientAuthority.origin): clients show certificates over TLS only: give --tls-certificate and --tls-key, "
          + "or --tls self-signed, too")
    }
  }

  private func file(_ setting: ServerSetting) throws -> NamedFile? {
    try said.value(setting, .file("\(setting.rawValue).pem")).map { NamedFile(path: $0, origin: said.origin(setting)) }
  }

  // MARK: Variables

  /// A line for the log about the settings themselves.
  struct Note: Sendable, Equatable {
    var level: Logger.Level
    var text: String
  }

  /// One note for each variable that looks like a setting and is ignored: because Kubernetes sets it for a service of this name, or because
  /// there is no such setting.
  var notes: [Note] {
    let known = ServerSetting.allCases.map(\.variable) + Secrets.all
    let links = known.filter { name in environment[name].map { Self.isServiceLink(name, $0) } ?? false }
    let strange = StrangeVariables.notes(in: environment, prefix: ServerSetting.prefix, known: known)
    return links.map { name in
      let value = Spelling.shown(environment[name] ?? "")
      return Note(level: .notice, text: "\(name)=\(value) is ignored: Kubernetes sets it for a service of this name, and it is no setting")
    } + strange.map { Note(level: .warning, text: $0) }
  }

  private static func isServiceLink(_ variable: String, _ value: String) -> Bool {
    ServiceLink.isOne(variable, value: value, after: ServerSetting.prefix)
  }
}
