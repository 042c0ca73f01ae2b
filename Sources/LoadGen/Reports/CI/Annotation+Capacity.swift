import LoadRun
import LoadStudy

extension Annotation {
  /// That no rate is held, or not the one that was to be, or why the search could not be carried through; as a warning that the target holds
  /// more than it holds less.
  static func list(_ capacity: Capacity) -> [Annotation] {
    let text = CapacityAnswer(capacity).text
    let failed = capacity.outcomes.filter { $0 != .passed }.map { outcome in
      Annotation(.error, outcome == .threshold ? "Not shown: \(CapacityAnswer.claim(capacity))" : "Capacity: \(outcome.rawValue)", text)
    }
    return failed + [CapacityAnswer.order(capacity)].compactMap { $0.map { Annotation(.warning, "Capacity", $0) } }
  }
}
