import Shared

/// Rules on a single stage of a load: `accept.p(99){stage:2}<50ms`.
extension Threshold {
  /// Removes `{stage:2}` from the left side of a rule, wherever it is in there.
  /// - Returns: the rest, and the stage, counted from 1; `nil` where none is named.
  static func stage(of left: some StringProtocol, refuse: (String) -> UnitError) throws -> (figure: String, stage: Int?) {
    let example = "a stage is named as in accept.p(99){stage:2}<50ms"
    guard let open = left.firstIndex(of: "{") else {
      guard !left.contains("}") else { throw refuse("its '}' has no '{': \(example)") }
      return (String(left), nil)
    }
    guard let close = left[open...].firstIndex(of: "}") else { throw refuse("its '{' has no '}': \(example)") }
    let inside = left[left.index(after: open)..<close]
    guard inside.hasPrefix("stage:") else { throw refuse("'{\(inside)}' is none of the parts of a run that are told apart: \(example)") }
    let number = inside.dropFirst("stage:".count)
    guard number.utf8.allSatisfy({ (48...57).contains($0) }), let stage = Int(number), stage > 0 else {
      throw refuse("'\(number)' is no stage: they are counted from 1; \(example)")
    }
    let rest = String(left[..<open]) + String(left[left.index(after: close)...])
    guard !rest.contains(where: { "{}".contains($0) }) else { throw refuse("it names more than one stage: \(example)") }
    return (rest, stage)
  }
}

extension Threshold.Metric {
  /// The latencies that are known for single orders, and therefore for the orders of a stage.
  private static let ofOrders: [LatencyName] = [.accept, .acceptService, .reject, .slip, .connectionWait]

  /// Why the figure does not exist for a single stage; `nil` where it does.
  var refusalInStage: String? {
    switch self {
    case .interval, .orders, .share, .errorRate, .errorCount, .rate: return nil
    case .latency(let name, _):
      guard !Self.ofOrders.contains(name) else { return nil }
      let known = Self.ofOrders.map(\.rawValue) + IntervalName.allCases.map(\.rawValue)
      return "\(name.rawValue) is of the whole run: what is known of a stage is \(known.joined(separator: ", ")), counts, rates and errors"
    case .pollErrorRate, .pollErrorCount, .readings, .servedAlive, .servedCPU:
      return "it is of the whole run, and of no stage: leave {stage:…} out"
    }
  }
}
