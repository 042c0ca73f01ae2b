/// Where a series changed its level.
package struct ChangePoint: Sendable, Hashable {
  /// That of the first value after the change.
  package let index: Int
  /// Of Student's test between the values since the change before and those until the next one: the greatest of that with all of them and
  /// those without the one value, of either side, that lies furthest from the other side. The place was chosen for being conspicuous,
  /// which the p-value does not know.
  package let pValue: Double
  /// The means of those values.
  package let before: Double
  package let after: Double
  /// Welch's interval for `after` less `before`. Like the p-value it takes the place for given. `nil` where a side has a single value.
  package let size: ClosedRange<Double>?

  /// - Parameter range: From the change before up to the next one.
  init(_ index: Int, in range: Range<Int>, of series: [Double], confidence: Double) {
    let (left, right) = (series[range.lowerBound..<index], series[index..<range.upperBound])
    self.index = index
    pValue = Self.pValue(left, right)
    before = left.reduce(0, +) / Double(left.count)
    after = right.reduce(0, +) / Double(right.count)
    size = StudentT.welch(Array(left), Array(right), confidence: confidence)
  }

  /// So that no change rests on one value: a spike at the end of a series is far away from all the rest.
  static func pValue(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
    max(
      StudentT.pValue(left, right),
      StudentT.pValue(withoutFurthest(left, from: right), right),
      StudentT.pValue(left, withoutFurthest(right, from: left)))
  }

  private static func withoutFurthest(_ side: ArraySlice<Double>, from other: ArraySlice<Double>) -> ArraySlice<Double> {
    let centre = other.reduce(0, +) / Double(other.count)
    var rest = side
    if let furthest = side.indices.max(by: { abs(side[$0] - centre) < abs(side[$1] - centre) }) { rest.remove(at: furthest) }
    return rest
  }
}
