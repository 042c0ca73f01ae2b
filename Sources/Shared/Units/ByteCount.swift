/// A number of bytes, written with a binary or decimal unit.
public struct ByteCount: Sendable, Hashable, CustomStringConvertible {
  public let bytes: Int

  public init(_ bytes: Int) { self.bytes = bytes }

  /// Reads `512B`, `64KiB`, `5MiB`, `1GiB`, `10MB`.
  /// - Throws: `UnitError`.
  public init(text: some StringProtocol) throws {
    let found = String(text)
    let number = found.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = String(found.dropFirst(number.count))
    guard let value = Double(number), let factor = byteUnits.first(where: { $0.name == unit })?.bytes,
      value * Double(factor) < 9e18
    else {
      throw UnitError(
        expected: "a size", found: found,
        remedy: "write it as in 512B, 64KiB, 5MiB or 1GiB")
    }
    bytes = Int((value * Double(factor)).rounded())
  }

  /// In the largest binary unit of which it is at least one, rounded to one decimal: `5MiB`, `1.5GiB`.
  public var description: String {
    for (name, factor) in byteUnits.prefix(3) where bytes >= factor {
      let tenths = (Double(bytes) / Double(factor) * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(Int(tenths))\(name)" : "\(tenths)\(name)"
    }
    return "\(bytes)B"
  }
}

private let byteUnits: [(name: String, bytes: Int)] = [
  ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
  ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1),
]
