/// A part of a whole, from 0 to 1, written as a percentage.
public struct Share: Sendable, Hashable, CustomStringConvertible {
  public let fraction: Double

  /// - Parameter fraction: from 0 to 1.
  init(_ fraction: Double) { self.fraction = fraction }

  /// Reads `10%`, `0.5%`, or a bare fraction such as `0.1`.
  /// - Throws: `UnitError` unless it lies from 0 % to 100 %.
  public init(text: some StringProtocol) throws {
    let found = String(text)
    let isPercentage = found.hasSuffix("%")
    let number = isPercentage ? found.dropLast() : Substring(found)
    guard let value = Double(number) else {
      throw UnitError(expected: "a share", found: found, remedy: "write it as in 10% or 0.1")
    }
    let fraction = isPercentage ? value / 100 : value
    guard (0...1).contains(fraction) else {
      throw UnitError(expected: "a share", found: found, remedy: "it must lie from 0% to 100%")
    }
    self.fraction = fraction
  }

  public var description: String {
    let percent = fraction * 100
    return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
  }
}
