import LoadRun

extension Summary {
  /// Which orders were not brought to a good end, in sentences; empty where all were.
  var shortfalls: [String] {
    let neverEnded = orders.timedOut + orders.unknownStatus + orders.lost + orders.untracked
    return [
      Self.shortfall(neverEnded, of: orders.accepted, "followed orders never ended"),
      Self.shortfall(orders.failed, of: orders.accepted, "followed orders failed"),
      Self.shortfall(orders.notSent, of: orders.scheduled, "orders were due and not sent"),
    ].compactMap { $0 }
  }

  private static func shortfall(_ count: Int, of whole: Int, _ what: String) -> String? {
    count == 0 ? nil : "\(Figure.count(count)) of \(Figure.count(whole)) \(what)."
  }
}
