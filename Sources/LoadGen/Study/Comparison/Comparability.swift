import LoadRun

/// What speaks against comparing runs with one another.
package enum Comparability {
  /// Each difference between the runs that is none of what is to be compared, and each run of which nothing can be concluded, as a sentence; at
  /// most `most` of them, the rest as a number.
  package static func objections(baseline: [ComparedRun], candidate: [ComparedRun], most: Int = 12) -> [String] {
    let runs = baseline + candidate
    guard let first = runs.first else { return [] }
    // A candidate that accepts nothing is worse; a baseline that accepts nothing is none.
    var objections = baseline.filter { $0.accepted == 0 }.map { "\($0.place): none of its orders was accepted, so that it is no baseline" }
    objections += sameRuns(baseline, candidate)
    for run in runs { if let flaw = run.flaw { objections.append("\(run.place): \(flaw)") } }
    for run in runs.dropFirst() {
      for difference in differences(first, run) { objections.append("\(run.place) is not of what \(first.place) is of: \(difference)") }
    }
    return objections.count <= most ? objections : objections.prefix(most - 1) + ["… and \(objections.count - most + 1) more"]
  }

  /// A run that is named twice counts for two observations, and on both sides it hides every difference.
  private static func sameRuns(_ baseline: [ComparedRun], _ candidate: [ComparedRun]) -> [String] {
    var sides: [[UInt8]: (place: String, isCandidate: Bool)] = [:]
    return (baseline.map { ($0, false) } + candidate.map { ($0, true) }).compactMap { run, isCandidate in
      guard let first = sides.updateValue((run.place, isCandidate), forKey: Array(run.run.id.utf8)) else { return nil }
      return first.isCandidate == isCandidate
        ? "\(run.place) is the same run as \(first.place): name it once"
        : "\(run.place) is the same run as \(first.place), and cannot be on both sides"
    }
  }

  /// Whether two runs are of one load, made by machines and programs that measure alike.
  static func isOfSameLoad(_ one: ComparedRun, _ other: ComparedRun) -> Bool {
    one.scenario["name"] == other.scenario["name"] && differences(one, other).isEmpty
  }

  private static func differences(_ one: ComparedRun, _ other: ComparedRun) -> [String] {
    var differences: [String] = []
    func compare(_ what: String, _ first: String?, _ second: String?) {
      guard first != second else { return }
      func shown(_ text: String?) -> String { text.map { $0.isEmpty ? "none" : Legible.line($0, limit: 80) } ?? "not given" }
      differences.append("\(what) is \(shown(second)), and was \(shown(first))")
    }
    // What only says where to, by which seed, how it is judged and where it is written may differ.
    let keys = Set(one.scenario.keys).union(other.scenario.keys).filter { Setting(rawValue: $0)?.changesLoad ?? true }
    for key in keys.sorted() where key != Setting.schedule.rawValue { compare("--\(key)", one.scenario[key], other.scenario[key]) }
    let recorded = Setting.schedule.rawValue
    let isRecorded = one.scenario[recorded] != nil || other.scenario[recorded] != nil
    if differences.isEmpty, isRecorded { compare("the schedule (scenario_hash)", one.run.scenarioHash, other.run.scenarioHash) }
    compare("the share", one.run.share, other.run.share)
    compare("the number of cores", "\(one.environment.cores)", "\(other.environment.cores)")
    compare("loadgen's version", major(one.environment.toolVersion), major(other.environment.toolVersion))
    compare(
      "what it ran against", one.isSimulated ? "a simulated system" : "a server", other.isSimulated ? "a simulated system" : "a server")
    return differences
  }

  /// Versions that differ only after it measure alike: the first number, or `0.` and the second.
  private static func major(_ version: String) -> String {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    return parts.first == "0" ? parts.prefix(2).joined(separator: ".") : String(parts.first ?? "")
  }
}
