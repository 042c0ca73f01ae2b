import Logging
import Shared

/// The settings of the server: each is a case here, and has its declaration below. The raw value is the flag's name, and, in capitals, that
/// of the environment variable. They are read in this order, so the profile comes before the settings whose defaults it decides.
enum ServerSetting: String, DeclaredSetting {
  case host, port
  case profile, workers
  case serviceTime = "service-time"
  case batchEvery = "batch-every"
  case timeScale = "time-scale"
  case failureRate = "failure-rate"
  case seed
  case fault
  case store
  case storePasswordFile = "store-password-file"
  case storeConnections = "store-connections"
  case lease
  case seedData = "seed-data"
  case loginRateLimit = "login-rate-limit"
  case registrationRateLimit = "registration-rate-limit"
  case accessTokenLifetime = "access-token-lifetime"
  case refreshTokenLifetime = "refresh-token-lifetime"
  case tokenSecretFile = "token-secret-file"
  case accountsFile = "accounts-file"
  case createRateLimit = "create-rate-limit"
  case maxBodySize = "max-body-size"
  case maxHeaderSize = "max-header-size"
  case maxHeaderCount = "max-header-count"
  case idleTimeout = "idle-timeout"
  case readTimeout = "read-timeout"
  case writeTimeout = "write-timeout"
  case maxConnections = "max-connections"
  case tls
  case tlsCertificate = "tls-certificate"
  case tlsKey = "tls-key"
  case tlsClientCA = "tls-client-ca"
  case logLevel = "log-level"
  case logFormat = "log-format"

  static let prefix = "ORDER_SERVER_"
  static var defaults: ServerConfiguration { ServerConfiguration() }
}

extension SettingHeading {
  static let listening = SettingHeading("Where it listens")
  static let processing = SettingHeading("Which system it is, and how it processes orders")
  static let faults = SettingHeading("What it does wrong")
  static let storage = SettingHeading("Where orders are kept")
  static let accounts = SettingHeading("Accounts")
  static let limits = SettingHeading("What clients may ask of it")
  static let tls = SettingHeading("TLS")
  static let log = SettingHeading("The log")
}

extension ServerSetting {
  var declaration: SettingDeclaration<ServerConfiguration> {
    switch self {
    case .host: .value(\.host, .host, under: .listening, "The address to listen on")
    case .port: .value(\.port, .port, under: .listening, "The port to listen on; 0 picks a free one")

    case .profile:
      .profile(
        under: .processing,
        """
        Which order system to be: \(Profile.all.map(\.name).joined(separator: ", ")). It decides the defaults of \(Self.workers.flag), \
        \(Self.serviceTime.flag) and \(Self.batchEvery.flag) too
        """)
    case .workers:
      .value(
        \.workers, .workers, under: .processing, default: "the profile's, \(Self.defaults.workers)",
        "How many orders are processed at the same time: a number, or unlimited")
    case .serviceTime:
      .value(
        \.serviceTime, .time(as: "a service time"), under: .processing, default: "the profile's, \(Self.defaults.serviceTime)",
        "How long an order is processed: 100ms, uniform:0ms..200ms, exponential:2s, or lognormal:2s,0.5")
    case .batchEvery:
      .value(
        \.batchEvery, .batchInterval, under: .processing,
        default: "2m for marketplace; otherwise each is taken as soon as a worker is free",
        "A job takes up all pending orders at every multiple of this time, as in 2m")
    case .timeScale:
      .value(
        \.timeScale, .timeScale, under: .processing,
        "Makes service times and the time between batches this many times as long, as in 0.01")
    case .failureRate: .value(\.failureRate, .share, under: .processing, "The part of all orders whose processing goes wrong, as in 1%")
    case .seed:
      .value(
        \.seed, .seed, under: .processing, default: "random, and logged",
        "What service times, failures and the shares of faults are drawn from, a whole number")

    case .fault:
      .list(
        \.faults, under: .faults, reads: { try Fault(text: $0) },
        """
        A fault that the server has, or a lie that it tells, on purpose: WHAT=HOW, or WHAT=HOW:SHARE, as in total=-1 or orders=lost:10%; \
        --help faults lists all
        """)

    case .store:
      .value(
        \.store, SettingFormat { try StoreLocation(text: $0) }, under: .storage,
        """
        Where orders are kept: memory; sqlite:PATH; sqlite:PATH?synchronous=normal, which syncs less; postgresql://USER@HOST/DATABASE; or \
        mysql://USER@HOST/DATABASE. A password does not belong here
        """)
    case .storePasswordFile:
      .file(
        \.storePasswordFile, "password.txt", under: .storage, default: "none",
        "The password of the database's user, in a file; or \(Settings.Secrets.storePassword)")
    case .storeConnections:
      .value(
        \.storeConnections, .count(of: "connections", in: 1...1_000), under: .storage,
        "How many connections to a database there may be at most")
    case .lease:
      .value(
        \.lease, .between(.milliseconds(300), .seconds(3_600), "a lease", "it lies from 300ms to an hour, as in 5s"), under: .storage,
        "Of several servers on one database: after how long without a sign of life the others take one's orders over")
    case .seedData:
      .value(
        \.sampleOrders, .count(of: "sample orders", in: 0...1_000_000), under: .storage,
        "How many sample orders an empty store is filled with at the start")

    case .loginRateLimit:
      .value(\.accounts.loginRateLimit, .rate, under: .accounts, "How often wrong credentials may be tried from one address; or off")
    case .registrationRateLimit:
      .value(\.accounts.registrationRateLimit, .rate, under: .accounts, "How often accounts may be made from one address; or off")
    case .accessTokenLifetime:
      .value(\.accounts.accessTokenLifetime, .lifetime, under: .accounts, "How long an access token is good for")
    case .refreshTokenLifetime:
      .value(\.accounts.refreshTokenLifetime, .lifetime, under: .accounts, "How long a refresh token can be used")
    case .tokenSecretFile:
      .together(
        .path, under: .accounts, default: "made once, beside the store",
        "What tokens are signed with, at least 32 bytes; or \(Settings.Secrets.token)")
    case .accountsFile:
      .together(
        .path, under: .accounts, default: "made once, beside the store",
        "Who may call basic-auth: name:password, one a line; or \(Settings.Secrets.accounts)")

    case .createRateLimit:
      .value(\.createRateLimit, .rate, under: .limits, "How many orders each account, or each address, may send: 100/s, 600/m, or off")
    case .maxBodySize:
      .value(\.limits.maxBodySize, .size("a size of bodies", 1 << 10, 1 << 30), under: .limits, "Larger bodies are refused with 413")
    case .maxHeaderSize:
      .value(
        \.limits.maxHeaderSize, .size("a size of heads", 1 << 10, 1 << 20), under: .limits,
        "Larger request heads, or trailers, are refused with 431")
    case .maxHeaderCount:
      .value(
        \.limits.maxHeaderCount, .count(of: "header fields", in: 10...10_000), under: .limits,
        "Requests with more header fields are refused with 431")
    case .idleTimeout:
      .value(\.limits.idleTimeout, .timeout, under: .limits, "A connection without a request is closed after this time")
    case .readTimeout:
      .value(
        \.limits.readTimeout, .timeout, under: .limits,
        "A head must come whole within this time of its first byte, and a body within this time of its head; else 408")
    case .writeTimeout:
      .value(\.limits.writeTimeout, .timeout, under: .limits, "A connection whose client takes no answer for this time is closed")
    case .maxConnections:
      .value(
        \.limits.maxConnections, .count(of: "connections", in: 1...1_000_000), under: .limits,
        default: "\(Self.defaults.limits.maxConnections), or what the file descriptors allow",
        "Connections beyond these are refused with 503")

    case .tls:
      .together(
        under: .tls, default: "off", "Speaks HTTPS, and proves itself by a certificate made at the start: self-signed, or off")
    case .tlsCertificate:
      .together(
        .path, under: .tls,
        "Speaks HTTPS with this certificate, in PEM; those that lead to a known authority may follow it in the file")
    case .tlsKey: .together(.path, under: .tls, "The private key of \(Self.tlsCertificate.flag), in PEM")
    case .tlsClientCA:
      .together(.path, under: .tls, "Lets in only clients that show a certificate signed by one of this file's, in PEM")

    case .logLevel:
      .value(
        \.logLevel, .word("a log level"), under: .log,
        "What is logged to standard error: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
    case .logFormat: .value(\.logFormat, .word("a log format"), under: .log, "What the log looks like: text, or json for one object a line")
    }
  }
}
