import LoadRun

/// The frame of a chart: title, axes, legend, and room for the layers drawn into it. Lengths are in pixels.
struct Chart: Sendable {
  static let width = 440.0
  static let height = 232.0
  static let left = 58.0
  static let right = 424.0
  static let top = 10.0
  static let bottom = 190.0

  /// The greatest width of a label, in pixels: on narrow screens the chart is drawn smaller, but its letters are not, so that each takes up
  /// to this much.
  static func width(of label: String) -> Double { Double(label.count) * 8.9 }

  /// Unique on the page; links the drawing to its title and description, for readers who cannot see it.
  let id: String
  let title: String
  /// What the chart shows, in a sentence.
  let description: String
  let x: Axis
  let y: Axis
  var legend: [Legend] = []
  /// Stretches of the horizontal axis in which something holds.
  var zones: [Zone] = []
  /// A line that the figure must not cross.
  var limit: Limit?

  /// An entry of the legend.
  struct Legend: Sendable {
    /// The style class of the line, dot or area.
    let style: String
    let shape: Shape
    let label: String

    /// The symbol beside the label; `open` are strokes without an upper end, `arrow` is for what lies above the axis.
    enum Shape: Sendable {
      case line, area, dot, ring, diamond, arrow, open
    }

    /// For values without an upper end.
    static func unbounded(_ style: String) -> Legend { Legend(style: style, shape: .open, label: "no upper end") }
  }

  /// A shaded stretch of the horizontal axis.
  struct Zone: Sendable, Equatable {
    /// In pixels.
    let from: Double
    let to: Double
    let style: String
    /// Written into the zone where there is room.
    let label: String
  }

  /// A horizontal line at a value.
  struct Limit: Sendable, Equatable {
    let value: Double
    let label: String
  }

  /// The whole figure; later layers are drawn over earlier ones.
  func markup(_ layers: [Markup]) -> Markup {
    """
    <figure class="chart">
    <figcaption><strong>\(title)</strong><span class="legend">\(legend.map(key))</span></figcaption>
    <svg viewBox="0 0 \(Path.pixels(Self.width)) \(Path.pixels(Self.height))" role="img" aria-labelledby="\(id)-t \(id)-d">
    <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description)</desc>
    \(zones.map(ground))\(y.horizontalLines)\(x.verticalTicks)
    \(layers)\(limitLine)\(zones.map(name))
    </svg>
    </figure>

    """
  }

  private func key(_ legend: Legend) -> Markup {
    let shape: Markup =
      switch legend.shape {
      case .line: "<path class=\"line \(legend.style)\" d=\"M1 6H19\"/>"
      case .area: "<rect class=\"area \(legend.style)\" x=\"1\" y=\"1\" width=\"18\" height=\"10\"/>"
      case .open: "<path class=\"open \(legend.style)\" d=\"M3 12V1M8 12V1M13 12V1M18 12V1\"/>"
      case .diamond: "<path class=\"dot \(legend.style)\" d=\"M10 1l5 5l-5 5l-5 -5z\"/>"
      case .arrow: "<path class=\"dot \(legend.style)\" d=\"M10 1l5 9h-10z\"/>"
      case .ring: "<circle class=\"ring \(legend.style)\" cx=\"10\" cy=\"6\" r=\"3.2\"/>"
      case .dot: "<circle class=\"dot \(legend.style)\" cx=\"10\" cy=\"6\" r=\"3\"/>"
      }
    return "<span><svg width=\"20\" height=\"12\" aria-hidden=\"true\">\(shape)</svg>\(legend.label)</span>"
  }

  private func ground(_ zone: Zone) -> Markup {
    """
    <rect class="zone \(zone.style)" x="\(Path.pixels(zone.from))" y="\(Path.pixels(Self.top))" \
    width="\(Path.pixels(zone.to - zone.from))" height="\(Path.pixels(Self.bottom - Self.top))"/>
    """
  }

  /// The name is kept away from the limit's label.
  private func name(_ zone: Zone) -> Markup {
    guard Self.width(of: zone.label) + 4 <= zone.to - zone.from else { return .empty }
    let isLimitLow = limit.map { y.scale($0.value) > (Self.top + Self.bottom) / 2 } ?? false
    let height = isLimitLow ? Self.top + 13 : Self.bottom - 7
    return
      "<text class=\"tick middle note\" x=\"\(Path.pixels((zone.from + zone.to) / 2))\" y=\"\(Path.pixels(height))\">\(zone.label)</text>"
  }

  private var limitLine: Markup {
    guard let limit else { return .empty }
    let height = y.scale(limit.value)
    let text = height - Self.top < 20 ? height + 15 : height - 5
    return """
      <path class="line limit" d="M\(Path.pixels(Self.left)) \(Path.pixels(height))H\(Path.pixels(Self.right))"/>\
      <text class="tick note limit" x="\(Path.pixels(Self.left + 5))" y="\(Path.pixels(text))">\(limit.label)</text>
      """
  }

  static func line(_ path: Path, _ style: String) -> Markup { path.isEmpty ? .empty : "<path class=\"line \(style)\" d=\"\(path.d)\"/>" }
  static func area(_ path: Path, _ style: String) -> Markup { path.isEmpty ? .empty : "<path class=\"area \(style)\" d=\"\(path.d)\"/>" }
  static func open(_ path: Path, _ style: String) -> Markup { path.isEmpty ? .empty : "<path class=\"open \(style)\" d=\"\(path.d)\"/>" }
}
