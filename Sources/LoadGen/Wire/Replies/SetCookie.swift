/// One cookie as an answer sets it (RFC 6265, 4.1): its pair, which goes back as it came, and how long it is good for.
struct SetCookie: Equatable {
  /// `session=abc123`.
  var pair: String
  /// In seconds; `nil` where the answer does not say, which means that it lasts as long as the client.
  var maxAge: Int64?

  /// - Parameter value: the header's.
  /// - Returns: `nil` where it is no cookie that can be sent back: it has no name, or bytes that must not stand in a request, or it takes a
  ///   cookie away (`Max-Age=0`, or no value).
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
      // A sign can only be that of an age that is over.
      guard digits.first != UInt8(ascii: "-") else { return nil }
      maxAge = digits.withUnsafeBytes { DecimalDigits.value($0) }.map(Int64.init)
      if maxAge == 0 { return nil }
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    return bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()[...]
  }

  /// What a request says of them. Of a name that is set twice the later counts, as in RFC 6265, 5.3.
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
