/// The counts of orders by the names that they have in thresholds and `summary.json`.
extension Summary.Orders {
  /// Submitted orders that were not acknowledged.
  var failures: Int { rejected + errored + ambiguous }

  /// The count with this name in `summary.json`; `nil` where there is none.
  func count(named name: String) -> Int? { Self.place(of: name).map { self[keyPath: $0] } }

  /// A count as a fraction of the whole that it is a part of, from 0 to 1 (docs/measurement.md, "Conservation"); `nil` where the whole is 0
  /// or there is none.
  func share(named name: String) -> Double? {
    guard let count = count(named: name), let whole = Threshold.Metric.whole(of: name).flatMap(self.count), whole > 0 else { return nil }
    return Double(count) / Double(whole)
  }

  /// Each count with its name in `summary.json`.
  var named: [(String, Int)] { Self.places.map { ("orders.\($0.name)", self[keyPath: $0.place]) } }

  /// Subtracts each count.
  static func - (left: Self, right: Self) -> Self {
    var rest = left
    for (_, place) in places { rest[keyPath: place] -= right[keyPath: place] }
    return rest
  }

  private static func place(of name: String) -> WritableKeyPath<Self, Int>? { places.first { $0.name == name }?.place }

  private static var places: [(name: String, place: WritableKeyPath<Self, Int>)] {
    [
      ("scheduled", \.scheduled), ("not_sent", \.notSent), ("submitted", \.submitted), ("accepted", \.accepted),
      ("rejected", \.rejected), ("errored", \.errored), ("ambiguous", \.ambiguous), ("completed", \.completed),
      ("cancelled", \.cancelled), ("failed", \.failed), ("unfinished", \.unfinished), ("timed_out", \.timedOut),
      ("run_end", \.runEnd), ("lost", \.lost), ("unknown_status", \.unknownStatus), ("untracked", \.untracked),
      ("attempts", \.attempts),
    ]
  }
}
