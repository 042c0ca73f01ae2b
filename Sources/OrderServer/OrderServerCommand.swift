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

      When it is ready it prints one line of JSON with its URL. It stops on SIGTERM and on Ctrl-C.
      Each flag can be given as an environment variable too: ORDER_SERVER_SERVICE_TIME for --service-time. The flag wins.
      """)

  @Option(help: "The address to listen on. (default: 127.0.0.1)")
  var host: String?

  @Option(help: "The port to listen on; 0 picks a free one. (default: 8000)")
  var port: String?

  @Option(
    help: ArgumentHelp(
      "Where orders are kept: memory, or sqlite:PATH; sqlite:PATH?synchronous=normal syncs less. (default: sqlite:orders.db)",
      valueName: "store"))
  var store: String?

  @Option(help: "How the API is spelled: standard. (default: standard)")
  var profile: String?

  @Option(help: ArgumentHelp("How many orders are processed at the same time: a number, or unlimited. (default: 8)", valueName: "n"))
  var workers: String?

  @Option(
    help: ArgumentHelp(
      "How long an order is processed: 100ms, uniform:0ms..200ms, exponential:2s, or lognormal:2s,0.5. (default: 100ms)",
      valueName: "time"))
  var serviceTime: String?

  @Option(
    help: ArgumentHelp(
      "A job takes up all pending orders at every multiple of this time, as in 2m. (default: each is taken as soon as a worker is free)",
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

  /// The flags that were given, by name.
  var flags: [String: String] {
    let all = [
      "host": host, "port": port, "store": store, "profile": profile, "workers": workers, "service-time": serviceTime,
      "batch-every": batchEvery, "time-scale": timeScale, "failure-rate": failureRate, "seed": seed, "seed-data": seedData,
      "log-level": logLevel,
    ]
    return all.compactMapValues { $0 }
  }
}
