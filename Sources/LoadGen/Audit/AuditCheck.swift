import Shared

/// One kind of claim over all scrapes: what was claimed, what could have been true, and where the two do not meet.
package struct AuditCheck: Sendable {
  enum Verdict: Sendable {
    case consistent, contradicted
    /// Possible only if somebody else sends orders, too, or hardly ever.
    case unexplained
    /// Whatever had been claimed, nothing would have been contradicted.
    case notCheckable
  }

  let name: String
  let meaning: String
  let unit: Unit
  /// The smallest lie that every sample would reveal, whatever its bounds; `nil` if that depends on the bounds.
  let leastLie: Double?
  /// In the order of the scrapes.
  private(set) var samples: [Sample] = []

  /// In the order of the scrapes: where the figure was gone although it must have been more than 0.
  private(set) var vanished: [Vanished] = []

  /// A figure that was gone although it must have been more than 0.
  struct Vanished: Sendable {
    let at: Instant
    /// What stood there instead.
    let found: Claims.Unread
    /// Why it must have been there, completing `although …`.
    let reason: String
  }

  /// Samples that were checked but not kept: how many, and how many of those lay outside their bounds.
  var unkept: (count: Int, outside: Int) = (0, 0)

  /// Which readings alone could reveal a lie, completing `a lie would have been seen …`; `nil`: all that have bounds.
  var whereSeen: String?

  /// What the bounds rest on beside our own observations, completing `must have been …, if …`.
  var condition: String?

  /// Whether durations up to an end are claimed, which are too short if the end is stamped too early.
  var mayBeTooEarly = false

  /// Whether the bounds hold but for a small chance (`SampleTallies.risk`), since they are those of a random sample. Then nothing is
  /// contradicted.
  var isOfSample = false

  /// How the name of such a check ends.
  static let bySample = " by sample"

  /// Whether a check of this name may be one: for words alone, since a dialect may name a figure so.
  package static func isOfSample(_ name: String) -> Bool { name.utf8.suffix(bySample.utf8.count).elementsEqual(bySample.utf8) }

  /// What would explain the contradiction, as a sentence, if that is known.
  var explanation: String?

  /// What each sample is of.
  var source = Source.readings

  /// Where samples come from.
  enum Source: String, Sendable { case readings, orders, buckets, series }

  /// Why nothing could be checked, as a sentence, if known.
  var vacuity: String?

  /// Why it has no upper bound, and what would give it one, as a clause; `nil` where it has one, or where that is not known.
  var unboundedBecause: String?

  enum Unit: Sendable { case orders, requests, seconds }

  init(name: String, meaning: String, unit: Unit, leastLie: Double? = nil) {
    self.name = name
    self.meaning = meaning
    self.unit = unit
    self.leastLie = leastLie
  }

  /// Adds a sample. If its bounds exclude each other, the target has contradicted itself elsewhere, so the claim cannot be checked and is
  /// left out.
  mutating func add(_ sample: Sample) {
    if let upper = sample.bounds.upper, upper < sample.bounds.lower {
      vacuity = "what else the target said leaves nothing that \(name) could have been"
    } else {
      samples.append(sample)
    }
  }

  mutating func add(_ vanished: Vanished) { self.vanished.append(vanished) }

  var outside: [Sample] { samples.filter(\.isOutside) }

  var worst: Sample? { outside.max { $0.outsideBy < $1.outsideBy } }

  /// The smallest lie that would have been seen at the tightest reading; `nil` if none would.
  var resolution: Double? {
    if let leastLie { return samples.isEmpty ? nil : leastLie }
    return telling.compactMap(\.resolution).min().map(whole)
  }

  /// The samples that show how small a lie would have been seen.
  var telling: [Sample] { samples.filter { $0.durations > 0 } }

  /// Orders are whole: if the bounds meet, a claim of one order too many or too few is seen.
  func whole(_ width: Double) -> Double {
    unit != .seconds ? max(1, width.rounded(.down) + (width > 0 ? 1 : 0)) : width
  }

  var verdict: Verdict {
    if !vanished.isEmpty || !isOfSample && samples.contains(where: \.isContradicted) { return .contradicted }
    if samples.contains(where: \.isOutside) { return .unexplained }
    return resolution == nil ? .notCheckable : .consistent
  }
}
