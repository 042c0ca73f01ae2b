import ArgumentParser
import LoadRun
import Shared

/// The flags that say what is simulated. Those of order-server mean what they mean there.
struct SimulationOptions: ParsableArguments {
  @Option(help: "How many orders are processed at the same time: a number, or unlimited (8).") var workers: String?
  @Option(help: "How long an order is processed: 100ms, uniform:0ms..200ms, exponential:2s or lognormal:2s,0.5 (100ms).")
  var serviceTime: String?
  @Option(help: "Takes up all pending orders at every multiple of this time, as in 2m (each as soon as a worker is free).")
  var batchEvery: String?
  @Option(help: "The part of all orders whose processing goes wrong, as in 1% (0%).") var failureRate: String?
  @Option(help: "How long a request or an answer is on its way, written like a service time (50us).") var networkDelay: String?
  @Option(help: "How long the system works on a request before it answers, written like a service time (100us).") var answerTime: String?
  @Option(help: "How many requests it works on at the same time: a number, or unlimited (unlimited).") var answerLimit: String?

  @Option(help: "What goes wrong on the way and at the door, each at its share: reset=1%,lost-answer=0.5%; see the guide (nothing).")
  var faults: String?
  @Option(help: "When it answers nothing for a while, from the beginning on: 10s+2s, or several, with commas (never).") var stalls: String?
  @Option(help: "When it goes down, and for how long: 30s+5s, or several; what was at work is begun anew (never).") var restarts: String?
  @Option(help: "By how much its clock runs fast, or slow where negative, as in 200ppm (0ppm).") var clockRate: String?
  @Option(help: "How long it is from one order of somebody else's to the next, written like a service time (nobody else sends any).")
  var othersOrders: String?
  @Option(help: "To how many decimals its metrics print averages, from 0 to 9 (6).") var metricsDecimals: String?
  @Option(help: "For how long its metrics are told again before they are counted anew (0s).") var metricsAge: String?
  @Option(help: "How long it asks to be left alone with every answer to a poll, as Retry-After (it does not).") var retryAfter: String?
  @Option(help: "How long an access token is good for, where the dialect has tokens (for ever).") var accessTokenLifetime: String?

  /// - Throws: `ConfigurationError`, with the flag that is wrong.
  func system() throws(ConfigurationError) -> SimulatedSystem.Settings {
    var system = SimulatedSystem.Settings()
    try read("--workers", workers) { system.workers = try Self.limit($0, of: "workers") }
    try read("--service-time", serviceTime) { system.serviceTime = try ServiceTime(text: $0) }
    try read("--batch-every", batchEvery) { text in
      let every = try Duration(text: text)
      guard every >= .milliseconds(1) else {
        throw UnitError(expected: "a time between batches", found: text, remedy: "write one of at least 1ms, as in 2m")
      }
      system.batchEvery = every
    }
    try read("--failure-rate", failureRate) { system.failureRate = try Share(text: $0).fraction }
    try read("--network-delay", networkDelay) { system.networkDelay = try ServiceTime(text: $0, as: "a delay") }
    try read("--answer-time", answerTime) { system.answerTime = try ServiceTime(text: $0, as: "a time") }
    try read("--answer-limit", answerLimit) { system.answerLimit = try Self.limit($0, of: "requests") }
    try read("--faults", faults) { system.faults = try SimulatedFaults(text: $0) }
    try read("--stalls", stalls) { system.stalls = try SimulatedSystem.Pause.list($0) }
    try read("--restarts", restarts) { system.restarts = try SimulatedSystem.Pause.list($0) }
    try read("--clock-rate", clockRate) { system.clockRate = try Self.clockRate($0) }
    try read("--others-orders", othersOrders) { text in
      let time = try ServiceTime(text: text, as: "a time")
      guard time.mean >= .microseconds(1) else {
        throw UnitError(expected: "a time between orders", found: text, remedy: "write one of at least 1us, as in exponential:1s")
      }
      system.othersOrders = time
    }
    try read("--metrics-decimals", metricsDecimals) { text in
      guard let decimals = Int(text), (0...9).contains(decimals) else {
        throw UnitError(expected: "a number of decimals", found: text, remedy: "write one from 0 to 9")
      }
      system.metricsDecimals = decimals
    }
    try read("--metrics-age", metricsAge) { system.metricsAge = try Duration(text: $0) }
    try read("--retry-after", retryAfter) { system.retryAfter = try Duration(text: $0) }
    try read("--access-token-lifetime", accessTokenLifetime) { text in
      let lifetime = try Duration(text: text)
      guard lifetime > .zero else { throw UnitError(expected: "a lifetime", found: text, remedy: "write one longer than 0, as in 15m") }
      system.tokenLifetime = lifetime
    }
    return system
  }

  private func read(_ flag: String, _ text: String?, _ take: (String) throws -> Void) throws(ConfigurationError) {
    guard let text else { return }
    do { try take(text) } catch { throw ConfigurationError("\(flag): \(error)") }
  }

  private static func clockRate(_ text: String) throws -> Double {
    guard text.hasSuffix("ppm"), let millionths = Double(text.dropLast(3)), abs(millionths) <= 100_000 else {
      throw UnitError(expected: "a clock's rate", found: text, remedy: "write the millionths by which it runs fast, as in 200ppm or -50ppm")
    }
    return millionths / 1e6
  }

  /// - Returns: `nil` for unlimited.
  private static func limit(_ text: String, of what: String) throws -> Int? {
    if text == "unlimited" { return nil }
    guard let count = Int(text), count > 0 else {
      throw UnitError(expected: "a number of \(what)", found: text, remedy: "write 1, 8, any other positive number, or unlimited")
    }
    return count
  }
}
