extension JSONReader {
  /// Reads a number as RFC 8259 defines it, of any length. Only its extent is determined; its value is not computed.
  mutating func readNumber() throws(BadJSON) {
    if bytes[offset] == UInt8(ascii: "-") { offset &+= 1 }
    if try peek(.digit) == UInt8(ascii: "0") {
      offset &+= 1
      if offset < bytes.count, isDigit(bytes[offset]) { throw .leadingZero(at: offset - 1) }
    } else {
      try readDigits()
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset &+= 1
      try readDigits()
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset &+= 1
      let sign = try peek(.digit)
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { offset &+= 1 }
      try readDigits()
    }
  }

  /// Reads one digit or more.
  @inline(__always)
  private mutating func readDigits() throws(BadJSON) {
    let first = try peek(.digit)
    guard isDigit(first) else { throw .unexpected(first, at: offset, wanted: .digit) }
    while offset < bytes.count, isDigit(bytes[offset]) { offset &+= 1 }
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Reads `true`, `false` or `null`.
  mutating func readLiteral(_ literal: StaticString) throws(BadJSON) {
    let wanted = literal.utf8Start
    for index in 0..<literal.utf8CodeUnitCount {
      let byte = try peek(.literal)
      guard byte == wanted[index] else { throw .unexpected(byte, at: offset, wanted: .literal) }
      offset &+= 1
    }
  }
}
