/// The fraction that a quantile stands for, held as an exact decimal: in binary floating point, ⌈0.07 · 100⌉ would be 8.
package struct Quantile: Sendable, Hashable {
  static let whole = 1_000_000_000

  /// Above 0, at most `whole`.
  let partsPerBillion: Int

  /// - Parameter percent: digits, as in `p(99.9)`.
  /// - Returns: `nil` unless it is above 0, at most 100, and has at most seven decimals.
  init?(percent text: some StringProtocol) {
    let parts: [Substring] = String(text).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0]
    let decimals = parts.count == 2 ? parts[1] : "0"
    guard (1...3).contains(whole.count), (1...7).contains(decimals.count),
      (whole + decimals).allSatisfy({ $0.isASCII && $0.isNumber }),
      let value = Int(whole + decimals + String(repeating: "0", count: 7 - decimals.count)),
      (1...Self.whole).contains(value)
    else { return nil }
    partsPerBillion = value
  }

  /// - Parameter share: how much is to lie beyond it, as a fraction; above 0 and below 1.
  init(leaving share: Double) {
    precondition(share > 0 && share < 1)
    partsPerBillion = max(1, Int(((1 - share) * Double(Self.whole)).rounded()))
  }

  private init(partsPerBillion: Int) { self.partsPerBillion = partsPerBillion }

  package static let p50 = Quantile(partsPerBillion: 500_000_000)
  static let p90 = Quantile(partsPerBillion: 900_000_000)
  package static let p95 = Quantile(partsPerBillion: 950_000_000)
  package static let p99 = Quantile(partsPerBillion: 990_000_000)
  static let p999 = Quantile(partsPerBillion: 999_000_000)

  /// ⌈q·n⌉: the rank of the quantile among `count` values, counted from 1 at the smallest.
  func rank(of count: UInt64) -> UInt64 {
    let whole = Int128(Self.whole)
    return UInt64((Int128(count) * Int128(partsPerBillion) + whole - 1) / whole)
  }
}
