import Shared

/// Several processes answer in turn, each of which tells of the orders that it has seen itself.
extension CauseSearch {
  func severalProcesses() -> [Supposition] {
    guard let sign = signOfSeveral else { return [] }
    guard noneHasSeenMore else { return [] }
    let cause = Cause(
      kind: .severalProcesses, figures: [], words: "\(sign), and each tells of the orders that it has seen itself")
    return [Supposition(cause: cause, runs: [], broken: contradicted)]
  }

  /// Whether no process can have seen more orders than there were. Of those from before the run each may have had any.
  private var noneHasSeenMore: Bool {
    let counts = metrics.figures.filter { !$0.quantity.isDuration }
    guard counts.allSatisfy({ run.scrapes[0].claims[$0.quantity].map { $0.value == 0 } ?? true }) else { return true }
    var plain = run
    plain.excusesFalls = false
    let names = Set(counts.map(\.name))
    let samples = Audit(plain).checks.filter { names.contains($0.name) }.flatMap(\.samples)
    return samples.allSatisfy { !$0.isOutside || $0.range.upperBound < $0.bounds.lower }
  }

  /// What shows that there are several; `nil` where nothing does.
  private var signOfSeveral: String? {
    let processes = run.restarts.processes
    if processes > 1 { return "\(processes) processes answer in turn, as process_start_time_seconds shows" }
    guard let figure = metrics.figures.first(where: fallsAgain) else { return nil }
    return "several processes answer in turn, as \(figure.name) shows, which falls again and again"
  }

  /// Whether a counter without a known start falls more than once. It cannot have begun anew each time, since then nothing would be
  /// contradicted.
  private func fallsAgain(_ figure: Dialect.Figure) -> Bool {
    let readings = run.scrapes.map(\.claims).filter { $0.counted.contains(figure.quantity) }
    guard readings.allSatisfy({ $0.start(of: figure.quantity) == nil }) else { return false }
    let told = readings.compactMap { $0[figure.quantity]?.orders }
    return zip(told, told.dropFirst()).count { $1.upperBound < $0.lowerBound } > 1
  }
}
