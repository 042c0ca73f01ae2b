import LoadRun

extension Summary.Check {
  var printedUnit: FigureUnit { unit ?? .number }

  /// The claim, with its unit; the server's own text where it is not a number.
  var claimedWording: String {
    if let claimed { return Figure.value(claimed, printedUnit, digits: 4) }
    return claimedText.map { Legible.line($0, limit: 24) } ?? "–"
  }

  /// What the claim could have been, as in `1,998..2,000` or `1,998 or more`; a dash where nothing is known.
  var possibleWording: String {
    switch (lower, upper) {
    case (nil, nil): "–"
    case (let lower?, nil): "\(Figure.value(lower, printedUnit, .down, digits: 4)) or more"
    case (nil, let upper?): "\(Figure.value(upper, printedUnit, .up, digits: 4)) or less"
    case (let lower?, let upper?): Figure.range(lower, upper, printedUnit, digits: 4)
    }
  }

  /// The smallest lie that could have been seen, as in `1` or `41ms`; a dash where there is none.
  var resolutionWording: String { resolution.map { Figure.value($0, printedUnit, .up) } ?? "–" }
}

extension Summary.CheckVerdict {
  var words: String {
    switch self {
    case .consistent: "consistent"
    case .contradicted: "contradicted"
    case .unexplained: "unexplained"
    case .notCheckable: "not checkable"
    }
  }
}

extension Summary.AuditVerdict {
  var words: String {
    switch self {
    case .consistent: "consistent"
    case .contradicted: "contradicted"
    case .unexplained: "unexplained"
    case .notAvailable: "not available"
    }
  }
}

extension Summary.Assumptions {
  /// The assumptions that are known, with their values, in a fixed order.
  var stated: [(name: String, value: String)] {
    [
      ("exclusive", exclusive), ("snapshot", snapshot), ("final", final), ("requeue", requeue),
      ("read your writes", readYourWrites), ("clock rate", clockRate), ("max age", maxAge),
    ].compactMap { name, value in value.map { (name, $0) } }
  }
}
