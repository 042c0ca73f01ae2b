import ArgumentParser
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
    return system
  }

  private func read(_ flag: String, _ text: String?, _ take: (String) throws -> Void) throws(ConfigurationError) {
    guard let text else { return }
    do { try take(text) } catch { throw ConfigurationError("\(flag): \(error)") }
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

extension SimulatedSystem.Settings: CustomStringConvertible {
  /// What is simulated, in one line.
  var description: String {
    let parts: [String?] = [
      workers.map { $0 == 1 ? "1 worker" : "\($0) workers" } ?? "a worker for each order", "service time \(serviceTime)",
      batchEvery.map { "a batch every \($0.text)" }, failureRate > 0 ? "failure rate \(failureRate * 100)%" : nil,
      "network delay \(networkDelay)", "answer time \(answerTime)", answerLimit.map { "\($0) requests at a time" },
    ]
    return "simulated: " + parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// The part of the workers' time that a load of so many orders a second asks for; from 1 on the backlog grows without end.
  func utilisation(at rate: Double) -> Double? { workers.map { rate * serviceTime.mean.seconds / Double($0) } }
}
