package import Shared

extension Scenario {
  static let defaultUsers = 50
  static let defaultOrders = 200
  static let defaultArrivals = Arrivals.constant
  static let defaultOrderTimeout = Duration.seconds(60)
  /// Long enough that readings are no load, and short enough that a run of some seconds has some of them.
  static let usualMetricsEvery = Duration.seconds(1)
  static let defaultAccounts = 1

  /// - Parameters:
  ///   - randomSeed: the seed, where none was given.
  ///   - nonce: a number that no other run has.
  /// - Throws: `ConfigurationError` that names the setting, what was found, and what would be right.
  package init(
    _ settings: SettingLayers, randomSeed: UInt64 = .random(in: .min ... .max), nonce: UInt64 = .random(in: .min ... .max)
  ) throws(ConfigurationError) {
    self.init()
    seed = randomSeed
    self.nonce = nonce
    try Self.refuseMisplaced(settings)
    guard settings[.target] != nil else {
      throw ConfigurationError("there is no target: give its URL, as in 'loadgen run http://127.0.0.1:8000'")
    }
    try settings.take(into: &self)
    try takeTogether(settings)
    try refuseStages(settings)
    try refuseContradictions(settings)
    try refuseMix(settings)
    try refusePolicies(settings)
    if orders == nil, duration == nil, !load.endsByItself { orders = Self.defaultOrders }
  }

  /// Reads what depends on several settings, or on what another one says.
  private mutating func takeTogether(_ settings: SettingLayers) throws(ConfigurationError) {
    if serve == nil || !targetText.contains("{port}") { _ = try settings.value(.target, TargetURL.init(text:)) }
    if settings[.name] == nil { name = Self.name(targetText, dialect: dialect.name) }
    if dialect.status.source == .untold { follows = false }
    if settings[.orderTimeout] == nil, let timeout = dialect.orderTimeout { orderTimeout = timeout }
    (load, connections) = try Self.load(settings)
    tls = try TLSSettings(settings)
    poll = try Self.poll(settings, waitFor, orderTimeout: orderTimeout)
    poll.random = SeededRandom(seed: seed)
    mix.random = SeededRandom(seed: seed)
    labels = Dictionary(try settings.list(.label, Self.label), uniquingKeysWith: { $1 })
    exclusivity = try Self.exclusivity(settings, isServed: serve != nil)
    try takeAccounts(settings)
    try takeShape(settings)
    try takeThresholds(settings)
  }

  /// The load, and the number of connections for creates.
  private static func load(_ settings: SettingLayers) throws(ConfigurationError) -> (Load, Int) {
    let users = try settings.value(.concurrency, .count(in: 1...100_000))
    let connections = try settings.value(.connections, .count(in: 1...100_000))
    let arrivals: Arrivals? = try settings.value(.arrivals, .word("a kind of arrivals"))
    guard let open = try openLoad(settings, arrivals) else {
      guard arrivals == nil else {
        throw ConfigurationError("\(settings.origin(.arrivals)) is of an open load: give its --rate, too, as in --rate 200/s")
      }
      let users = users ?? defaultUsers
      return (.closed(users: users), connections ?? users)
    }
    return (open, connections ?? users ?? defaultUsers)
  }

  private func refuseContradictions(_ settings: SettingLayers) throws(ConfigurationError) {
    if case .open = load {
      guard orders != nil || duration != nil else {
        throw ConfigurationError("\(settings.origin(.rate)) has no end: give --duration, as in -d 30s, or --orders, as in -n 2000")
      }
    }
    try refuseWaiting(settings)
    guard follows || dialect.confirm == nil else {
      throw ConfigurationError(
        "\(settings.origin(.noFollow)): the dialect \(dialect.name) confirms orders that are followed, without which none goes on; leave it out"
      )
    }
    guard dialect.status.source != .untold || waitFor == .answer else {
      throw ConfigurationError(
        "\(settings.origin(.waitFor)): the dialect \(dialect.name) tells of no order when it has ended; leave it out")
    }
    guard follows || waitFor == .answer else {
      throw ConfigurationError("\(settings.origin(.noFollow)) and \(settings.origin(.waitFor)) completion contradict one another")
    }
    if let duration, warmup >= duration {
      throw ConfigurationError(
        "\(settings.origin(.warmup)): a warm-up of \(warmup.text) leaves nothing of \(duration.text): it must be shorter than --duration")
    }
    guard connections >= eventLoops else {
      throw ConfigurationError(
        "\(settings.origin(.eventLoops)): \(eventLoops) event loops cannot share \(connections) connections: each needs one")
    }
    if case .closed(let users) = load, users < eventLoops {
      throw ConfigurationError(
        "\(settings.origin(.eventLoops)): \(eventLoops) event loops cannot share \(users) users: each needs one")
    }
    guard reportDirectory == nil || writesReport else {
      throw ConfigurationError("\(settings.origin(.noReport)) and \(settings.origin(.reportDirectory)) contradict one another")
    }
    for (isWanted, setting) in [(logsOrders, Setting.orderLog), (tabulatesOrders, .ordersCSV)] where isWanted && !writesReport {
      throw ConfigurationError("\(settings.origin(.noReport)) and \(settings.origin(setting)) contradict one another")
    }
    guard serve != nil || !targetText.contains("{port}") else {
      throw ConfigurationError("\(settings.origin(.target)): {port} is replaced only with --serve")
    }
  }

  // MARK: Single values

  /// - Parameter place: a built-in dialect's name, or the path of a dialect file.
  package static func dialect(_ place: String) throws -> Dialect {
    if let dialect = Dialect.builtIn(named: place) { return dialect }
    if isDialectFile(place) { return try DialectFile.read(place) }
    let names = Dialect.builtIn.map(\.name)
    let guess = Spelling.nearest(to: place, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw UnitError(
      expected: "a dialect", found: place, remedy: "it is one of \(names.joined(separator: ", ")), or a file such as my-shop.yaml\(guess)")
  }

  private static func label(_ text: String) throws -> (String, String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UnitError(expected: "a label", found: text, remedy: "write it as in commit=4f2a")
    }
    return (parts[0], parts[1])
  }

  /// Reads `name: value`.
  /// - Throws: `UnitError`, which never shows the value.
  static func header(_ text: String) throws -> (name: String, value: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isToken = parts[0].utf8.allSatisfy { $0 > 32 && $0 < 127 && !"()<>@,;\\\"/[]?={}".utf8.contains($0) }
    guard parts.count == 2, !parts[0].isEmpty, isToken, parts[1].utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else {
      // The value may be a secret, and is not shown.
      throw UnitError(expected: "a header", found: parts[0], remedy: "write it on one line, as in 'X-Trace: 1'")
    }
    guard !["host", "content-length", "transfer-encoding", "connection"].contains(parts[0].lowercased()) else {
      throw UnitError(expected: "a header that can be set", found: parts[0], remedy: "it follows from the request")
    }
    return (parts[0], String(parts[1].drop { $0 == " " }))
  }

  /// Whether the target is a Unix domain socket of this machine, which has no port.
  var reachesSocket: Bool { (try? TargetURL(text: targetText.replacing("{port}", with: "80")))?.socketPath != nil }

  private static func exclusivity(_ settings: SettingLayers, isServed: Bool) throws(ConfigurationError) -> Exclusivity {
    let isExclusive = try settings.isOn(.exclusive)
    let isShared = try settings.isOn(.sharedTarget)
    guard !isExclusive || !isShared else {
      throw ConfigurationError("\(settings.origin(.exclusive)) and \(settings.origin(.sharedTarget)) contradict one another")
    }
    if isShared { return .denied }
    return isExclusive || isServed ? .declared : .inferred
  }

  /// The implicit rules, followed by those that were asked for.
  private mutating func takeThresholds(_ settings: SettingLayers) throws(ConfigurationError) {
    let off = try settings.list(.noThreshold) { name in
      guard ImplicitThreshold.names.contains(name) else {
        let guess = Spelling.nearest(to: name, among: ImplicitThreshold.names).map { "did you mean '\($0)'?" }
        throw UnitError(
          expected: "an implicit threshold", found: name,
          remedy: guess ?? "it is one of \(ImplicitThreshold.names.joined(separator: ", "))")
      }
      return name
    }
    let explicit = try settings.list(.threshold) { try Threshold(text: $0) }
    let circumstances = ImplicitThreshold.Circumstances(
      follows: follows, cancels: mix.shares[.cancel] ?? 0 > 0, hasMetrics: dialect.metrics != nil, isServed: serve != nil)
    thresholds = ImplicitThreshold.rules(in: circumstances, without: off, beside: explicit) + explicit
  }
}

// MARK: How values are written

extension SettingFormat<Dialect> {
  static var dialect: Self { Self(read: Scenario.dialect, show: \.name) }
}
