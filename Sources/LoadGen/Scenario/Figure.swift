import Foundation

/// Formats figures for people. The exact values are in `summary.json`.
package enum Figure {
  /// Which way digits that are cut off are rounded: the ends of an interval are rounded outwards, lest they claim more than is known.
  package enum Rounding: Sendable {
    case nearest, down, up
  }

  /// As in `512ns`, `12.3ms`, `1.50s`, `1m30s`, `2h05m`; `unbounded` for `nil` and for what is not finite.
  package static func seconds(_ value: Double?, _ rounding: Rounding = .nearest, digits: Int = 3) -> String {
    guard let value, value.isFinite else { return unbounded }
    guard value != 0 else { return "0s" }
    let sign = value < 0 ? "-" : ""
    let size = abs(value)
    for (unit, scale) in [("ns", 1e9), ("µs", 1e6), ("ms", 1e3), ("s", 1)] {
      let limit = unit == "s" ? 60.0 : 1_000
      let rounded = significant(size * scale, rounding, digits: digits)
      if rounded < limit { return sign + decimal(rounded, digits: digits) + unit }
    }
    let total = round(size, rounding)
    guard total < 1e15 else { return sign + decimal(total, digits: digits) + "s" }
    let whole = Int(total)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return whole < 3_600
      ? "\(sign)\(whole / 60)m\(two(whole % 60))s" : "\(sign)\(count(whole / 3_600))h\(two(whole % 3_600 / 60))m"
  }

  package static let unbounded = "unbounded"

  /// As in `2,000`.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// As in `200/s`, `199.8/s`, `0.05/s`; a dash for `nil`.
  package static func rate(_ value: Double?) -> String { value.map { number($0, digits: 4) + "/s" } ?? "–" }

  /// As in `0.12%`, for a fraction of 1; `unbounded` for `nil`.
  package static func share(_ value: Double?) -> String { value.map { number($0 * 100, digits: 3) + "%" } ?? unbounded }

  /// Whole numbers in full, others to this many significant digits, without trailing zeros.
  package static func number(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let rounded = abs(value) >= pow(10, Double(digits)) ? value.rounded() : significant(value, .nearest, digits: digits)
    if rounded == rounded.rounded() { return count(Int(rounded)) }
    var text = decimal(rounded, digits: digits)
    while text.last == "0" { text.removeLast() }
    return text
  }

  /// A value with its unit; `unbounded` for `nil`. Shares, rates and numbers are always rounded to the nearest.
  package static func value(_ value: Double?, _ unit: FigureUnit, _ rounding: Rounding = .nearest, digits: Int = 3) -> String {
    guard let value else { return unbounded }
    return switch unit {
    case .seconds: seconds(value, rounding, digits: digits)
    case .share: share(value)
    case .perSecond: rate(value)
    case .orders, .number: number(value, digits: Swift.max(4, digits))
    }
  }

  /// As in `1.20s..1.31s`, rounded outwards; a single value where both ends are equal. An unknown lower end is `?`.
  package static func range(_ lower: Double?, _ upper: Double?, _ unit: FigureUnit, digits: Int = 3) -> String {
    let low = lower.map { value($0, unit, .down, digits: digits) } ?? "?"
    let high = value(upper, unit, .up, digits: digits)
    return lower != nil && lower == upper ? value(lower, unit, digits: digits) : "\(low)..\(high)"
  }

  private static func round(_ value: Double, _ rounding: Rounding) -> Double {
    switch rounding {
    case .nearest: value.rounded()
    case .down: value.rounded(.down)
    case .up: value.rounded(.up)
    }
  }

  private static func significant(_ value: Double, _ rounding: Rounding, digits: Int) -> Double {
    // Of what is smaller the scale would be infinite, and no figure is: but a server may claim it.
    guard abs(value) > 1e-290 else { return 0 }
    let scale = pow(10, Double(digits - 1) - log10(abs(value)).rounded(.down))
    let scaled = value * scale
    // 12.3 may be stored as 12.300000000000001, and must not be rounded up to 12.4.
    let near = scaled.rounded()
    return (abs(scaled - near) < 1e-9 * abs(scaled) ? near : round(scaled, rounding)) / scale
  }

  /// A decimal number without an exponent, with as many decimals as `digits` significant digits leave.
  private static func decimal(_ value: Double, digits: Int) -> String {
    let whole = value == 0 ? 1 : Int((log10(abs(value)) + 5e-13).rounded(.down)) + 1
    return String(format: "%.\(Swift.max(0, digits - whole))f", value)
  }
}

extension Figure {
  /// A number as files have it: with a decimal point and this many decimals; 0 where it is not finite.
  package static func decimal(_ value: Double, _ decimals: Int = 3) -> String {
    String(format: "%.\(decimals)f", value.isFinite ? value : 0)
  }
}
