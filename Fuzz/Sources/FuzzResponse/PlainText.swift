/// The small grammars within lines.
enum PlainText {
  private static let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
  private static let blank = Set(" \t".utf8)

  static func isToken(_ bytes: some Collection<UInt8>) -> Bool { !bytes.isEmpty && bytes.allSatisfy(token.contains) }

  static func isPrintable(_ byte: UInt8) -> Bool { byte == 0x09 || byte >= 0x20 && byte != 0x7F }

  static func isBlank(_ byte: UInt8) -> Bool { blank.contains(byte) }

  static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
    bytes.drop(while: blank.contains).reversed().drop(while: blank.contains).reversed()
  }

  /// Of ASCII alone: elsewhere there are letters whose lower case is an ASCII one.
  static func lowercased(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }, as: UTF8.self)
  }

  /// The elements between commas, empty ones too.
  static func list(_ value: [UInt8]) -> [[UInt8]] {
    value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(trimmed)
  }

  /// Digits alone, at most as many as an `Int` holds.
  static func number(_ digits: [UInt8]) -> Int? {
    digits.allSatisfy { 0x30...0x39 ~= $0 } ? Int(String(decoding: digits, as: UTF8.self)) : nil
  }

  /// Nil where the line, given without its end, is no size with extensions.
  static func chunkSize(_ line: [UInt8]) -> Int? {
    let digits = line.prefix { Character(Unicode.Scalar($0)).isHexDigit }
    guard line.allSatisfy(isPrintable), areParameters(line[digits.count...], needValues: false) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// The codings' names in lower case; nil where the value is no list of codings.
  static func codings(_ value: [UInt8]) -> [String]? {
    var names: [String] = []
    // What stands in quotes is emptied first: there may be a comma in it.
    for coding in list(withoutQuoted(value)) where !coding.isEmpty {
      let name = coding.prefix(while: token.contains)
      let parameters = coding[name.count...]
      names.append(lowercased(name))
      guard !name.isEmpty, areParameters(parameters, needValues: true), names.last != "chunked" || parameters.isEmpty else { return nil }
    }
    return names
  }

  /// `*( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )`
  private static func areParameters(_ bytes: ArraySlice<UInt8>, needValues: Bool) -> Bool {
    if bytes.isEmpty { return true }
    let parts = withoutQuoted(Array(bytes)).split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    // Nothing but white space before the first semicolon, and none behind the last parameter.
    guard parts.count > 1, trimmed(parts[0]).isEmpty, let last = parts.last, last.last.map(blank.contains) == false else { return false }
    return parts.dropFirst().allSatisfy { part in
      let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      guard isToken(sides[0]) else { return false }
      return sides.count == 1 ? !needValues : isToken(sides[1]) || sides[1] == Array("\"\"".utf8)
    }
  }

  /// Leaves of each quoted string the quotes. One that does not end stays as it is.
  private static func withoutQuoted(_ bytes: [UInt8]) -> [UInt8] {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var left: [UInt8] = []
    var index = 0
    while index < bytes.count {
      left.append(bytes[index])
      index += 1
      guard left.last == quote else { continue }
      var end = index
      while end < bytes.count, bytes[end] != quote, isPrintable(bytes[end]) { end += bytes[end] == backslash ? 2 : 1 }
      guard end < bytes.count, bytes[end] == quote else { continue }
      left.append(quote)
      index = end + 1
    }
    return left
  }
}
