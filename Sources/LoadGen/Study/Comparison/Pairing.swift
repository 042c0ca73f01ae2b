import LoadRun

/// How the runs of two sides belong together, which decides what an independent observation is.
enum Pairing: Sendable {
  /// Each two runs followed each other, one of each side with one seed: whatever the machine was doing, it was doing to both.
  case pairs([(baseline: ComparedRun, candidate: ComparedRun)])
  /// The runs of a sitting saw one state of the machine: however many there are, together they are one observation.
  case sittings(baseline: [[ComparedRun]], candidate: [[ComparedRun]])

  /// A side's run belongs to the sitting of the one before unless so much time has passed in between that the machine may be another, in
  /// seconds.
  static let pause = 1_800.0

  init(baseline: [ComparedRun], candidate: [ComparedRun]) {
    if let pairs = Self.pairs(baseline, candidate) {
      self = .pairs(pairs)
    } else {
      self = .sittings(baseline: Self.sittings(baseline), candidate: Self.sittings(candidate))
    }
  }

  private static func pairs(_ baseline: [ComparedRun], _ candidate: [ComparedRun]) -> [(baseline: ComparedRun, candidate: ComparedRun)]? {
    guard baseline.count == candidate.count, !baseline.isEmpty else { return nil }
    let all = baseline.map { (run: $0, isCandidate: false) } + candidate.map { (run: $0, isCandidate: true) }
    // In virtual time nothing but the seed decides what happens: when it was reckoned does not matter.
    let isVirtual = all.allSatisfy(\.run.isSimulated)
    let sorted = all.sorted { one, other in
      isVirtual
        ? (one.run.run.seed, one.isCandidate ? 1 : 0) < (other.run.run.seed, other.isCandidate ? 1 : 0)
        : (one.run.began, one.isCandidate ? 1 : 0) < (other.run.began, other.isCandidate ? 1 : 0)
    }
    var pairs: [(baseline: ComparedRun, candidate: ComparedRun)] = []
    for place in stride(from: 0, to: sorted.count, by: 2) {
      let (one, other) = (sorted[place], sorted[place + 1])
      guard one.isCandidate != other.isCandidate, one.run.run.seed == other.run.run.seed else { return nil }
      pairs.append(one.isCandidate ? (other.run, one.run) : (one.run, other.run))
    }
    return pairs
  }

  /// By the label `sitting` where every run has one, else by the time that passed between runs.
  private static func sittings(_ runs: [ComparedRun]) -> [[ComparedRun]] {
    let sorted = runs.sorted { $0.began < $1.began }
    if sorted.allSatisfy({ $0.run.labels["sitting"] != nil }) {
      let groups = Dictionary(grouping: sorted) { $0.run.labels["sitting"] ?? "" }
      return groups.values.sorted { ($0.first?.began ?? 0) < ($1.first?.began ?? 0) }
    }
    var sittings: [[ComparedRun]] = []
    var end = -Double.infinity
    for run in sorted {
      if run.began - end > pause { sittings.append([run]) } else { sittings[sittings.count - 1].append(run) }
      end = max(end, run.began + run.run.duration)
    }
    return sittings
  }
}
