import Shared

extension Summary.Certainty {
  /// As in `holds with 99 %`, and, where it is undecided, what would decide it.
  package var words: String {
    let sure = Figure.number(confidence * 100, digits: 5) + "%"
    switch word {
    case .holds: return "holds with \(sure)"
    case .fails: return "fails with \(sure)"
    case .undecided: return "not sure with \(sure): \(reason)"
    }
  }

  private var reason: String {
    let orders = Figure.count(count)
    if let needed {
      let worth = effective.map { $0 > 0 ? Double(count) / $0 : 1 } ?? 1
      let dependent = worth >= 1.5 ? ", as slow ones come together and count for one in \(Figure.number(worth, digits: 2))" : ""
      return "\(orders) are too few, and about \(Figure.count(Self.roughly(needed))) are needed\(dependent)"
    }
    if effective == nil, beyondUpper == 0 {
      return "none of \(orders) lies beyond the limit, but slow ones come together, or the run is too short to tell whether they do"
    }
    if effective == nil {
      return "the run is too short to tell how far those that follow each other fare alike: it takes 20 stretches that do not"
    }
    return beyondLower == beyondUpper
      ? "as many lie beyond the limit as may"
      : "\(Figure.count(beyondLower)) to \(Figure.count(beyondUpper)) lie beyond the limit: poll more often"
  }

  /// Two digits of it: no more is known.
  private static func roughly(_ count: Int) -> Int {
    var unit = 1
    while count / unit >= 100 { unit *= 10 }
    return (count + unit - 1) / unit * unit
  }
}
