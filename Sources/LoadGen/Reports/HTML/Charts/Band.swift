/// What values can have been, from place to place: an area between two lines, or open strokes where there is no upper end.
struct Band: Sendable {
  /// A place along the chart, and between what the value lies there, in pixels.
  struct Place: Sendable {
    let x: Double
    /// `nil`: down to the chart's bottom.
    let low: Double?
    /// `nil`: without an upper end.
    let high: Double?
  }

  let closed: [Path]
  let open: [Path]
  /// Its edges. The upper one has gaps where there is no upper end.
  let lower: Path
  let upper: Path
  /// Whether each value is known exactly, so that both edges are one line.
  let isExact: Bool

  /// - Parameter places: by rising `x`.
  init(_ places: [Place]) {
    func low(_ place: Place) -> Path.Point { Path.Point(x: place.x, y: place.low ?? Chart.bottom) }
    func high(_ place: Place) -> Path.Point? { place.high.map { Path.Point(x: place.x, y: $0) } }
    var areas: [Path] = []
    var strokes: [Path] = []
    // Places are grouped into stretches; between two of them the band is open if either is.
    var start = 0
    while start + 1 < places.count {
      func isOpen(_ index: Int) -> Bool { places[index].high == nil || places[index + 1].high == nil }
      var end = start + 1
      while end + 1 < places.count, isOpen(end) == isOpen(start) { end += 1 }
      let part = places[start...end]
      if isOpen(start) {
        strokes.append(.open(above: part.map(low)))
      } else {
        areas.append(.area(part.compactMap(high), part.map(low)))
      }
      start = end
    }
    closed = areas
    open = strokes
    upper = .line(places.map(high))
    lower = .line(places.map(low))
    isExact = places.allSatisfy { $0.low != nil && $0.low == $0.high }
  }

  /// The areas and the strokes.
  func ground(_ style: String) -> Markup { "\(closed.map { Chart.area($0, style) })\(open.map { Chart.open($0, style) })" }
}
