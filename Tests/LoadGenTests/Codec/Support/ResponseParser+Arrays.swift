@testable import LoadRun

extension ResponseParser {
  mutating func consume(_ bytes: some Collection<UInt8>) throws(BadResponse) -> Advance {
    try Array(bytes).withUnsafeBufferPointer { bytes throws(BadResponse) in try consume(UnsafeRawBufferPointer(bytes)) }
  }

  mutating func consume(_ text: String) throws(BadResponse) -> Advance { try consume(text.utf8) }
}
