/// How text stands within the quotes of a JSON string (RFC 8259, 7).
public enum JSONEscape {
  /// Whether a byte of UTF-8 stands there as it is.
  @inlinable
  public static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Gives out what a byte of UTF-8 is there, byte by byte: itself, or an escape.
  @inlinable
  public static func put(_ byte: UInt8, _ put: (UInt8) -> Void) {
    guard !isPlain(byte) else { return put(byte) }
    put(UInt8(ascii: "\\"))
    guard byte < 0x20 else { return put(byte) }
    guard byte != UInt8(ascii: "\n") else { return put(UInt8(ascii: "n")) }
    put(UInt8(ascii: "u"))
    put(UInt8(ascii: "0"))
    put(UInt8(ascii: "0"))
    put(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
    put(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") - 10 + byte & 15)
  }

  /// A whole text, without the quotes.
  public static func text(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 { put(byte) { bytes.append($0) } }
    return String(decoding: bytes, as: UTF8.self)
  }
}
