import Foundation
import LoadRun
import LoadStudy

/// How figures changed, as bars on one axis, so that they compare at a glance: from what is least possible to what is most, beside the margin.
///
/// The axis is one of logarithms of ratios. Differences of shares are drawn at the scale on which their margin is as wide as that of ratios.
struct ChangeBars {
  private static let (width, height) = (240.0, 24.0)
  /// What lies farther out than the axis reaches is an arrow that ends here, in pixels from the edge.
  private static let edge = 3.0

  private let method: Comparison.Method
  /// How far the axis reaches on either side of no change, in margins.
  private let reach: Double
  private let hasRatios: Bool
  /// Whether both ratios and differences are drawn.
  let isMixed: Bool

  init(_ figures: [FigureComparison], _ method: Comparison.Method) {
    self.method = method
    hasRatios = figures.contains { $0.scale == .ratio } || figures.isEmpty
    isMixed = hasRatios && figures.contains { $0.scale == .difference }
    func farthest(_ values: (FigureComparison.Span) -> [Double?]) -> Double {
      let all = figures.flatMap { figure in
        [figure.lower, figure.upper].compactMap(\.self).flatMap(values).compactMap {
          $0.map { abs(Self.margins($0, figure.scale, method)) }
        }
      }
      return Swift.min(1e9, all.filter(\.isFinite).max() ?? 0)
    }
    // One figure that is hardly known must not make hairs of all others.
    let ends = Swift.min(farthest { [$0.low, $0.high] }, Swift.max(6, 3 * farthest { [$0.estimate] }))
    reach = Swift.max(3, ends, farthest { [$0.estimate] }) * 1.08
  }

  /// A change in margins; infinite where a ratio is 0.
  private static func margins(_ value: Double, _ scale: ComparedFigure.Scale, _ method: Comparison.Method) -> Double {
    scale == .ratio ? log(Swift.max(0, value)) / ratioMargin(method) : value / shareMargin(method)
  }

  /// Without a margin the axis still has a measure.
  private static func ratioMargin(_ method: Comparison.Method) -> Double { log1p(positive(method.margin) ?? 0.05) }
  private static func shareMargin(_ method: Comparison.Method) -> Double { positive(method.shareMargin) ?? 0.001 }
  private static func positive(_ value: Double) -> Double? { value > 1e-9 && value.isFinite ? value : nil }

  /// In pixels, on the axis's edge where the change lies beyond.
  private func position(_ margins: Double) -> Double {
    let share = Swift.min(1, Swift.max(-1, margins / reach))
    return Self.width / 2 + (share.isNaN ? 0 : share) * (Self.width / 2 - Self.edge)
  }

  /// The axis, for the head of a table.
  var heading: Markup {
    let marks: [(margins: Double, label: String)]
    if hasRatios {
      let margin = Self.ratioMargin(method)
      let ticks = RatioTicks(-reach * margin...reach * margin, about: 4)
      marks = zip(ticks.values, ticks.labels).map { (log($0) / margin, $1) }
    } else {
      let margin = Self.shareMargin(method)
      let ticks = Ticks(-reach * margin...reach * margin, .share, about: 4)
      marks = zip(ticks.values, ticks.labels).map { ($0 / margin, $1.hasPrefix("-") || $0 == 0 ? $1 : "+\($1)") }
    }
    var free = 0.0
    let labels = marks.map { mark -> Markup in
      let (middle, half) = (position(mark.margins), Double(mark.label.count) * 3.6)
      guard middle - half >= free, middle + half <= Self.width else { return .empty }
      free = middle + half + 4
      return """
        <path class="grid" d="M\(Path.pixels(middle)) 16v4"/>\
        <text class="tick middle" x="\(Path.pixels(middle))" y="12">\(mark.label)</text>
        """
    }
    return "<svg class=\"span\" viewBox=\"0 0 \(Path.pixels(Self.width)) 20\" aria-hidden=\"true\">\(labels)</svg>"
  }

  /// The bar of one figure.
  func bar(_ figure: FigureComparison) -> Markup {
    let isRatio = figure.scale == .ratio
    let margin = Self.positive(isRatio ? method.margin : method.shareMargin) == nil ? 0 : 1.0
    let (from, to) = (position(-margin), position(margin))
    return """
      <svg class="span" viewBox="0 0 \(Path.pixels(Self.width)) \(Path.pixels(Self.height))" role="img" aria-label="\(words(figure))">\
      <rect class="zone margin" x="\(Path.pixels(from))" y="0" width="\(Path.pixels(Swift.max(0.5, to - from)))" height="\(Path.pixels(Self.height))"/>\
      <path class="base" d="M\(Path.pixels(Self.width / 2)) 0V\(Path.pixels(Self.height))"/>\(interval(figure))</svg>
      """
  }

  private func words(_ figure: FigureComparison) -> String {
    figure.lower == nil || figure.upper == nil ? "nothing follows" : "\(figure.changeText), \(figure.intervalText)"
  }

  private func interval(_ figure: FigureComparison) -> Markup {
    guard let lower = figure.lower, let upper = figure.upper else { return .empty }
    func margins(_ value: Double?, _ unbounded: Double) -> Double {
      value.map { Self.margins($0, figure.scale, method) } ?? unbounded
    }
    let least = Swift.min(margins(lower.low, -.infinity), margins(upper.low, -.infinity))
    let most = Swift.max(margins(lower.high, .infinity), margins(upper.high, .infinity))
    let (from, to, middle) = (position(least), position(most), Self.height / 2)
    let style = figure.verdict.style
    let bar: Markup =
      "<path class=\"bar \(style)\" d=\"M\(Path.pixels(from)) \(Path.pixels(middle))H\(Path.pixels(Swift.max(to, from + 1)))\"/>"
    let arrows: [Markup] = [(least < -reach, from, "l8 -7v14z"), (most > reach, to, "l-8 -7v14z")].map { isBeyond, x, shape in
      isBeyond ? "<path class=\"dot \(style)\" d=\"M\(Path.pixels(x)) \(Path.pixels(middle))\(shape)\"/>" : .empty
    }
    let dots = Set([lower.estimate, upper.estimate].compactMap { $0.map { position(Self.margins($0, figure.scale, method)) } }).sorted()
      .map { x -> Markup in "<circle class=\"dot claim\" cx=\"\(Path.pixels(x))\" cy=\"\(Path.pixels(middle))\" r=\"3.2\"/>" }
    return "\(bar)\(arrows)\(dots)"
  }
}

extension ComparisonVerdict {
  /// The style class of what is drawn or written of it.
  var style: String {
    switch self {
    case .regressed: "bad"
    case .improved: "good"
    case .undecided: "warn"
    case .equivalent: "none"
    }
  }
}
