import LoadRun

extension Summary.Threshold {
  /// The unit in which values are printed: the threshold's own, or else the one that its metric is known to have.
  var printedUnit: FigureUnit {
    if let unit { return unit }
    let metric = String(expression.prefix { $0.isLetter || $0 == "_" })
    if LatencyName(rawValue: metric) != nil || IntervalName(rawValue: metric) != nil { return .seconds }
    return expression.hasPrefix("errors.rate") ? .share : .number
  }

  /// What was observed, named as in the rule: `p(99)` for `accept.p(99)<50ms`, `errors.rate` for `errors.rate<1%`.
  var observedName: String {
    let subject = expression.prefix { !"<>=!".contains($0) }
    // The dot before the aggregate, and not the one in p(99.9).
    let function = subject.firstIndex(of: "(").flatMap { subject[..<$0].lastIndex(of: ".") }
    return (function.map { subject[subject.index(after: $0)...] } ?? subject).trimmedBlanks
  }

  /// As in `p(99)=12.3ms`, or `p(95)=4.90s..5.10s` where only bounds are known.
  var observedText: String {
    if lower == nil && upper == nil { return verdict == .pass ? "\(observedName)=–" : "\(observedName): nothing was seen" }
    return "\(observedName)=\(Figure.range(lower, upper, printedUnit, digits: 4))"
  }

  /// What else there is to say: whether the rule is implicit or undecided, when it was first broken, its note, and how sure the run is of it.
  var remark: String {
    var parts: [String] = []
    if implicit { parts.append("implicit") }
    if verdict == .undecided { parts.append("undecided") }
    if verdict != .pass, let firstAt { parts.append("first at \(Figure.seconds(firstAt))") }
    if !note.isEmpty { parts.append(note) }
    if let certainty { parts.append(certainty.words) }
    return parts.joined(separator: "; ")
  }
}

extension Substring {
  fileprivate var trimmedBlanks: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
