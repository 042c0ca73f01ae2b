/// The frame of a chart: title, axes, legend, and room for the layers that are drawn into it.
struct Chart: Sendable {
  static let width = 520.0
  static let height = 240.0
  static let left = 58.0
  static let right = 508.0
  static let top = 10.0
  static let bottom = 204.0

  /// Unique on the page; names the title and the description for those who do not see.
  let id: String
  let title: String
  /// What it shows, in a sentence.
  let description: String
  let x: Axis
  let y: Axis
  var legend: [Legend] = []

  struct Legend: Sendable {
    /// The class of the line, dot or area in the style sheet.
    let style: String
    let shape: Shape
    let label: String

    enum Shape: Sendable {
      case line, area, dot, diamond
    }
  }

  func markup(_ layers: [Markup]) -> Markup {
    """
    <figure class="chart">
    <figcaption><strong>\(title)</strong><span class="legend">\(legend.map(key))</span></figcaption>
    <svg viewBox="0 0 \(Path.pixels(Self.width)) \(Path.pixels(Self.height))" role="img" aria-labelledby="\(id)-t \(id)-d">
    <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>
    \(y.horizontalLines)\(x.verticalTicks)
    \(layers)
    </svg>
    </figure>

    """
  }

  private func key(_ legend: Legend) -> Markup {
    let shape: Markup =
      switch legend.shape {
      case .line: "<path class=\"line \(legend.style)\" d=\"M1 6H19\"/>"
      case .area: "<rect class=\"area \(legend.style)\" x=\"1\" y=\"1\" width=\"18\" height=\"10\"/>"
      case .diamond: "<path class=\"dot \(legend.style)\" d=\"M10 1l5 5l-5 5l-5 -5z\"/>"
      case .dot: "<circle class=\"dot \(legend.style)\" cx=\"10\" cy=\"6\" r=\"3\"/>"
      }
    return "<span><svg width=\"20\" height=\"12\" aria-hidden=\"true\">\(shape)</svg>\(legend.label)</span>"
  }

  static func line(_ path: Path, _ style: String) -> Markup { path.isEmpty ? .empty : "<path class=\"line \(style)\" d=\"\(path.d)\"/>" }
  static func area(_ path: Path, _ style: String) -> Markup { path.isEmpty ? .empty : "<path class=\"area \(style)\" d=\"\(path.d)\"/>" }
}
