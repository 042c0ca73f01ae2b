import Foundation
import LoadRun

/// Round values along an axis, and their labels.
///
/// All values are whole multiples of one step, and labels are made from these whole numbers rather than from rounded values, so that no two
/// labels are alike, and each says exactly where it is.
struct Ticks: Sendable {
  let values: [Double]
  let labels: [String]

  /// - Parameters:
  ///   - domain: contains 0, or is at least a tenth as long as its values are great, so that a few digits are enough to tell the values apart.
  ///   - unit: orders are shown as whole numbers only.
  ///   - most: about how many values there are to be.
  init(_ domain: ClosedRange<Double>, _ unit: FigureUnit, about most: Int) {
    let size = Swift.max(abs(domain.lowerBound), abs(domain.upperBound))
    let step = Step(atLeast: (domain.upperBound - domain.lowerBound) / Double(Swift.max(1, most)), unit, upTo: size)
    let first = (step.multiples(domain.lowerBound) - 1e-9).rounded(.up)
    let last = (step.multiples(domain.upperBound) + 1e-9).rounded(.down)
    guard first.isFinite, last.isFinite, abs(first) < 100, abs(last) < 100, first <= last else {
      (values, labels) = ([], [])
      return
    }
    let multiples = (Int(first)...Int(last)).map { $0 }
    values = multiples.map(step.value)
    labels = multiples.map { step.label($0, unit, upTo: size) }
  }
}

/// A step of `mantissa` times a power of ten.
private struct Step {
  let mantissa: Int
  let exponent: Int

  /// Steps of times, in seconds: up to half a day they divide as clocks do; longer ones are 1, 2 or 5 times a power of ten, in days.
  private static let times = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200]
  private static let day = 86_400

  init(atLeast wanted: Double, _ unit: FigureUnit, upTo size: Double) {
    if unit == .seconds, size >= 60 {
      if let time = Self.times.first(where: { Double($0) >= wanted }) {
        (mantissa, exponent) = (time, 0)
      } else {
        let days = Self.decimal(atLeast: Swift.max(1, wanted / Double(Self.day)))
        (mantissa, exponent) = (days.mantissa * Self.day, days.exponent)
      }
    } else {
      (mantissa, exponent) = Self.decimal(atLeast: unit == .orders ? Swift.max(1, wanted) : wanted)
    }
  }

  /// The smallest number that is 1, 2 or 5 times a power of ten, and at least this great.
  private static func decimal(atLeast wanted: Double) -> (mantissa: Int, exponent: Int) {
    guard wanted > 0, wanted.isFinite else { return (1, 0) }
    let exponent = Int(log10(wanted).rounded(.down))
    for mantissa in [1, 2, 5] where Double(mantissa) * pow(10, Double(exponent)) >= wanted * (1 - 1e-9) { return (mantissa, exponent) }
    return (1, exponent + 1)
  }

  /// How many steps a value is from 0.
  func multiples(_ value: Double) -> Double {
    exponent < 0 ? value * pow(10, Double(-exponent)) / Double(mantissa) : value / (Double(mantissa) * pow(10, Double(exponent)))
  }

  func value(_ multiple: Int) -> Double {
    let whole = Double(multiple * mantissa)
    // 3 ÷ 10 is 0.3, and 3 × 0.1 is not.
    return exponent < 0 ? whole / pow(10, Double(-exponent)) : whole * pow(10, Double(exponent))
  }

  func label(_ multiple: Int, _ unit: FigureUnit, upTo size: Double) -> String {
    guard multiple != 0 else { return "0" }
    let whole = multiple * mantissa
    switch unit {
    case .seconds where size >= 60:
      return exponent == 0 && mantissa < Self.day ? Self.clock(whole) : Self.scaled(whole / Self.day, exponent, upTo: size / 86_400) + "d"
    case .seconds:
      let (name, shift) = [("s", 0), ("ms", 3), ("µs", 6)].first { size * pow(10, Double($0.1)) >= 1 } ?? ("ns", 9)
      return Self.scaled(whole, exponent + shift, upTo: size * pow(10, Double(shift))) + name
    case .share: return Self.scaled(whole, exponent + 2, upTo: size * 100) + "%"
    case .orders, .perSecond, .number: return Self.scaled(whole, exponent, upTo: size)
    }
  }

  /// As in `45s`, `1m30s`, `20m`, `1h30m`, without parts that are zero.
  private static func clock(_ seconds: Int) -> String {
    let size = abs(seconds)
    let parts = [(size / 3_600, "h"), (size % 3_600 / 60, "m"), (size % 60, "s")]
    return (seconds < 0 ? "-" : "") + parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }

  /// `whole` times a power of ten, with a prefix for thousands, millions and so on where the axis extends that far.
  private static func scaled(_ whole: Int, _ exponent: Int, upTo size: Double) -> String {
    let prefixes = [("T", 12), ("G", 9), ("M", 6), ("k", 3)]
    let prefix = size < 1e4 ? nil : prefixes.first { size >= pow(10, Double($0.1)) }
    if size >= 1e15 || exponent < -3 { return scientific(whole, exponent) }
    return decimal(whole, exponent - (prefix?.1 ?? 0)) + (prefix?.0 ?? "")
  }

  private static func decimal(_ whole: Int, _ exponent: Int) -> String {
    var digits = String(whole.magnitude)
    let sign = whole < 0 ? "-" : ""
    guard exponent < 0 else {
      digits += String(repeating: "0", count: exponent)
      return sign + (Int(digits).map(Figure.count) ?? digits)
    }
    digits = String(repeating: "0", count: Swift.max(0, 1 - exponent - digits.count)) + digits
    var fraction = digits.suffix(-exponent)
    while fraction.last == "0" { fraction.removeLast() }
    return sign + digits.dropLast(-exponent) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// As in `2e-7`, `1.2e16`.
  private static func scientific(_ whole: Int, _ exponent: Int) -> String {
    var digits = String(whole.magnitude)
    let power = exponent + digits.count - 1
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (whole < 0 ? "-" : "") + digits.prefix(1) + (digits.count > 1 ? "." + digits.dropFirst() : "") + "e\(power)"
  }
}
