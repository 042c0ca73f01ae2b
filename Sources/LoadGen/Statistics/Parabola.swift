/// A parabola through weighted points, by least squares; a straight line where they lie on one that bends down.
package struct Parabola: Sendable, Hashable {
  /// Its value at 0.
  package let height: Double
  /// Its slope at 0.
  package let slope: Double
  /// The coefficient of x²: at least 0.
  package let bend: Double

  /// - Returns: `nil` for fewer than three points, or where they do not tell a parabola or a line.
  package init?(_ points: [(x: Double, y: Double, weight: Double)]) {
    guard points.count > 2 else { return nil }
    func sum(_ power: Int, _ value: ((x: Double, y: Double, weight: Double)) -> Double = { _ in 1 }) -> Double {
      points.reduce(0) { sum, point in sum + point.weight * value(point) * (0..<power).reduce(1) { power, _ in power * point.x } }
    }
    let s = (0...4).map { sum($0) }
    let t = (0...2).map { sum($0, \.y) }
    // Cramer's rule for the normal equations.
    func determinant(_ a: [Double], _ b: [Double], _ c: [Double]) -> Double {
      a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])
    }
    let columns = [[s[0], s[1], s[2]], [s[1], s[2], s[3]], [s[2], s[3], s[4]]]
    let whole = determinant(columns[0], columns[1], columns[2])
    let bend = determinant(columns[0], columns[1], t) / whole
    if bend.isFinite, bend > 0 {
      self.bend = bend
      height = determinant(t, columns[1], columns[2]) / whole
      slope = determinant(columns[0], t, columns[2]) / whole
    } else {
      self.bend = 0
      slope = (s[0] * t[1] - s[1] * t[0]) / (s[0] * s[2] - s[1] * s[1])
      height = (t[0] - slope * s[1]) / s[0]
    }
    guard height.isFinite, slope.isFinite else { return nil }
  }

  /// Where it is 0 and rises; `nil` where there is no such place.
  package var rootWhereItRises: Double? {
    if bend == 0 { return slope > 0 ? -height / slope : nil }
    let inside = slope * slope - 4 * height * bend
    return inside >= 0 ? (inside.squareRoot() - slope) / (2 * bend) : nil
  }
}
