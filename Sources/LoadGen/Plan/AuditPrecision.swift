import Shared

/// A random sample of the orders that is polled more often than all others, so that their durations are known more precisely.
struct AuditPrecision: Sendable, Hashable, CustomStringConvertible {
  /// From the sending of one poll of such an order to the sending of the next at most, in nanoseconds; greater than zero.
  let gap: Int64
  /// The chance of each order to be one of them; `nil`: so many that they have about as many polls more as all orders have else.
  let share: Double?

  /// Reads `10ms` and `10ms:5%`.
  /// - Throws: `UnitError` if the text has neither form, or one of its numbers is zero.
  init(text: some StringProtocol) throws {
    let found = String(text)
    let parts = found.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    gap = try Duration(text: parts[0]).nanoseconds
    share = parts.count == 2 ? try Share(text: parts[1]).fraction : nil
    guard gap > 0, share.map({ $0 > 0 }) ?? true else {
      throw UnitError(expected: "an audit's precision", found: found, remedy: "it must be greater than zero, as in 10ms or 10ms:5%")
    }
  }

  var description: String {
    Duration.nanoseconds(gap).text + (share.map { ":\(SettingFormat.share.show($0))" } ?? "")
  }

  /// The chance of each order to be in the sample.
  /// - Parameter plain: the gap between polls that all orders have, in nanoseconds.
  func share(plain: Int64) -> Double { share ?? min(1, Double(gap) / Double(plain)) }
}
