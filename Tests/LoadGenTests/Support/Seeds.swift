import Foundation

/// The seeds of a property: `LOADGEN_TEST_ROUNDS` makes them so many times as many.
enum Seeds {
  /// In blocks, so that they run side by side.
  static func blocks(_ count: UInt64, of size: UInt64 = 20) -> [Range<UInt64>] {
    let rounds = ProcessInfo.processInfo.environment["LOADGEN_TEST_ROUNDS"].flatMap(UInt64.init) ?? 1
    return stride(from: 0, to: count * rounds, by: Int(size)).map { $0..<min($0 + size, count * rounds) }
  }
}
