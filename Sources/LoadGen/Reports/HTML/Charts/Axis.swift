/// One axis of a chart: its scale, where its marks are, and what stands beside them.
struct Axis: Sendable {
  let scale: Scale
  let marks: [Mark]
  /// What the axis counts, in a word or two.
  let label: String

  struct Mark: Sendable {
    let position: Double
    let label: String
  }

  /// Seconds since the run began, from left to right.
  static func time(_ domain: ClosedRange<Double>) -> Axis {
    let scale = Scale(domain, from: Chart.left, to: Chart.right)
    let marks = scale.timeTicks(6).map { Mark(position: scale($0), label: Figure.tick($0, .seconds)) }
    return Axis(scale: scale, marks: marks, label: "since the run began")
  }

  /// Values, from the bottom to the top.
  static func values(_ domain: ClosedRange<Double>, _ unit: Summary.FigureUnit, label: String, logarithmic: Bool = false) -> Axis {
    let scale = Scale(domain, from: Chart.bottom, to: Chart.top, logarithmic: logarithmic)
    let marks = scale.ticks(5).map { Mark(position: scale($0), label: Figure.tick($0, unit)) }
    return Axis(scale: scale, marks: marks, label: label)
  }

  /// For a vertical axis.
  var horizontalLines: Markup {
    let lines = marks.map { mark -> Markup in
      let y = Path.pixels(mark.position)
      let text = Path.pixels(mark.position + 3.5)
      return """
        <path class="grid" d="M\(Path.pixels(Chart.left)) \(y)H\(Path.pixels(Chart.right))"/>\
        <text class="tick end" x="\(Path.pixels(Chart.left - 6))" y="\(text)">\(mark.label)</text>
        """
    }
    return "\(lines)"
  }

  /// For a horizontal axis, its label below.
  var verticalTicks: Markup {
    let ticks = marks.map { mark -> Markup in
      let x = Path.pixels(mark.position)
      return """
        <path class="grid" d="M\(x) \(Path.pixels(Chart.bottom))v4"/>\
        <text class="tick middle" x="\(x)" y="\(Path.pixels(Chart.bottom + 16))">\(mark.label)</text>
        """
    }
    let middle = Path.pixels((Chart.left + Chart.right) / 2)
    return """
      <path class="base" d="M\(Path.pixels(Chart.left)) \(Path.pixels(Chart.bottom))H\(Path.pixels(Chart.right))"/>\(ticks)\
      <text class="tick middle quiet" x="\(middle)" y="\(Path.pixels(Chart.height - 4))">\(label)</text>
      """
  }
}

extension Figure {
  /// A round value beside an axis: without zeros at the end.
  static func tick(_ value: Double, _ unit: Summary.FigureUnit) -> String {
    switch unit {
    case .seconds where abs(value) < 60:
      for (name, scale) in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)] where abs(value) * scale >= 1 { return number(value * scale) + name }
      return value == 0 ? "0" : number(value * 1e9) + "ns"
    case .seconds: return seconds(value)
    case .share: return share(value)
    case .perSecond, .orders, .number: return number(value)
    }
  }
}
