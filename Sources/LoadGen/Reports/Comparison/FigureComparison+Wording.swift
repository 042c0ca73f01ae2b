import LoadRun
import LoadStudy

extension FigureComparison {
  var baselineText: String { baseline.text(unit) }
  var candidateText: String { candidate.text(unit) }

  /// How the candidate lies to the baseline, as in `×1.102`, `×1.09..1.12` or `+0.31 pp`; a dash where nothing follows.
  var changeText: String {
    guard let lower, let upper else { return "–" }
    let ends = [lower.estimate, upper.estimate].compactMap(\.self)
    guard let low = ends.min(), let high = ends.max() else { return "unbounded" }
    switch scale {
    case .ratio:
      let (one, other) = (Self.ratio(low), Self.ratio(high))
      if ends.count < 2 { return "×\(one) or more" }
      return "×" + (one == other ? one : "\(one)..\(other)")
    case .difference:
      let (one, other) = (Self.points(low), Self.points(high))
      return one == other ? "\(one) pp" : "\(one)..\(other) pp"
    }
  }

  /// What cannot be excluded, by either end, as in `1.095 to 1.110`; a dash where nothing is.
  var intervalText: String { Self.interval(lower, upper, scale) }

  static func interval(_ lower: Span?, _ upper: Span?, _ scale: ComparedFigure.Scale) -> String {
    guard let lower, let upper else { return "–" }
    func told(_ value: Double) -> String { scale == .ratio ? ratio(value) : points(value) }
    let (lows, highs) = ([lower.low, upper.low].compactMap(\.self), [lower.high, upper.high].compactMap(\.self))
    // A ratio that is not known is unbounded altogether, and more than that of the other end.
    let low = lows.count == 2 || scale == .ratio ? lows.min().map(told) : nil
    let high = highs.count == 2 ? highs.max().map(told) : nil
    let unit = scale == .ratio ? "" : " pp"
    switch (low, high) {
    case (let low?, let high?): return "\(low) to \(high)\(unit)"
    case (let low?, nil): return "\(low)\(unit) or more"
    case (nil, let high?): return "\(high)\(unit) or less"
    case (nil, nil): return "unbounded"
    }
  }

  /// The verdict, and what would change it where it is undecided.
  var verdictText: String {
    guard verdict == .undecided else { return verdict.rawValue }
    return reason.isEmpty ? verdict.rawValue : "\(verdict.rawValue): \(Legible.line(reason, limit: 200))"
  }

  /// The verdict that counts: of two single runs that are judged, what these say of themselves.
  func judged(_ method: Comparison.Method) -> ComparisonVerdict { method.unit == .run ? within?.verdict ?? verdict : verdict }

  /// The verdict as a sentence.
  /// - Parameter method: for the margins.
  func sentence(_ method: Comparison.Method) -> String {
    let name = Legible.line(figure, limit: 60)
    let sure = "\(intervalText), \(Figure.number(confidence * 100, digits: 4))% sure"
    let margin =
      scale == .ratio
      ? "the margin of \(Figure.share(method.margin))" : "the margin of \(Self.points(method.shareMargin, signed: false)) pp"
    if verdict == .regressed, candidate.lower == nil, candidate.upper == nil {
      return "\(name) is worse: the baseline has it, and no order of the candidate came so far."
    }
    switch verdict {
    case .regressed: return "\(name) is worse: \(changeText) (\(sure)), which is beyond \(margin)."
    case .improved: return "\(name) is better: \(changeText) (\(sure)), which is beyond \(margin)."
    case .equivalent: return "\(name) is as it was: \(changeText) (\(sure)), which is within \(margin)."
    case .undecided: return "\(name) can't be told: \(reason.isEmpty ? "undecided" : Legible.line(reason, limit: 200))\(need)."
    }
  }

  /// What would decide it, as in `; about 6 more pairs would tell`.
  var need: String {
    guard let morePairs, morePairs > 0 else { return "" }
    return "; \(lower == nil ? "" : "about ")\(Figure.count(morePairs)) more pair\(morePairs == 1 ? "" : "s") would tell"
  }

  /// To a thousandth, and to three digits from 10 on.
  static func ratio(_ value: Double) -> String {
    guard value.isFinite, value < 1e15 else { return "unbounded" }
    return Figure.decimal(value, value < 10 ? 3 : value < 100 ? 1 : 0)
  }

  /// A share as percentage points.
  static func points(_ value: Double, signed: Bool = true) -> String {
    (signed && value > 0 ? "+" : "") + Figure.number(value * 100, digits: 3)
  }
}

extension FigureComparison.Ends {
  /// As in `20.1ms..21.2ms`; a dash where nothing was measured.
  fileprivate func text(_ unit: FigureUnit) -> String { lower == nil && upper == nil ? "–" : Figure.range(lower, upper, unit) }
}

extension ComparisonVerdict {
  var sign: String {
    switch self {
    case .regressed: "✗"
    case .improved: "✓"
    case .equivalent: "="
    case .undecided: "?"
    }
  }
}
