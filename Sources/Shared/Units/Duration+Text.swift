extension Duration {
  /// Whole nanoseconds, saturating at ±292 years.
  public var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds < 0 ? .min : .max) : sum
  }

  /// Seconds as a floating-point number, as every report writes them. Exact to the nanosecond for lengths up to about 100 days.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Reads `30s`, `250ms`, `1m30s`, `1.5s`, `2h`, `100us` (or `µs`), `50ns`.
  ///
  /// A bare number is refused, as it has no unit, except `0`. Units must fall from larger to smaller, each used once.
  /// - Throws: `UnitError`.
  public init(text: some StringProtocol) throws {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a duration", found: found, remedy: remedy)
    }
    if found == "0" {
      self = .zero
      return
    }
    var rest = Substring(found)
    var total: Int64 = 0
    var previousUnit = Int64.max
    guard !rest.isEmpty else { throw refuse("it is empty; write it as in 30s, 250ms or 1m30s") }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard !number.isEmpty else { throw refuse("write it as in 30s, 250ms or 1m30s") }
      guard !name.isEmpty else { throw refuse("it needs a unit, as in \(number)s or \(number)ms") }
      guard let unit = durationUnits[String(name)] else {
        throw refuse("the unit '\(name)' is none of h, m, s, ms, us, ns")
      }
      guard unit < previousUnit else {
        throw refuse("its units must fall from larger to smaller, as in 1m30s")
      }
      previousUnit = unit
      guard let value = Double(number) else { throw refuse("'\(number)' is not a number") }
      let nanoseconds = (value * Double(unit)).rounded()
      guard nanoseconds < 9e18, Double(total) + nanoseconds < 9e18 else {
        throw refuse("it is longer than 292 years")
      }
      total += Int64(nanoseconds)
    }
    self = .nanoseconds(total)
  }

  /// The shortest text that `init(text:)` reads back as the same duration: `1m30s`, `250ms`, `1.5s`.
  public var text: String {
    var left = nanoseconds
    guard left != 0 else { return "0s" }
    let sign = left < 0 ? "-" : ""
    left = left == .min ? .max : abs(left)
    guard left >= 60_000_000_000 else { return sign + Self.decimalText(left) }
    var text = sign
    for (name, unit) in [("h", 3_600_000_000_000 as Int64), ("m", 60_000_000_000)] where left >= unit {
      text += "\(left / unit)\(name)"
      left %= unit
    }
    return left == 0 ? text : text + Self.decimalText(left)
  }

  private static func decimalText(_ nanoseconds: Int64) -> String {
    for (name, unit) in [("s", 1_000_000_000 as Int64), ("ms", 1_000_000), ("us", 1_000)]
    where nanoseconds >= unit {
      let fraction = nanoseconds % unit
      guard fraction != 0 else { return "\(nanoseconds / unit)\(name)" }
      let width = String(unit).count - 1
      let digits = String(fraction)
      var padded = String(repeating: "0", count: width - digits.count) + digits
      while padded.last == "0" { padded.removeLast() }
      return "\(nanoseconds / unit).\(padded)\(name)"
    }
    return "\(nanoseconds)ns"
  }
}

private let durationUnits: [String: Int64] = [
  "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000,
  "ms": 1_000_000, "us": 1_000, "µs": 1_000, "μs": 1_000, "ns": 1,
]
