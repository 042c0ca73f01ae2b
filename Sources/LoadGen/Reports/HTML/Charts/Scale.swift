import Foundation

/// Where values lie along one axis of a chart.
struct Scale: Sendable {
  let domain: ClosedRange<Double>
  /// In pixels; runs downwards for a vertical axis.
  let start: Double
  let end: Double
  let isLogarithmic: Bool

  /// - Parameter domain: widened where it has no length: to twice its value, and from nothing to one.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double, logarithmic: Bool = false) {
    let isFlat = domain.upperBound - domain.lowerBound <= abs(domain.upperBound) * 1e-12
    let width = domain.lowerBound == 0 ? 1 : abs(domain.lowerBound)
    self.domain = isFlat ? domain.lowerBound...(domain.lowerBound + width) : domain
    self.start = start
    self.end = end
    isLogarithmic = logarithmic && domain.lowerBound > 0
  }

  /// The pixel of a value; values outside lie on the edge.
  func callAsFunction(_ value: Double) -> Double {
    let inside = Swift.min(Swift.max(value, domain.lowerBound), domain.upperBound)
    let low = isLogarithmic ? log10(domain.lowerBound) : domain.lowerBound
    let high = isLogarithmic ? log10(domain.upperBound) : domain.upperBound
    let position = ((isLogarithmic ? log10(inside) : inside) - low) / (high - low)
    return start + position * (end - start)
  }

  /// Round values inside the domain, about as many as asked for.
  func ticks(_ count: Int) -> [Double] { isLogarithmic ? powersOfTen(count) : evenly(Self.decimalStep(length / Double(count))) }

  /// Round times in seconds: minutes and hours are divided as clocks do.
  func timeTicks(_ count: Int) -> [Double] {
    let wanted = length / Double(count)
    let steps: [Double] = [10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400]
    return evenly(wanted <= 5 ? Self.decimalStep(wanted) : steps.first { $0 >= wanted } ?? Self.decimalStep(wanted))
  }

  private var length: Double { domain.upperBound - domain.lowerBound }

  private func evenly(_ step: Double) -> [Double] {
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard step > 0, last >= first, last - first < 100 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  private func powersOfTen(_ count: Int) -> [Double] {
    let first = Int(log10(domain.lowerBound).rounded(.up))
    let last = Int(log10(domain.upperBound).rounded(.down))
    guard last >= first else { return [] }
    let every = (last - first) / Swift.max(1, count) + 1
    return stride(from: first, through: last, by: every).map { pow(10, Double($0)) }
  }

  /// The next of 1, 2, 5 times a power of ten.
  private static func decimalStep(_ wanted: Double) -> Double {
    guard wanted > 0, wanted.isFinite else { return 1 }
    let power = pow(10, log10(wanted).rounded(.down))
    return ([1, 2, 5].first { $0 * power >= wanted * (1 - 1e-9) } ?? 10) * power
  }
}
