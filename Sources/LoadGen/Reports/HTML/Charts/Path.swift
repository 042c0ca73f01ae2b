import LoadRun

/// A line or an area in the form of SVG's `d` attribute. Points are in pixels.
struct Path: Sendable {
  private(set) var d = ""

  struct Point: Sendable, Equatable {
    let x: Double
    let y: Double
  }

  /// A line from point to point, with gaps where there are none. A point between two gaps appears as a dot, made by its round line cap.
  static func line(_ points: [Point?]) -> Path {
    var path = Path()
    var isDown = false
    for (index, point) in points.enumerated() {
      guard let point else {
        isDown = false
        continue
      }
      path.add(isDown ? "L" : "M", point)
      let isAlone = !isDown && (index + 1 == points.count || points[index + 1] == nil)
      if isAlone { path.d += "h0" }
      isDown = true
    }
    return path
  }

  /// The area between two lines.
  static func area(_ upper: [Point], _ lower: [Point]) -> Path {
    guard !upper.isEmpty, !lower.isEmpty else { return Path() }
    var path = line(upper)
    for point in lower.reversed() { path.add("L", point) }
    path.d += "Z"
    return path
  }

  /// Vertical strokes at regular distances, from a line to the top of the chart: values above the line have no upper end.
  /// - Parameter line: by rising `x`.
  static func open(above line: [Point]) -> Path {
    var path = Path()
    let gap = 9.0
    for (from, to) in zip(line, line.dropFirst()) where to.x > from.x {
      var x = (from.x / gap).rounded(.up) * gap
      while x < to.x {
        let y = from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x)
        if y - Chart.top > 1 { path.d += "M" + pixels(x) + " " + pixels(y) + "V" + pixels(Chart.top) }
        x += gap
      }
    }
    return path
  }

  /// A vertical stroke; one without a length appears as a dot, as a single point of a line does.
  mutating func addStroke(_ from: Point, to y: Double) {
    add("M", from)
    d += "V" + Self.pixels(y)
  }

  var isEmpty: Bool { d.isEmpty }

  private mutating func add(_ command: String, _ point: Point) {
    d += command + Self.pixels(point.x) + " " + Self.pixels(point.y)
  }

  /// Rounded to tenths: more cannot be seen, and pages stay small.
  static func pixels(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let text = "\(tenths.magnitude / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths.magnitude % 10)")
    return tenths < 0 ? "-" + text : text
  }
}
