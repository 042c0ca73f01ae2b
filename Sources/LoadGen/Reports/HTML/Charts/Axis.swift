import LoadRun

/// One axis of a chart: its scale, the positions of its marks, and their labels.
struct Axis: Sendable {
  let scale: Scale
  let marks: [Mark]
  /// What the axis shows, in a few words.
  let label: String

  /// A position in pixels, and what is written beside it.
  struct Mark: Sendable {
    let position: Double
    let label: String
  }

  /// A horizontal axis of seconds since something began.
  static func time(_ domain: ClosedRange<Double>, label: String = "since the run began") -> Axis {
    let scale = Scale(domain, from: Chart.left, to: Chart.right)
    return Axis(scale: scale, marks: marks(scale, .seconds, about: 6), label: label)
  }

  /// A horizontal axis that contains 0.
  static func across(_ values: some Sequence<Double>, _ unit: FigureUnit, label: String) -> Axis {
    let scale = Scale(domain(values, unit), from: Chart.left, to: Chart.right)
    return Axis(scale: scale, marks: marks(scale, unit, about: 6), label: label)
  }

  /// A vertical axis for values to be drawn. It begins at 0 unless a value is negative, and has a length and at least two marks whatever
  /// the values are.
  static func values(_ values: some Sequence<Double>, _ unit: FigureUnit) -> Axis {
    let scale = Scale(domain(values, unit), from: Chart.bottom, to: Chart.top)
    return Axis(scale: scale, marks: marks(scale, unit, about: 5), label: "")
  }

  /// A vertical axis for values that are to be told apart: where all of them are near one another it does not begin at 0.
  static func near(_ values: some Sequence<Double>, _ unit: FigureUnit) -> Axis {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), least > greatest * 0.6, greatest < farthest, least > finest,
      unit != .orders
    else { return Self.values(finite, unit) }
    // Values that hardly differ are to look so; and labels of a shorter stretch would have more digits than there is room for.
    let middle = (least + greatest) / 2
    let half = Swift.max((greatest - least) * 0.56, middle * 0.05)
    let scale = Scale((middle - half)...(middle + half), from: Chart.bottom, to: Chart.top)
    return Axis(scale: scale, marks: marks(scale, unit, about: 5), label: "")
  }

  private static func marks(_ scale: Scale, _ unit: FigureUnit, about most: Int) -> [Mark] {
    let ticks = Ticks(scale.domain, unit, about: most)
    return zip(ticks.values, ticks.labels).map { Mark(position: scale($0), label: $1) }
  }

  /// No measurement exceeds this, but a server may claim any number.
  private static let farthest = 1e300

  /// No measurement is finer than this, in any unit.
  private static let finest = 1e-9

  private static func domain(_ values: some Sequence<Double>, _ unit: FigureUnit) -> ClosedRange<Double> {
    var least = 0.0
    var greatest = 0.0
    for value in values where value.isFinite {
      least = Swift.min(least, Swift.max(value, -farthest))
      greatest = Swift.max(greatest, Swift.min(value, farthest))
    }
    // Where there are no values, or only zeros, the axis still reaches to one order, one second, or one percent.
    let one = unit == .share ? 0.01 : 1
    if greatest - least < finest || unit == .orders && greatest - least < 1 { greatest = Swift.max(greatest, least + one) }
    let room = (greatest - least) * 0.06
    return (least < 0 ? least - room : 0)...(greatest > 0 ? greatest + room : 0)
  }

  /// The lines and labels of a vertical axis.
  var horizontalLines: Markup {
    let lines = marks.map { mark -> Markup in
      let y = Path.pixels(mark.position)
      let text = Path.pixels(mark.position + 4)
      return """
        <path class="grid" d="M\(Path.pixels(Chart.left)) \(y)H\(Path.pixels(Chart.right))"/>\
        <text class="tick end" x="\(Path.pixels(Chart.left - 6))" y="\(text)">\(mark.label)</text>
        """
    }
    return "\(lines)"
  }

  /// The ticks and labels of a horizontal axis, with its title below.
  var verticalTicks: Markup {
    let ticks = legible.map { mark, anchor -> Markup in
      let x = Path.pixels(mark.position)
      let text = anchor == "end" ? Path.pixels(Chart.width - 2) : x
      return """
        <path class="grid" d="M\(x) \(Path.pixels(Chart.bottom))v4"/>\
        <text class="tick \(anchor)" x="\(text)" y="\(Path.pixels(Chart.bottom + 17))">\(mark.label)</text>
        """
    }
    let middle = Path.pixels((Chart.left + Chart.right) / 2)
    return """
      <path class="base" d="M\(Path.pixels(Chart.left)) \(Path.pixels(Chart.bottom))H\(Path.pixels(Chart.right))"/>\(ticks)\
      <text class="tick middle quiet" x="\(middle)" y="\(Path.pixels(Chart.height - 5))">\(label)</text>
      """
  }

  /// The marks whose labels overlap neither the one before nor the edge of the chart, with their text anchors.
  var legible: [(mark: Mark, anchor: String)] {
    var kept: [(Mark, String)] = []
    var free = -Double.infinity
    for mark in marks {
      let width = Chart.width(of: mark.label)
      let isAtEdge = mark.position + width / 2 > Chart.width - 2
      let start = isAtEdge ? Chart.width - 2 - width : mark.position - width / 2
      guard start >= free else { continue }
      kept.append((mark, isAtEdge ? "end" : "middle"))
      free = start + width + 6
    }
    return kept
  }
}
