import Foundation

/// Draws of distributions with centre 0 and scale about 1, by what comparisons of runs meet.
enum Sample: String, CaseIterable, Sendable {
  case gaussian, laplace, cauchy
  /// Each from one of three scales that lie a factor of 30 apart.
  case mixedScales
  /// The difference of two neighbours of a series that remembers (autocorrelation 0.9), whose order was drawn at random.
  case autocorrelated
  /// The same of a series with bursts that last for some values.
  case bursts

  func draw(_ count: Int, _ dice: inout Dice) -> [Double] {
    switch self {
    case .gaussian: (0..<count).map { _ in dice.gaussian() }
    case .laplace: (0..<count).map { _ in -log(dice.uniform()) * (dice.chance(0.5) ? 1 : -1) }
    case .cauchy: (0..<count).map { _ in tan(Double.pi * (dice.uniform() - 0.5)) }
    case .mixedScales: (0..<count).map { _ in dice.gaussian() * dice.pick([1, 30, 900]) }
    case .autocorrelated: Self.pairs(dice.remembering(2 * count, 0.9), &dice)
    case .bursts: Self.pairs(dice.bursting(2 * count), &dice)
    }
  }

  private static func pairs(_ series: [Double], _ dice: inout Dice) -> [Double] {
    stride(from: 0, to: series.count, by: 2).map { (series[$0] - series[$0 + 1]) * (dice.chance(0.5) ? 1 : -1) }
  }
}

extension Dice {
  /// Of the standard normal distribution, by Box and Muller.
  mutating func gaussian() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform()) }

  /// An autoregressive series of variance 1.
  mutating func remembering(_ count: Int, _ correlation: Double) -> [Double] {
    var value = gaussian()
    return (0..<count).map { _ in
      defer { value = correlation * value + (1 - correlation * correlation).squareRoot() * gaussian() }
      return value
    }
  }

  /// Mostly calm, and twenty times as wild in bursts of about ten.
  mutating func bursting(_ count: Int) -> [Double] {
    var isWild = false
    return (0..<count).map { _ in
      if chance(isWild ? 0.1 : 0.03) { isWild.toggle() }
      return -log(uniform()) * (isWild ? 20 : 1)
    }
  }
}

/// How often something held, of how often it was tried.
struct Share {
  private(set) var held = 0
  private(set) var tried = 0

  mutating func count(_ holds: Bool) {
    tried += 1
    if holds { held += 1 }
  }

  /// Whether a true share of `expected` would give one as small as this in more than one of 10⁵ properties.
  func isNoLess(than expected: Double) -> Bool { Double(held) / Double(tried) > expected - room(expected) }
  func isNoMore(than expected: Double) -> Bool { Double(held) / Double(tried) < expected + room(expected) }

  private func room(_ expected: Double) -> Double {
    4.3 * (expected * (1 - expected) / Double(tried)).squareRoot() + 1 / Double(tried)
  }
}
