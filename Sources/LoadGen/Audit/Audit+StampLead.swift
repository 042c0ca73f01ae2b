import Shared

extension Audit {
  /// The longest time before it can be seen that an end is taken to have been stamped, in seconds. Transactions that stamp their end when they
  /// begin were seen to take 0.8 s.
  private static let longestLead = 1.0

  /// How much earlier than it can be seen an end would have to be stamped to explain every contradiction, in seconds; `nil` where that
  /// cannot explain them all. It can where every figure that is contradicted is a duration, and too short.
  static func explainingLead(_ checks: [AuditCheck]) -> Double? {
    var lead = 0.0
    for check in checks where check.verdict == .contradicted {
      guard check.unit == .seconds, check.mayBeTooEarly, check.vanished.isEmpty, check.unkept.outside == 0 else { return nil }
      for sample in check.samples where sample.isContradicted {
        let missing = sample.bounds.lower - sample.range.upperBound
        // What is less than half of what it must be is more likely something else.
        guard missing > 0, missing <= sample.bounds.lower / 2, sample.durations > 0 else { return nil }
        lead = max(lead, missing / Double(sample.durations))
      }
    }
    return lead > 0 && lead <= longestLead ? lead : nil
  }

  /// Says of contradictions that ends which are stamped before they can be seen would explain them all, if they would.
  static func explained(_ checks: [AuditCheck]) -> [AuditCheck] {
    guard let lead = explainingLead(checks) else { return checks }
    let words = Duration.milliseconds(Int64((lead * 1_000).rounded(.up))).text
    return checks.map { check in
      guard check.verdict == .contradicted else { return check }
      var check = check
      check.explanation = "If it stamps an end up to \(words) before that can be seen, say stamp_lead: \(words) in the dialect"
      return check
    }
  }
}
