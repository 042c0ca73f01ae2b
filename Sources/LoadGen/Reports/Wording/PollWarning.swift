import LoadRun

extension Summary {
  /// The share of creates that must have found all connections taken before a warning is given: fewer cannot influence the p95.
  private static let queuedShare = 0.05

  /// Warnings that polls may have influenced what was measured, each with a flag that would show it. They must be as prominent as a
  /// threshold that failed.
  var pollWarnings: [String] {
    guard followsOrders, let polls, polls.count > 0, let service = polls.service else { return [] }
    return [costWarning(service, polls.adapted), waitWarning(service)].compactMap { $0 }
  }

  /// A fixed gap makes polls as expensive as it happens to; an adaptive one can only be too expensive where even a single poll per order
  /// costs more than the creates.
  private func costWarning(_ service: Polls.Service, _ adapted: Polls.Adapted?) -> String? {
    let moved = "Polls may have moved what was measured: "
    let sample = scenario["audit-precision"].map { "Those of --audit-precision \($0) are among them: a smaller share has fewer. " } ?? ""
    if let adapted {
      guard service.pollsWhileCreating > 2 * service.creates else { return nil }
      return moved + "although they came up to \(Figure.seconds(adapted.longest)) apart, their service times sum to "
        + "\(Figure.seconds(service.pollsWhileCreating)) while orders were sent, the creates' to \(Figure.seconds(service.creates)). "
        + "\(sample)--no-follow shows how creates fare without them."
    }
    guard service.polls > service.creates else { return nil }
    return moved + "their service times sum to \(Figure.seconds(service.polls)), the creates' to \(Figure.seconds(service.creates)). "
      + "\(sample)--poll adaptive keeps them below, --no-follow shows how creates fare without them."
  }

  private func waitWarning(_ service: Polls.Service) -> String? {
    guard service.createsQueued > 0, Double(service.createsQueued) >= Self.queuedShare * Double(orders.submitted),
      let waited = latency(.connectionWait)?.values.p95, waited * 2 >= latency(.accept)?.values.p95 ?? 0
    else { return nil }
    let more = scenario["connections"].flatMap(UInt32.init).map { "--connections \(Int($0) * 2) gives them more, " } ?? ""
    return "Polls may have kept creates waiting: all connections for creates were taken when \(Figure.count(service.createsQueued)) of "
      + "\(Figure.count(orders.submitted)) were due, which waited for \(Figure.seconds(waited)) in the p95. "
      + "\(more)--no-follow shows how creates fare without polls."
  }
}
