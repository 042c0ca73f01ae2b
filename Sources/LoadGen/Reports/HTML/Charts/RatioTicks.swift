import Foundation
import LoadRun

/// Round ratios along an axis of their logarithms, and their labels, as in `×0.9`, `×1`, `×1.1`.
struct RatioTicks: Sendable {
  /// The ratios themselves.
  let values: [Double]
  let labels: [String]

  /// No ratio of figures is farther from 1 than this: what is, lies at an axis's edge.
  static let farthest = log(1e9)

  /// - Parameters:
  ///   - domain: of logarithms; contains 0.
  ///   - most: about how many values there are to be.
  init(_ domain: ClosedRange<Double>, about most: Int) {
    let inside = Swift.max(domain.lowerBound, -Self.farthest)...Swift.min(domain.upperBound, Self.farthest)
    values = Self.values(inside, most)
    labels = values.map(Self.label)
  }

  private static func values(_ domain: ClosedRange<Double>, _ most: Int) -> [Double] {
    let (low, high) = (exp(domain.lowerBound), exp(domain.upperBound))
    // So near to 1 ratios are about as far apart as their logarithms: steps of one size tell more than powers.
    if high / low < 4 { return Ticks((low - 1)...(high - 1), .number, about: most).values.map { 1 + $0 } }
    let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    func within(_ stride: Int, _ mantissas: [Double]) -> [Double] {
      decades.filter { $0.isMultiple(of: stride) }.flatMap { decade in mantissas.map { $0 * pow(10, Double(decade)) } }
        .filter { (low * (1 - 1e-9)...high * (1 + 1e-9)).contains($0) }
    }
    let choices = [within(1, [1, 2, 5])] + (1...6).map { within($0, [1]) }
    return choices.first { $0.count <= most + 2 } ?? [1]
  }

  private static func label(_ ratio: Double) -> String {
    (1e-3 * 0.999..<1e4).contains(ratio) ? "×" + Figure.number(ratio, digits: 6) : "×1e\(Int(log10(ratio).rounded()))"
  }
}

extension Axis {
  /// A vertical axis of ratios, on which twice as much and half as much are equally far from 1, which it contains.
  /// - Parameter ratios: those that are to be seen; ones that are not above 0 have no place on it.
  static func ratios(_ ratios: some Sequence<Double>) -> Axis {
    // However near to one another the ratios are, a hundredth is to be seen.
    var (least, greatest) = (-0.01, 0.01)
    for ratio in ratios where ratio > 0 && ratio.isFinite {
      least = Swift.max(Swift.min(least, log(ratio)), -RatioTicks.farthest)
      greatest = Swift.min(Swift.max(greatest, log(ratio)), RatioTicks.farthest)
    }
    let room = (greatest - least) * 0.06
    let scale = Scale((least - room)...(greatest + room), from: Chart.bottom, to: Chart.top)
    let ticks = RatioTicks(scale.domain, about: 5)
    return Axis(scale: scale, marks: zip(ticks.values, ticks.labels).map { Mark(position: scale(log($0)), label: $1) }, label: "")
  }
}
