import LoadRun

/// How the runs of two sides belong together, which decides what an independent observation is.
enum Pairing: Sendable {
  /// Each two runs followed each other, one of each side with one seed: whatever the machine was doing, it was doing to both.
  /// `alone` are runs between them whose partner is missing.
  case pairs([(baseline: ComparedRun, candidate: ComparedRun)], alone: [ComparedRun])
  /// The runs of a sitting saw one state of the machine: however many there are, together they are one observation.
  case sittings(baseline: [[ComparedRun]], candidate: [[ComparedRun]])

  /// A side's run belongs to the sitting of the one before unless so much time has passed in between that the machine may be another, in
  /// seconds.
  static let pause = 1_800.0

  init(baseline: [ComparedRun], candidate: [ComparedRun]) {
    let (pairs, alone) = Self.pairs(baseline, candidate)
    if pairs.count >= Self.leastPairs * alone.count, !pairs.isEmpty {
      self = .pairs(pairs, alone: alone)
    } else {
      self = .sittings(baseline: Self.sittings(baseline), candidate: Self.sittings(candidate))
    }
  }

  /// So many pairs there must be for each run that is alone: otherwise what looks like pairs may be chance.
  private static let leastPairs = 3

  /// Why runs are left out, each as a sentence.
  var leftOut: [String] {
    guard case .pairs(_, let alone) = self else { return [] }
    return alone.map {
      "\($0.place) is left out: the run that it would be a pair with, of the seed \(Legible.line($0.run.seed, limit: 40)), is missing"
    }
  }

  private static func pairs(
    _ baseline: [ComparedRun], _ candidate: [ComparedRun]
  ) -> (pairs: [(baseline: ComparedRun, candidate: ComparedRun)], alone: [ComparedRun]) {
    let all = baseline.map { (run: $0, isCandidate: false) } + candidate.map { (run: $0, isCandidate: true) }
    // In virtual time nothing but the seed decides what happens: when it was reckoned does not matter.
    let isVirtual = all.allSatisfy(\.run.isSimulated)
    let sorted = all.sorted { one, other in
      isVirtual
        ? (one.run.run.seed, one.isCandidate ? 1 : 0) < (other.run.run.seed, other.isCandidate ? 1 : 0)
        : (one.run.began, one.isCandidate ? 1 : 0) < (other.run.began, other.isCandidate ? 1 : 0)
    }
    var pairs: [(baseline: ComparedRun, candidate: ComparedRun)] = []
    var alone: [ComparedRun] = []
    var rest = sorted[...]
    while let one = rest.popFirst() {
      if let other = rest.first, one.isCandidate != other.isCandidate, one.run.run.seed == other.run.run.seed {
        rest.removeFirst()
        pairs.append(one.isCandidate ? (other.run, one.run) : (one.run, other.run))
      } else {
        alone.append(one.run)
      }
    }
    return (pairs, alone)
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
