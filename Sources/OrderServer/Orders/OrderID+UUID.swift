import Foundation
import Shared

extension OrderID {
  /// A new id for an order that came without one: a UUID of version 7 (RFC 9562), in lower case.
  ///
  /// It begins with the time, so that ids made one after another lie beside each other in the store's index,
  /// and a commit of many orders touches few of its pages. 74 of its bits are random.
  static func unique(at time: Timestamp) -> OrderID {
    var bytes = UUID().uuid
    let milliseconds = UInt64(clamping: time.microseconds / 1_000)
    bytes.0 = UInt8(truncatingIfNeeded: milliseconds >> 40)
    bytes.1 = UInt8(truncatingIfNeeded: milliseconds >> 32)
    bytes.2 = UInt8(truncatingIfNeeded: milliseconds >> 24)
    bytes.3 = UInt8(truncatingIfNeeded: milliseconds >> 16)
    bytes.4 = UInt8(truncatingIfNeeded: milliseconds >> 8)
    bytes.5 = UInt8(truncatingIfNeeded: milliseconds)
    bytes.6 = bytes.6 & 0x0F | 0x70
    return OrderID(UUID(uuid: bytes).uuidString.lowercased())
  }
}
