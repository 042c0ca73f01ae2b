import LoadRun

/// Maps values to positions along one axis of a chart.
struct Scale: Sendable {
  let domain: ClosedRange<Double>
  /// In pixels; for a vertical axis `start` is the greater one.
  let start: Double
  let end: Double

  /// - Parameter domain: widened where it is empty: to twice its value, or from 0 to 1.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    let isFlat = domain.upperBound - domain.lowerBound <= abs(domain.upperBound) * 1e-12
    let width = domain.lowerBound == 0 ? 1 : abs(domain.lowerBound)
    self.domain = isFlat ? domain.lowerBound...(domain.lowerBound + width) : domain
    self.start = start
    self.end = end
  }

  /// The position of a value, in pixels; values outside of the domain are put on its edge.
  func callAsFunction(_ value: Double) -> Double {
    let inside = Swift.min(Swift.max(value, domain.lowerBound), domain.upperBound)
    let position = (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + position * (end - start)
  }
}
