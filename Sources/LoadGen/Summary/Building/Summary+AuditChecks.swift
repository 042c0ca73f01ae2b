import Shared

extension Summary.Audit {
  /// - Parameter run: `nil` where the dialect has no metrics, and there was nothing else to check.
  init(_ run: AuditedRun?, _ evidence: Evidence) {
    guard let run else {
      self.init(verdict: .notAvailable, assumptions: Summary.Assumptions(), samples: 0, checks: [], cause: nil)
      return
    }
    let audit = Audit(run)
    let verdict: Summary.AuditVerdict =
      switch audit.verdict {
      case .consistent: .consistent
      case .contradicted: .contradicted
      case .unexplained: .unexplained
      case .notAvailable: .notAvailable
      }
    self.init(
      verdict: verdict, assumptions: Summary.Assumptions(audit), samples: audit.scrapes,
      checks: audit.checks.map(Summary.Check.init), cause: CauseSearch(run, audit, evidence)?.cause.map(Summary.Cause.init))
  }
}

extension Summary.Cause {
  fileprivate init(_ cause: Cause) { self.init(kind: cause.kind.rawValue, figures: cause.figures, sentence: cause.words) }
}

extension Summary.Assumptions {
  fileprivate init(_ audit: Audit) {
    let assumed = audit.assumptions
    self.init(
      exclusive: audit.exclusivity.rawValue, snapshot: Self.word(assumed.snapshot), final: Self.word(assumed.final),
      requeue: Self.word(assumed.requeue), readYourWrites: Self.word(assumed.readYourWrites),
      clockRate: "\(Int((assumed.clockRate * 1e6).rounded())) ppm", maxAge: assumed.maxAge.text)
  }

  private static func word(_ holds: Bool) -> String { holds ? "yes" : "no" }

  private static func word(_ requeue: Dialect.Requeue) -> String {
    switch requeue {
    case .never: "never"
    case .onRestart: "on restart"
    case .any: "any time"
    }
  }
}

extension Summary.Check {
  /// How many readings are kept for the charts, evenly spread. Those outside of the bounds are kept first, up to half of this number.
  static let longestSeries = 720

  fileprivate init(_ check: AuditCheck) {
    let shown = check.worst ?? (check.vanished.isEmpty ? check.samples.last : nil)
    let vanished = check.worst == nil ? check.vanished.first : nil
    let firstAt = [check.outside.first?.at, check.vanished.first?.at].compactMap(\.self).min()
    let verdict: Summary.CheckVerdict =
      switch check.verdict {
      case .consistent: .consistent
      case .contradicted: .contradicted
      case .unexplained: .unexplained
      case .notCheckable: .notCheckable
      }
    self.init(
      name: check.name, meaning: check.meaning, unit: FigureUnit(check.unit),
      claimed: shown?.claim.value, claimedText: shown?.claim.text ?? vanished?.found.words,
      lower: shown?.absoluteBounds.lower, upper: shown?.absoluteBounds.upper,
      resolution: check.resolution, verdict: verdict, samples: check.samples.count + check.vanished.count + check.unkept.count,
      outside: check.outside.count + check.vanished.count + check.unkept.outside,
      firstAt: firstAt?.seconds, worstBy: check.worst?.outsideBy, sentence: check.sentence,
      series: Self.thinned(Self.drawn(check.samples, with: shown)).map {
        Summary.Reading(t: $0.at.seconds, claimed: $0.claim.value, lower: $0.absoluteBounds.lower, upper: $0.absoluteBounds.upper)
      })
  }

  /// Of claims of several things, those of the one that is shown, so that they can be drawn as one course.
  private static func drawn(_ samples: [AuditCheck.Sample], with shown: AuditCheck.Sample?) -> [AuditCheck.Sample] {
    guard let subject = shown?.subject else { return samples }
    return samples.filter { $0.subject?.hasSameBytes(as: subject) ?? false }
  }

  private static func thinned(_ samples: [AuditCheck.Sample]) -> [AuditCheck.Sample] {
    guard samples.count > longestSeries else { return samples }
    let outside = samples.indices.filter { samples[$0].isOutside }.prefix(longestSeries / 2)
    let even = (0..<longestSeries / 2).map { $0 * (samples.count - 1) / (longestSeries / 2 - 1) }
    return Set(even).union(outside).sorted().map { samples[$0] }
  }
}

extension FigureUnit {
  fileprivate init(_ unit: AuditCheck.Unit) {
    self =
      switch unit {
      case .orders: .orders
      case .requests: .number
      case .seconds: .seconds
      }
  }
}
