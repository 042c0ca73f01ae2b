import LoadRun

/// Where values lie along one axis of a chart.
struct Scale: Sendable {
  let domain: ClosedRange<Double>
  /// In pixels; runs downwards for a vertical axis.
  let start: Double
  let end: Double

  /// - Parameter domain: widened where it has no length: to twice its value, and from nothing to one.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    let isFlat = domain.upperBound - domain.lowerBound <= abs(domain.upperBound) * 1e-12
    let width = domain.lowerBound == 0 ? 1 : abs(domain.lowerBound)
    self.domain = isFlat ? domain.lowerBound...(domain.lowerBound + width) : domain
    self.start = start
    self.end = end
  }

  /// The pixel of a value; values outside lie on the edge.
  func callAsFunction(_ value: Double) -> Double {
    let inside = Swift.min(Swift.max(value, domain.lowerBound), domain.upperBound)
    let position = (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + position * (end - start)
  }
}
