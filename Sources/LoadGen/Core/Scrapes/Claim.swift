import Shared

/// One number of a metrics document, exactly as it was printed.
struct Claim: Sendable, Hashable {
  /// As the server wrote it, in the server's unit.
  let text: String
  /// In seconds if it is a duration.
  private(set) var value: Double
  /// One unit of the last printed place, in the unit of `value`: 0.01 for `2.50`, 1 for `26`, 100 for `1e2`.
  let place: Double
  /// What it stands for where a cause is supposed for which it is wrong; `nil`: for what was printed.
  private(set) var supposed: ClosedRange<Double>?

  /// - Parameter unit: of a duration, the unit in which it was printed.
  /// - Returns: `nil` if the text is not a finite decimal number.
  init?(text: String, unit: Duration = .seconds(1)) {
    guard let number = Double(text), number.isFinite else { return nil }
    let value = unit == .seconds(1) ? number : number * unit.seconds
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    guard let mantissa = parts.first, mantissa.allSatisfy({ $0.isNumber || "+-.".contains($0) }) else { return nil }
    let exponent = parts.count == 2 ? Self.exponent(parts[1]) : 0
    let decimals = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    self.text = text
    self.value = value
    place = Self.powerOfTen(exponent - decimals) * (unit == .seconds(1) ? 1 : unit.seconds)
  }

  /// A count of orders.
  init(count: Int) {
    text = String(count)
    value = Double(count)
    place = 1
  }

  /// A number with a fixed number of decimals.
  /// - Parameters:
  ///   - scaled: the number without its decimal point.
  ///   - decimals: how many of its digits are decimals, from 0 to 15.
  ///   - unit: of a duration, the unit in which it was printed.
  init(scaled: Int64, decimals: Int, unit: Duration = .seconds(1)) {
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    text = (scaled < 0 ? "-" : "") + (decimals == 0 ? padded : "\(padded.dropLast(decimals)).\(padded.suffix(decimals))")
    // A power of ten up to 15 is exact, so the quotient is the number nearest to the text.
    let scale = Self.powerOfTen(decimals)
    value = Double(scaled) / scale * (unit == .seconds(1) ? 1 : unit.seconds)
    place = 1 / scale * (unit == .seconds(1) ? 1 : unit.seconds)
  }

  /// The mean of so many durations, from their sum.
  init(_ sum: Claim, over count: Double) {
    value = sum.value / count
    text = "\(value)"
    place = sum.place / count
  }

  /// The sum of several numbers, each as exact as the coarsest of them.
  init(addingTimes claims: [Claim]) {
    value = claims.reduce(0) { $0 + $1.value }
    text = "\(value)"
    place = claims.map(\.place).max() ?? 1
  }

  /// The same, supposed to stand for something else.
  func standing(for range: ClosedRange<Double>) -> Claim {
    var claim = self
    claim.supposed = range
    claim.value = min(max(value, range.lowerBound), range.upperBound)
    return claim
  }

  /// The values that the number may stand for, given how it was rounded when printed (docs/measurement.md, Printed numbers).
  /// - Parameter place: the place that it was rounded to, if that is not the last printed one.
  func range(_ printing: Dialect.Printing, place: Double? = nil) -> ClosedRange<Double> {
    if let supposed { return supposed }
    let place = place ?? self.place
    // Widened by a unit in the last binary place: a printed place may be finer than what a `Double` can tell apart.
    let ulp = value.ulp
    switch printing {
    case .undeclared: return value - max(place, ulp)...value + max(place, ulp)
    case .nearest: return value - place / 2 - ulp...value + place / 2 + ulp
    case .floor: return value - ulp...value + place + ulp
    }
  }

  /// An exponent as it was printed. One beyond what a `Double` can have is as good as the greatest.
  private static func exponent(_ text: Substring) -> Int {
    let most = 330
    return min(max(Int(text) ?? (text.utf8.first == UInt8(ascii: "-") ? -most : most), -most), most)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    let power = (0..<min(abs(exponent), 330)).reduce(1.0) { result, _ in result * 10 }
    return exponent < 0 ? 1 / power : power
  }
}

/// One answer of the target about itself, and the time within which it must have been true.
package struct Scrape: Sendable {
  var window: ScrapeWindow
  /// The figures that the answer had as numbers.
  var claims: Claims

  /// Whether its figures are surely from before those of another reading.
  func isSurely(before other: Scrape, _ maxAge: Duration) -> Bool {
    window.received <= other.window.sent + -maxAge.nanoseconds
  }
}
