import Shared

extension SimulatedSystem.Pause {
  /// Reads `10s+2s` (begin and length), or several, separated by commas.
  /// - Throws: `UnitError`.
  package static func list(_ text: String) throws -> [SimulatedSystem.Pause] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let both = part.split(separator: "+", omittingEmptySubsequences: false)
      guard both.count == 2 else {
        throw UnitError(expected: "a pause", found: String(part), remedy: "write when it begins and how long it lasts, as in 10s+2s")
      }
      return SimulatedSystem.Pause(at: try Duration(text: both[0]), lasts: try Duration(text: both[1]))
    }
  }
}

extension SimulatedSystem.Pause: CustomStringConvertible {
  package var description: String { "\(at.text)+\(lasts.text)" }
}

extension SimulatedSystem.Settings: CustomStringConvertible {
  /// The settings in one line. Those without a flag are not included.
  package var description: String {
    let parts: [String?] = [
      workers.map { $0 == 1 ? "1 worker" : "\($0) workers" } ?? "a worker for each order", "service time \(serviceTime)",
      batchEvery.map { "a batch every \($0.text)" }, failureRate > 0 ? "failure rate \(failureRate * 100)%" : nil,
      "network delay \(networkDelay)", "answer time \(answerTime)", answerLimit.map { "\($0) requests at a time" },
      faults.isEmpty ? nil : "faults \(faults)", Self.text(stalls, "stalls"), Self.text(restarts, "restarts"),
      clockRate == 0 ? nil : "a clock that is wrong by \(clockRate * 1e6)ppm", othersOrders.map { "others' orders every \($0)" },
      lies.isEmpty ? nil : "with \(lies.map(\.description).joined(separator: " and "))",
      metricsDecimals == 6 ? nil : "metrics to \(metricsDecimals) decimals",
      metricsAge == .zero ? nil : "metrics up to \(metricsAge.text) old", retryAfter.map { "Retry-After \($0.text)" },
      tokenLifetime.map { "tokens for \($0.text)" },
    ]
    return "simulated: " + parts.compactMap { $0 }.joined(separator: ", ")
  }

  private static func text(_ pauses: [SimulatedSystem.Pause], _ name: String) -> String? {
    pauses.isEmpty ? nil : "\(name) \(pauses.map(\.description).joined(separator: ","))"
  }

  /// The fraction of the workers' time that a load of this many orders per second takes; from 1 on the backlog grows without limit. `nil`
  /// where workers are unlimited.
  func utilisation(at rate: Double) -> Double? { workers.map { rate * serviceTime.mean.seconds / Double($0) } }
}
