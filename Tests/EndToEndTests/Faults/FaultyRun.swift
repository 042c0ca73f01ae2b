import Foundation
import Testing

/// A run of loadgen against an order-server that lies, or does wrong, on purpose.
struct FaultyRun {
  let code: Int32
  let run: RunFolder
  let output: String

  /// How orders are processed, and what load is put on it. Each run is as short as its fault allows.
  enum Setting {
    /// Orders take no time to speak of, and all is over in less than a second.
    case quick
    /// Orders are sent for four seconds, in which the figures are read several times.
    case steady
    /// Orders take two seconds, and are polled every 20 ms.
    case slow
    /// Four orders, one each half second, which take two seconds, and are polled every 20 ms.
    case sparse
    /// One worker takes 0.1 s for each, so that most of them wait, and each longer than the one before.
    case queue
    /// Orders take very different times, of a second in the mean.
    case uneven

    var server: [String] {
      switch self {
      case .quick, .steady: ["--workers", "unlimited", "--service-time", "20ms"]
      case .slow, .sparse: ["--workers", "unlimited", "--service-time", "2s"]
      case .queue: ["--workers", "1", "--service-time", "100ms"]
      case .uneven: ["--workers", "unlimited", "--service-time", "exponential:1s"]
      }
    }

    var load: [String] {
      switch self {
      case .quick: ["-c", "10", "-n", "100"]
      case .steady: ["--rate", "50/s", "-d", "4s"]
      case .slow: ["-c", "10", "-n", "20"]
      case .sparse: ["--rate", "2/s", "-n", "4"]
      case .queue, .uneven: ["-c", "10", "-n", "30"]
      }
    }
  }

  /// - Parameters:
  ///   - server: further flags of order-server, which win.
  ///   - load: further flags of loadgen, which win.
  static func make(_ faults: String..., on setting: Setting, server: [String] = [], load: [String] = []) async throws -> FaultyRun {
    try await make(faults, on: setting, server: server, load: load)
  }

  private static func make(
    _ faults: [String], on setting: Setting, server: [String] = [], load: [String] = []
  ) async throws -> FaultyRun {
    let flags = ["--store", "memory", "--seed", "1"] + setting.server + server + faults.flatMap { ["--fault", $0] }
    return try await withTemporaryFolder { folder in
      try await RunningProgram.server(flags, environment: ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"]) { url in
        let place = folder.appendingPathComponent("run")
        let arguments = ["run", url, "--poll", "20ms", "--exclusive", "-o", place.path] + setting.load + load
        let done = try await Programs.run(Programs.loadgen, arguments)
        guard FileManager.default.fileExists(atPath: place.path) else {
          Issue.record("\(done.output)\(done.errors)")
          throw NeverTrue()
        }
        return FaultyRun(code: done.code, run: try RunFolder(place), output: done.output)
      }
    }
  }

  /// The same, made anew where the machine stood still so long that polls were too coarse to tell the seconds of an order.
  /// - Parameter resolution: in seconds, the smallest lie about the mean from created to completed that must be seen.
  static func make(
    _ faults: String..., on setting: Setting, telling resolution: Double, server: [String] = [], load: [String] = []
  ) async throws -> FaultyRun {
    func isCoarse(_ made: FaultyRun) -> Bool {
      (made.run.check("average_completion_time")?["resolution"] as? Double ?? 0) > resolution
    }
    return try await again(while: isCoarse) { try await make(faults, on: setting, server: server, load: load) }
  }

  /// From the beginning of the load to the last answer, in seconds.
  var duration: Double { (run.summary["run"] as? [String: Any])?["duration"] as? Double ?? 0 }

  /// The names of the contradicted checks.
  var contradicted: [String] {
    (run.audit["checks"] as? [[String: Any]] ?? []).filter { $0["verdict"] as? String == "contradicted" }
      .compactMap { $0["name"] as? String }
  }

  /// The cause that is named, in words.
  var cause: String? { (run.audit["cause"] as? [String: Any])?["sentence"] as? String }

  /// Expects that the audit is contradicted, in this check at least.
  func expectContradiction(_ check: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(code == 120, "\(output)", sourceLocation: location)
    #expect(contradicted.contains(check), "\(run.findings)", sourceLocation: location)
  }
}
