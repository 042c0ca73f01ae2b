/// One cookie that an answer sets (RFC 6265, 4.1): its name and value, which are sent back unchanged, and how long it is valid.
struct SetCookie: Equatable {
  /// Name and value, as in `session=abc123`.
  var pair: String
  /// In seconds; `nil` if the answer does not say, so that the cookie lasts as long as the client.
  var maxAge: Int64?

  /// - Parameter value: the value of a `Set-Cookie` header.
  /// - Returns: `nil` if it is not a cookie that can be sent back: it has no name, or bytes that a request must not contain, or it removes
  ///   a cookie (`Max-Age=0`, or no value).
  init?(_ value: [UInt8]) {
    let parts = value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard let first = parts.first.map(Self.trimmed), let equals = first.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    guard equals > first.startIndex, equals + 1 < first.endIndex, first.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    pair = String(decoding: first, as: UTF8.self)
    for attribute in parts.dropFirst() {
      let attribute = Self.trimmed(attribute)
      guard let equals = attribute.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let isMaxAge = attribute[..<equals].withUnsafeBytes { ByteScan.matches($0, "max-age") }
      guard isMaxAge else { continue }
      let digits = attribute[(equals + 1)...]
      // A minus sign can only mean an age that is already over.
      guard digits.first != UInt8(ascii: "-") else { return nil }
      maxAge = digits.withUnsafeBytes { DecimalDigits.value($0) }.map(Int64.init)
      if maxAge == 0 { return nil }
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    return bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()[...]
  }

  /// The value of a `Cookie` header with all of these cookies. If a name is set twice the later one counts, as in RFC 6265, 5.3.
  static func header(_ cookies: [SetCookie]) -> String {
    var pairs: [(name: [UInt8], pair: String)] = []
    for cookie in cookies {
      let name = Array(cookie.pair.utf8.prefix { $0 != UInt8(ascii: "=") })
      pairs.removeAll { $0.name == name }
      pairs.append((name, cookie.pair))
    }
    return pairs.map(\.pair).joined(separator: "; ")
  }
}
