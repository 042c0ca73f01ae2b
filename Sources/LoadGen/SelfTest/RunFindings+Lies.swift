import Shared

/// Checks that what the audit says it would see, it does see.
extension RunFindings {
  /// Repeats the run against a system that lies about one of its figures: by a little more than the check of that figure says it would see,
  /// or by far more.
  /// - Parameter draw: selects the figure, the direction and the amount; from 0 to 1.
  func unseenLie(_ draw: Double) -> [String] {
    guard result.refusal == nil, result.run.hasBaseline, settings.system.othersOrders == nil, scenario.dialect.metrics?.source != .list
    else {
      return []
    }
    // Where figures may be older than the answer, what is there from before is known by a figure that may be a lie itself.
    guard scenario.dialect.assumptions.maxAge == .zero, !settings.system.tellsMetricsAge else { return [] }
    let lies = possibleLies()
    guard !lies.isEmpty else { return [] }
    let place = Int(draw * Double(lies.count * 4))
    let (name, quantity, least) = lies[place / 4]
    let much = place.isMultiple(of: 2) ? least : least + 1_000_000
    var lying = settings
    lying.system.lie = SimulatedSystem.Lie(quantity: quantity, places: place % 4 < 2 ? much : -much)
    let lied = Simulation(lying).outcome()
    let checks = Self.audit(lied, scenario, .declared)?.checks ?? []
    func verdict(_ name: String) -> AuditCheck.Verdict? { checks.first { $0.name.hasSameBytes(as: name) }?.verdict }
    var found: [String] = []
    func unseen(_ what: String) { found.append("a lie about \(name), \(lying.system.lie?.places ?? 0) in the last place, \(what)") }
    if verdict(name) == .consistent { unseen("is not seen") }
    // What can only grow has then fallen.
    if let overTime = verdict("\(name) over time"), overTime != .contradicted, falls(lied.run.scrapes, quantity) {
      unseen("lets it fall, and that is not seen")
    }
    return found
  }

  /// For each figure, the smallest lie that must be seen, in units of its last printed place. Only of figures whose check is consistent.
  private func possibleLies() -> [(name: String, quantity: Dialect.Quantity, least: Int64)] {
    let checks = Self.audit(result, scenario, .declared)?.checks ?? []
    return (scenario.dialect.metrics?.figures ?? []).compactMap { figure in
      let name = figure.field.description
      guard let check = checks.first(where: { $0.name.hasSameBytes(as: name) }), check.verdict == .consistent,
        let resolution = check.resolution
      else { return nil }
      guard figure.quantity.isDuration else { return (name, figure.quantity, Int64(resolution)) }
      guard settings.system.spelling.form == .fixed, let unit = check.samples.last?.claim.place else { return nil }
      return (name, figure.quantity, Int64(resolution * (1 + 1e-9) / unit) + 1)
    }
  }

  /// Whether a reading claims fewer orders than an earlier one whose window does not overlap with its own.
  private func falls(_ scrapes: [Scrape], _ quantity: Dialect.Quantity) -> Bool {
    let age = scenario.dialect.assumptions.maxAge.nanoseconds
    return scrapes.indices.contains { later in
      guard let claim = scrapes[later].claims[quantity] else { return false }
      return scrapes[..<later].contains { earlier in
        guard let before = earlier.claims[quantity] else { return false }
        return earlier.window.received <= scrapes[later].window.sent + -age && claim.value < before.value
      }
    }
  }
}
