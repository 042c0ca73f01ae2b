import LoadStudy

/// What a trial measured, drawn: a stroke from the least to the most that it can have been, and a shape that says what the trial is sure of.
struct TrialMark {
  let word: RateBook.Word
  /// Whether all of it lies above what the axis reaches.
  let isBeyond: Bool
  /// Whether it has no upper end.
  let isOpen: Bool
  let markup: Markup

  /// - Parameters:
  ///   - x: where it is drawn, in pixels.
  ///   - title: what it is in words, for who points at it.
  init(_ goal: Capacity.Goal, x: Double, _ y: Scale, title: String) {
    word = goal.word
    isBeyond = goal.lower.map { $0 > y.domain.upperBound } ?? false
    isOpen = goal.upper == nil
    let low = goal.lower.map { y($0) } ?? Chart.bottom
    let high = goal.upper.map { y($0) } ?? Chart.top
    var reach = Path()
    if low != high { reach.addStroke(Path.Point(x: x, y: low), to: high) }
    // Of what has no upper end the least is all that is known.
    let middle = isBeyond ? Chart.top : isOpen ? low : (low + high) / 2
    markup =
      "\(isOpen ? Chart.open(reach, "ink") : Chart.line(reach, word.style))\(Self.shape(word, isBeyond, Path.pixels(x), Path.pixels(middle), title))"
  }

  /// Shapes differ as well as colours, for readers who cannot tell these apart.
  private static func shape(_ word: RateBook.Word, _ isBeyond: Bool, _ x: String, _ y: String, _ title: String) -> Markup {
    if isBeyond { return "<path class=\"dot \(word.style)\" d=\"M\(x) \(y)l5 9h-10z\"><title>\(title)</title></path>\n" }
    return switch word {
    case .lower: "<circle class=\"dot good\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.4\"><title>\(title)</title></circle>\n"
    case .upper: "<path class=\"dot bad\" d=\"M\(x) \(y)m0 -5l5 5l-5 5l-5 -5z\"><title>\(title)</title></path>\n"
    case .undecided: "<circle class=\"ring warn\" cx=\"\(x)\" cy=\"\(y)\" r=\"3.2\"><title>\(title)</title></circle>\n"
    }
  }
}
