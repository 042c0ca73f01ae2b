import ArgumentParser

/// The flags of `order-server`. They are kept as text: `Settings` reads them together with the environment.
struct OrderServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order-server",
    abstract: "A small, honest, fast reference order API.",
    discussion: """
      Orders are stored, answered at once, processed in the background, and reported on at /metrics.

      Example:
        order-server --port 8000 --workers 4 --service-time uniform:50ms..150ms
        order-server --profile fcfs --store memory --time-scale 0.01
        order-server --tls-certificate chain.pem --tls-key key.pem

      When it is ready it prints one line of JSON with its URL. It stops on SIGTERM and on Ctrl-C.
      Each flag can be given as an environment variable too: ORDER_SERVER_SERVICE_TIME for --service-time. The flag wins.
      """)

  @Option(help: "The address to listen on. (default: 127.0.0.1)")
  var host: String?

  @Option(help: "The port to listen on; 0 picks a free one. (default: 8000)")
  var port: String?

  @Option(
    help: ArgumentHelp(
      """
      Where orders are kept: memory; sqlite:PATH; sqlite:PATH?synchronous=normal, which syncs less; postgresql://USER@HOST/DATABASE; or \
      mysql://USER@HOST/DATABASE. A password does not belong here. (default: sqlite:orders.db)
      """,
      valueName: "store"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "The password of the database's user, in a file; or ORDER_SERVER_STORE_PASSWORD. (default: none)", valueName: "file"))
  var storePasswordFile: String?

  @Option(help: ArgumentHelp("How many connections to a database there may be at most. (default: 8)", valueName: "n"))
  var storeConnections: String?

  @Option(
    help: ArgumentHelp(
      "Of several servers on one database: after how long without a sign of life the others take one's orders over. (default: 5s)",
      valueName: "time"))
  var lease: String?

  @Option(
    help: ArgumentHelp(
      """
      Which order system to be: standard, basic-auth, parallel, sequential, marketplace or fcfs. It decides the defaults of --workers, \
      --service-time and --batch-every too. (default: standard)
      """, valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "How many orders are processed at the same time: a number, or unlimited. (default: the profile's, 8)", valueName: "n"))
  var workers: String?

  @Option(
    help: ArgumentHelp(
      "How long an order is processed: 100ms, uniform:0ms..200ms, exponential:2s, or lognormal:2s,0.5. (default: the profile's, 100ms)",
      valueName: "time"))
  var serviceTime: String?

  @Option(
    help: ArgumentHelp(
      """
      A job takes up all pending orders at every multiple of this time, as in 2m. (default: 2m for marketplace; otherwise each is taken \
      as soon as a worker is free)
      """,
      valueName: "time"))
  var batchEvery: String?

  @Option(
    help: ArgumentHelp(
      "Makes service times and the time between batches this many times as long, as in 0.01. (default: 1)", valueName: "factor"))
  var timeScale: String?

  @Option(help: ArgumentHelp("The part of all orders whose processing goes wrong, as in 1%. (default: 0%)", valueName: "share"))
  var failureRate: String?

  @Option(help: "What service times and failures are drawn from, a whole number. (default: random, and logged)")
  var seed: String?

  @Option(help: ArgumentHelp("How many sample orders an empty store is filled with at the start. (default: 0)", valueName: "n"))
  var seedData: String?

  @Option(
    help: ArgumentHelp(
      "What is logged to standard error: trace, debug, info, notice, warning, error. (default: notice)", valueName: "level"))
  var logLevel: String?

  @Option(help: "What the log looks like: text, or json for one object a line. (default: text)")
  var logFormat: String?

  @Option(
    help: ArgumentHelp("How many orders each account, or each address, may send: 100/s, 600/m, or off. (default: off)", valueName: "rate"))
  var createRateLimit: String?

  @Option(
    help: ArgumentHelp("How often wrong credentials may be tried from one address; or off. (default: 10/m)", valueName: "rate"))
  var loginRateLimit: String?

  @Option(help: ArgumentHelp("How often accounts may be made from one address; or off. (default: 60/m)", valueName: "rate"))
  var registrationRateLimit: String?

  @Option(help: ArgumentHelp("How long an access token is good for. (default: 15m)", valueName: "time"))
  var accessTokenLifetime: String?

  @Option(help: ArgumentHelp("How long a refresh token can be used. (default: 168h)", valueName: "time"))
  var refreshTokenLifetime: String?

  @Option(
    help: ArgumentHelp(
      "What tokens are signed with, at least 32 bytes; or ORDER_SERVER_TOKEN_SECRET. (default: made once, beside the store)",
      valueName: "file"))
  var tokenSecretFile: String?

  @Option(
    help: ArgumentHelp(
      "Who may call basic-auth: name:password, one a line; or ORDER_SERVER_ACCOUNTS. (default: made once, beside the store)",
      valueName: "file"))
  var accountsFile: String?

  @OptionGroup
  var limits: LimitFlags

  @Option(
    help: ArgumentHelp(
      "Speaks HTTPS, and proves itself by a certificate made at the start: self-signed, or off. (default: off)", valueName: "how"))
  var tls: String?

  @Option(
    help: ArgumentHelp(
      "Speaks HTTPS with this certificate, in PEM; those that lead to a known authority may follow it in the file.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The private key of --tls-certificate, in PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    name: .customLong("tls-client-ca"),
    help: ArgumentHelp("Lets in only clients that show a certificate signed by one of this file's, in PEM.", valueName: "file"))
  var tlsClientCA: String?

  /// The flags that were given, by name.
  var flags: [String: String] {
    let all = [
      "host": host, "port": port, "store": store, "store-password-file": storePasswordFile, "store-connections": storeConnections,
      "lease": lease,
      "profile": profile, "workers": workers, "service-time": serviceTime,
      "batch-every": batchEvery, "time-scale": timeScale, "failure-rate": failureRate, "seed": seed, "seed-data": seedData,
      "log-level": logLevel, "log-format": logFormat, "create-rate-limit": createRateLimit, "login-rate-limit": loginRateLimit,
      "registration-rate-limit": registrationRateLimit,
      "access-token-lifetime": accessTokenLifetime, "refresh-token-lifetime": refreshTokenLifetime,
      "token-secret-file": tokenSecretFile, "accounts-file": accountsFile, "tls": tls, "tls-certificate": tlsCertificate,
      "tls-key": tlsKey, "tls-client-ca": tlsClientCA,
    ]
    return all.merging(limits.values) { flag, _ in flag }.compactMapValues { $0 }
  }
}
