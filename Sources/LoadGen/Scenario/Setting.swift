package import Shared

/// The settings of a run: each is a case here, and is declared below. The raw value is the long flag's name, the key in a scenario file,
/// and, in capitals, the end of the variable's name.
package enum Setting: String, DeclaredSetting {
  case target, dialect, serve
  case readyURL = "ready-url"
  case readyTimeout = "ready-timeout"
  case header
  case concurrency, rate, arrivals, schedule, orders, duration, warmup
  case thinkTime = "think-time"
  case waitFor = "wait-for"
  case mix
  case maxOutstanding = "max-outstanding"
  case keepGoing = "keep-going"
  case eventLoops = "event-loops"
  case seed
  case noFollow = "no-follow"
  case orderTimeout = "order-timeout"
  case poll
  case pollFirst = "poll-first"
  case pollJitter = "poll-jitter"
  case maxPolls = "max-polls"
  case metricsEvery = "metrics-every"
  case auditPrecision = "audit-precision"
  case connections
  case requestTimeout = "request-timeout"
  case noKeepAlive = "no-keep-alive"
  case maxRequestsPerConnection = "max-requests-per-connection"
  case connectRamp = "connect-ramp"
  case insecure, cacert, cert, key
  case user
  case userFile = "user-file"
  case accounts
  case threshold
  case noThreshold = "no-threshold"
  case confidence
  case exclusive
  case sharedTarget = "shared-target"
  case onInvalid = "on-invalid"
  case name, label
  case reportDirectory = "report-dir"
  case noReport = "no-report"
  case orderLog = "order-log"
  case ordersCSV = "orders-csv"

  package static let prefix = "LOADGEN_"
  package static var defaults: Scenario { Scenario() }
}

/// What was said of a run's settings.
package typealias SettingLayers = LayeredSettings<Setting>

extension SettingHeading {
  package static let target = SettingHeading("The target")
  package static let load = SettingHeading("The load")
  package static let following = SettingHeading("Following orders")
  package static let connections = SettingHeading("Connections")
  package static let tls = SettingHeading("TLS")
  package static let accounts = SettingHeading("Accounts")
  package static let verdicts = SettingHeading("Verdicts")
  package static let reports = SettingHeading("Reports")
}

extension Setting {
  package var declaration: SettingDeclaration<Scenario> {
    switch self {
    case .target: .value(\.targetText, .text, under: .target, default: "the first argument", "The target's URL")
    case .dialect:
      .value(\.dialect, .dialect, .path, under: .target, "How the API spells things: a name or a file, see 'loadgen dialects'")
    case .serve:
      .value(
        \.serve, SettingFormat(read: { $0 }, show: ShownCommand.text), under: .target,
        "Starts this command for the run, {port} replaced by a free port, in the target, too")
    case .readyURL:
      .value(
        \.readyURLText, .text, under: .target, default: "the target's /ping", told: never,
        "Answers 2xx once the served program is ready")
    case .readyTimeout:
      .value(\.readyTimeout, .duration, under: .target, told: never, "How long the served program may take to be ready")
    case .header:
      .list(
        \.headers, .pairs(joint: ": ", example: "X-Trace: 1"), under: .target, short: "H", reads: Scenario.header, shows: \.headerNames,
        "A header for every request, as in 'X-Trace: 1'")

    case .concurrency:
      .together(
        under: .load, short: "c", shows: \.usersText, "Closed load: creates in flight. With --rate or --schedule: --connections")
    case .rate:
      .together(
        .joined(by: ", "), under: .load, shows: \.rateText,
        "Open load: arrivals at this rate, whether or not the target keeps up: 200/s, or '0/s..200/s over 1m, 200/s for 5m'")
    case .arrivals:
      .together(
        under: .load, default: Scenario.defaultArrivals.rawValue, shows: \.arrivals?.rawValue,
        "How arrivals are spaced: constant or poisson")
    case .schedule:
      .value(
        \.schedule, .text, .path, under: .load, "Open load: a file with a due time on each line, in seconds or as RFC 3339 stamps")
    case .orders:
      .value(
        \.orders, .count(in: 1...1_000_000_000), under: .load, short: "n",
        default: "\(Scenario.defaultOrders), unless --duration is given", "How many orders are sent")
    case .duration: .value(\.duration, .duration, under: .load, short: "d", "How long orders are sent, as in 30s or 5m")
    case .warmup: .value(\.warmup, .durationOrZero, under: .load, "The first part of the load, counted but not measured")
    case .thinkTime:
      .value(
        \.thinkTime, .time(as: "a think time"), under: .load, default: Duration.zero.text,
        "How long a user of a closed load thinks before its next order: 500ms, uniform:0s..2s or exponential:1s")
    case .waitFor:
      .value(
        \.waitFor, .word("what a user waits for"), under: .load, "What a user of a closed load waits for: answer or completion")
    case .mix:
      .value(
        \.mix.shares, .shares, under: .load, default: "nothing", told: { !$0.mix.isEmpty },
        "What else is asked for, by its share of the orders: cancel=5%,duplicate=1%,invalid=1%,list=2%,order-metrics=1%,order-read=5%")
    case .maxOutstanding:
      .value(
        \.maxOutstanding, .count(in: 1...100_000_000), under: .load, "Orders in hand at most; what is due beyond is counted as not sent")
    case .keepGoing:
      .onOff(
        \.keepsGoing, under: .load, "Goes on where every create is refused in the same way, instead of ending after the first ten")
    case .eventLoops: .value(\.eventLoops, .count(in: 1...256), under: .load, "Event loops that share the load")
    case .seed:
      .value(\.seed, .seed, under: .load, default: "at random", "Seed of all that is random; the same seed gives the same schedule")

    case .noFollow: .onOff(\.follows, .isOff, under: .following, "Orders are sent and not followed")
    case .orderTimeout:
      .value(
        \.orderTimeout, .duration, under: .following, default: "the dialect's, else \(Scenario.defaultOrderTimeout.text)",
        "An order that has not ended by then, counted from its acknowledgement, is given up")
    case .poll:
      .together(
        under: .following, default: "adaptive", shows: \.poll.description,
        "When an order is asked for: adaptive, 100ms, backoff:100ms..5s or adaptive:50ms..10s")
    case .pollFirst:
      .together(
        under: .following, default: "the gap of --poll", shows: { $0.poll.delay.map { Duration.nanoseconds($0).text } },
        "When an order is asked for first, counted from its acknowledgement")
    case .pollJitter:
      .together(
        under: .following, told: { $0.poll.jitter > 0 }, shows: { SettingFormat.share.show($0.poll.jitter) },
        "By how much of itself each gap is made longer or shorter at most, at random, as in 20%")
    case .maxPolls:
      .value(
        \.maxPolls, SettingFormat { try Rate(text: $0) }, under: .following, default: "no cap",
        "Polls of the whole run at most, as in 500/s; those beyond wait for their turn")
    case .metricsEvery:
      .value(
        \.metricsEvery, .between(.milliseconds(100), .seconds(3_600), "a time between readings", "write one from 100ms to 1h"),
        under: .following, default: Scenario.usualMetricsEvery.text,
        "How often the API's figures are read; up to 1s each reading has a second one shortly after it")
    case .auditPrecision:
      .value(
        \.auditPrecision, SettingFormat { try AuditPrecision(text: $0) }, under: .following,
        "Asks for a random sample of the orders so often, for the audit: 10ms, or 10ms:5% to say how large the sample is")

    case .connections:
      .together(
        under: .connections, default: "closed load: concurrency; open load: \(Scenario.defaultUsers)",
        shows: { "\($0.connections)" }, "Connections for creates, and as many again for following them")
    case .requestTimeout:
      .value(\.requestTimeout, .duration, under: .connections, "A request without a complete answer by then is given up")
    case .noKeepAlive:
      .onOff(\.keepsAlive, .isOff, under: .connections, "Opens a connection for each request, and closes it after the answer")
    case .maxRequestsPerConnection:
      .value(
        \.requestsPerConnection, .count(in: 1...1_000_000_000), under: .connections, default: "as long as it lasts",
        "Closes a connection after so many answers")
    case .connectRamp:
      .value(
        \.connectRamp, .durationOrZero, under: .connections, told: { $0.connectRamp > .zero },
        "Lets connections be opened evenly over this time, rather than all at once")

    case .insecure:
      .onOff(
        \.tls.verifies, .isOff, under: .tls, short: "k", told: { !$0.tls.verifies },
        "Takes whoever answers for an https target: its certificate is not verified")
    case .cacert:
      .together(
        .path, under: .tls, default: "the system's", shows: \.tls.authorities?.path,
        "Certificates in PEM, one of which must have signed that of an https target")
    case .cert:
      .together(
        .path, under: .tls, shows: \.tls.certificate?.path, "A certificate in PEM for an https target that asks for one")
    case .key:
      .together(
        .path, under: .tls, default: "the same file", told: { $0.tls.key?.path != $0.tls.certificate?.path }, shows: \.tls.key?.path,
        "The private key of --cert, in PEM")

    case .user:
      .together(
        under: .accounts, short: "u",
        "The account that sends the orders, as in name:password; better by \(variable) or \(Setting.userFile.flag)")
    case .userFile: .together(.path, under: .accounts, "A file of accounts, a line name:password each, which send in turn")
    case .accounts:
      .together(
        under: .accounts, default: "\(Scenario.defaultAccounts)", told: { !$0.accounts.isEmpty }, shows: { "\($0.accounts.count)" },
        "How many accounts are made, where the target lets anybody register")

    case .threshold:
      .together(
        .list, under: .verdicts, shows: { $0.thresholds.map(\.expression).joined(separator: ", ") },
        "A rule that must hold, as in 'accept.p(99)<50ms'")
    case .noThreshold:
      .together(
        .list, under: .verdicts, "Switches an implicit threshold off: \(ImplicitThreshold.names.joined(separator: ", "))")
    case .confidence:
      .value(
        \.confidence, .confidence, under: .verdicts, default: "what was observed decides",
        "Thresholds on percentiles hold only where the run is so sure of them, as in 99%")
    case .exclusive:
      .together(
        .onOff, under: .verdicts, shows: { "\($0.exclusivity == .declared)" },
        "Nobody else sends orders to the target (default with --serve)")
    case .sharedTarget:
      .together(.onOff, under: .verdicts, shows: { "\($0.exclusivity == .denied)" }, "Others send orders to the target, too")
    case .onInvalid:
      .value(
        \.onInvalid, .word("what to do with a run that is not valid"), under: .verdicts,
        "A run that the generator itself may have spoilt: fail or warn")

    case .name:
      .value(
        \.name, .text, under: .reports, default: "the scenario file's, or made of the target", "The run's name, in its report and folder")
    case .label:
      .together(.pairs(joint: "=", example: "commit: 4f2a"), under: .reports, "A label for the report, as in commit=4f2a")
    case .reportDirectory:
      .value(
        \.reportDirectory, .text, under: .reports, short: "o", default: "reports/<time>-<name>", told: never,
        "Writes the report exactly there")
    case .noReport: .onOff(\.writesReport, .isOff, under: .reports, told: never, "Writes no report folder")
    case .orderLog:
      .onOff(
        \.logsOrders, under: .reports, told: never,
        "Writes each order and each reading to orders.jsonl in the report folder")
    case .ordersCSV:
      .onOff(
        \.tabulatesOrders, under: .reports, told: never,
        "Writes a line for each order to orders.csv in the report folder, while the run goes on")
    }
  }
}

extension Setting {
  /// A header stays unless one of the same name is given.
  public func stays(_ earlier: String, beside later: [String]) -> Bool {
    guard self == .header else { return false }
    func name(_ text: String) -> Substring { text.cut(at: ":")?.before ?? Substring(text) }
    return !later.contains { name($0).isSameWord(as: name(earlier)) }
  }
}

extension SettingFormat<Double> {
  /// How sure something is to be, as a fraction.
  fileprivate static var confidence: Self {
    Self(
      read: { text in
        let share = try Share(text: text).fraction
        guard (0.5...0.99999).contains(share) else {
          throw UnitError(expected: "a confidence", found: text, remedy: "write one from 50% to 99.999%")
        }
        return share
      }, show: { Figure.number($0 * 100, digits: 5) + "%" })
  }
}

/// For settings that a report does not mention.
private func never(_: Scenario) -> Bool { false }
