/// A number of events per second, positive and finite.
public struct Rate: Sendable, Hashable, CustomStringConvertible {
  public let perSecond: Double

  /// Far beyond what any machine can send, and yet so low that a day's orders can be counted in 64 bits. Per second.
  public static let greatest = 1e12

  /// - Returns: `nil` where the value is not positive, or exceeds `greatest`.
  public init?(perSecond: Double) {
    guard perSecond > 0, perSecond <= Self.greatest else { return nil }
    self.perSecond = perSecond
  }

  /// Reads `200`, `200/s`, `12000/m`, `5/h`; a bare number is per second.
  /// - Throws: `UnitError`.
  public init(text: some StringProtocol) throws {
    guard let rate = Rate(perSecond: try Self.number(text)) else {
      throw UnitError(expected: "a rate", found: String(text), remedy: "it must be greater than zero, and at most 1e12/s")
    }
    self = rate
  }

  /// Reads a rate as `init(text:)` does, but allows zero.
  /// - Throws: `UnitError`.
  public static func perSecond(text: some StringProtocol) throws -> Double {
    let number = try number(text)
    guard number >= 0, number <= Self.greatest else {
      throw UnitError(expected: "a rate", found: String(text), remedy: "it must be zero or greater, and at most 1e12/s")
    }
    return number
  }

  private static func number(_ text: some StringProtocol) throws -> Double {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a rate", found: found, remedy: remedy)
    }
    let parts = found.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first, let value = Double(number) else {
      throw refuse("write it as in 200/s, 12000/m or 5/h")
    }
    switch parts.count == 1 ? "s" : parts[1] {
    case "s": return value
    case "m": return value / 60
    case "h": return value / 3_600
    default: throw refuse("it is per s, m or h, as in \(number)/s")
    }
  }

  /// Reads back as the same rate. Per second, or, where that has many digits and the rate per minute or hour is a whole number, in that
  /// unit.
  public var description: String {
    for (unit, seconds) in [("s", 1.0), ("m", 60), ("h", 3_600)] {
      let count = (perSecond * seconds).rounded()
      if count < 1e15, count / seconds == perSecond { return "\(Int64(count))/\(unit)" }
      if "\(perSecond)".utf8.count <= 6 { break }
    }
    return "\(perSecond)/s"
  }
}
