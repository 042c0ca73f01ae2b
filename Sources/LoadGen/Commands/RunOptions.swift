import ArgumentParser
import Foundation
import LoadReports
import LoadRun

/// The flags that say what a run does. Each is kept as text: its meaning, and what is wrong with it, is said in one place for flags,
/// environment and scenario file.
struct RunOptions: ParsableArguments {
  @Option(help: "How the API spells things: a name or a file, see 'loadgen dialects' (standard).") var dialect: String?
  @Option(name: [.customShort("c"), .long], help: "Closed load: creates in flight (50). With --rate: --connections.")
  var concurrency: String?
  @Option(name: [.customShort("n"), .long], help: "How many orders are sent (200, unless --duration is given).") var orders: String?
  @Option(name: [.customShort("d"), .long], help: "How long orders are sent, as in 30s or 5m.") var duration: String?
  @Option(help: "The first part of the load, counted but not measured (0s).") var warmup: String?
  @Option(
    help: "Open load: arrivals at this rate, whether or not the target keeps up: 200/s, or '0/s..200/s over 1m, 200/s for 5m'.")
  var rate: String?
  @Option(help: "How arrivals are spaced: constant or poisson (constant).") var arrivals: String?
  @Option(help: "Open load: a file with a due time on each line, in seconds or as RFC 3339 stamps.") var schedule: String?
  @Option(help: "How long a user of a closed load thinks before its next order: 500ms, uniform:0s..2s or exponential:1s (0s).")
  var thinkTime: String?
  @Option(help: "What a user of a closed load waits for: answer or completion (answer).") var waitFor: String?
  @Flag(help: "Orders are sent and not followed.") var noFollow = false
  @Flag(help: "Goes on where every create is refused in the same way, instead of ending after the first ten.") var keepGoing = false
  @Option(help: "When an order is asked for: adaptive, 100ms, backoff:100ms..5s or adaptive:50ms..10s (adaptive).") var poll: String?
  @Option(help: "When an order is asked for first, counted from its acknowledgement (the gap of --poll).") var pollFirst: String?
  @Option(help: "By how much of itself each gap is made longer or shorter at most, at random, as in 20% (0%).") var pollJitter: String?
  @Option(help: "Polls of the whole run at most, as in 500/s; those beyond wait for their turn (no cap).") var maxPolls: String?
  @Option(help: "An order that has not ended by then, counted from its acknowledgement, is given up (the dialect's, else 60s).")
  var orderTimeout: String?
  @Option(help: "A request without a complete answer by then is given up (10s).") var requestTimeout: String?
  @Option(help: "Connections for creates, and as many again for following them (closed load: concurrency; open load: 50).")
  var connections: String?
  @Flag(help: "Opens a connection for each request, and closes it after the answer.") var noKeepAlive = false
  @Option(help: "Closes a connection after so many answers (as long as it lasts).") var maxRequestsPerConnection: String?
  @Option(help: "Lets connections be opened evenly over this time, rather than all at once (0s).") var connectRamp: String?
  @OptionGroup var tls: TLSOptions
  @Option(help: "Orders in hand at most; what is due beyond is counted as not sent (1000000).") var maxOutstanding: String?
  @Option(help: "Event loops that share the load (1).") var eventLoops: String?
  @Option(help: "Seed of all that is random; the same seed gives the same schedule.") var seed: String?
  @Option(help: "A rule that must hold, as in 'accept.p(99)<50ms' (repeatable).") var threshold: [String] = []
  @Option(help: "Switches an implicit threshold off: \(ImplicitThreshold.names.joined(separator: ", ")) (repeatable).")
  var noThreshold: [String] = []
  @Option(help: "A label for the report, as in commit=4f2a (repeatable).") var label: [String] = []
  @Option(name: [.customShort("H"), .long], help: "A header for every request, as in 'X-Trace: 1' (repeatable).") var header: [String] = []
  @Option(name: .shortAndLong, help: "The account that sends the orders, as in name:password; better by LOADGEN_USER or --user-file.")
  var user: String?
  @Option(help: "A file of accounts, a line name:password each, which send in turn.") var userFile: String?
  @Option(help: "How many accounts are made, where the target lets anybody register (1).") var accounts: String?
  @Option(help: "What else is asked for, by its share of the orders: cancel=5%,duplicate=1%,invalid=1%,list=2%,order-metrics=1%.")
  var mix: String?
  @Flag(help: "Nobody else sends orders to the target (default with --serve).") var exclusive = false
  @Flag(help: "Others send orders to the target, too.") var sharedTarget = false
  @Option(help: "A run that the generator itself may have spoilt: fail or warn (fail).") var onInvalid: String?
  @Option(help: "Starts this command for the run, {port} replaced by a free port, in the target, too.") var serve: String?
  @Option(help: "Answers 2xx once the served program is ready (the target's /ping).") var readyURL: String?
  @Option(help: "How long the served program may take to be ready (30s).") var readyTimeout: String?
  @Option(help: "The run's name, in its report and folder.") var name: String?
  @Option(name: [.customShort("o"), .long], help: "Writes the report exactly there (reports/<time>-<name>).") var reportDir: String?
  @Flag(help: "Writes no report folder.") var noReport = false
  @Flag(name: .shortAndLong, help: "Shows no progress.") var quiet = false
  @Flag(help: "Uses no colour (also with NO_COLOR or TERM=dumb, or where the output is no terminal).") var noColor = false

  /// Adds what was said by flags.
  func add(to layers: inout SettingLayers) {
    tls.add(to: &layers)
    let single: [(Setting, String?)] = [
      (.dialect, dialect), (.concurrency, concurrency), (.orders, orders), (.duration, duration), (.warmup, warmup),
      (.rate, rate), (.arrivals, arrivals), (.schedule, schedule), (.thinkTime, thinkTime), (.waitFor, waitFor), (.poll, poll),
      (.orderTimeout, orderTimeout),
      (.requestTimeout, requestTimeout), (.connections, connections), (.maxOutstanding, maxOutstanding),
      (.eventLoops, eventLoops), (.seed, seed), (.onInvalid, onInvalid), (.serve, serve), (.readyURL, readyURL),
      (.readyTimeout, readyTimeout), (.name, name), (.reportDirectory, reportDir), (.user, user), (.userFile, userFile),
      (.accounts, accounts), (.mix, mix), (.pollFirst, pollFirst), (.pollJitter, pollJitter), (.maxPolls, maxPolls),
      (.maxRequestsPerConnection, maxRequestsPerConnection), (.connectRamp, connectRamp),
    ]
    for (setting, text) in single {
      if let text { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    }
    let lists: [(Setting, [String])] = [
      (.threshold, threshold), (.noThreshold, noThreshold), (.label, label), (.header, header),
    ]
    for (setting, texts) in lists where !texts.isEmpty { layers.set(setting, texts, from: "--\(setting.rawValue)") }
    let flags: [(Setting, Bool)] = [
      (.noFollow, noFollow), (.keepGoing, keepGoing), (.exclusive, exclusive), (.sharedTarget, sharedTarget), (.noReport, noReport),
      (.noKeepAlive, noKeepAlive),
    ]
    for (setting, isSet) in flags where isSet { layers.set(setting, ["true"], from: "--\(setting.rawValue)") }
  }

  var usesColour: Bool { !noColor && Paint.isWanted(by: ProcessInfo.processInfo.environment) && isatty(STDOUT_FILENO) == 1 }
}
