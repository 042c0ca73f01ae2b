import Shared

/// One kind of claim over all scrapes: what was claimed, what it could have been, and where the two do not meet.
package struct AuditCheck: Sendable {
  enum Verdict: Sendable {
    case consistent, contradicted
    /// Possible only if someone else sends orders too.
    case unexplained
    /// Nothing that could have been said would have been contradicted.
    case notCheckable
  }

  let name: String
  let meaning: String
  let unit: Unit
  /// A lie that every sample would show, whatever its bounds.
  let leastLie: Double?
  /// In the order of the scrapes.
  private(set) var samples: [Sample] = []

  /// Samples that were looked at and are not kept: all of them, and how many of those lay outside.
  var unkept: (count: Int, outside: Int) = (0, 0)

  /// Why nothing could be looked at, as a sentence, where the check knows.
  var vacuity: String?

  enum Unit: Sendable { case orders, seconds }

  init(name: String, meaning: String, unit: Unit, leastLie: Double? = nil) {
    self.name = name
    self.meaning = meaning
    self.unit = unit
    self.leastLie = leastLie
  }

  /// - Parameter sample: where its bounds exclude one another the target has contradicted itself elsewhere, and no claim could be held against
  ///   them.
  mutating func add(_ sample: Sample) {
    if let upper = sample.bounds.upper, upper < sample.bounds.lower {
      vacuity = "what else the target said leaves nothing that \(name) could have been"
    } else {
      samples.append(sample)
    }
  }

  var outside: [Sample] { samples.filter(\.isOutside) }

  var worst: Sample? { outside.max { $0.outsideBy < $1.outsideBy } }

  /// The smallest lie that could have been seen at the tightest reading; `nil` where none could.
  var resolution: Double? {
    if let leastLie { return samples.isEmpty ? nil : leastLie }
    guard let tightest = samples.compactMap(\.resolution).min() else { return nil }
    // Orders come whole: with bounds that meet, one too many or too few is seen.
    return unit == .orders ? max(1, tightest.rounded(.down) + (tightest > 0 ? 1 : 0)) : tightest
  }

  var verdict: Verdict {
    if samples.contains(where: \.isContradicted) { return .contradicted }
    if samples.contains(where: \.isOutside) { return .unexplained }
    return resolution == nil ? .notCheckable : .consistent
  }
}
