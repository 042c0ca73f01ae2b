import Foundation

/// Base64 without padding (RFC 4648).
enum Base64 {
  enum Alphabet: Sendable {
    /// With `+` and `/`.
    case standard
    /// With `-` and `_`.
    case url
  }

  /// Encodes bytes, without padding.
  static func text(_ bytes: [UInt8], for alphabet: Alphabet) -> String {
    let padded = Data(bytes).base64EncodedString().utf8
    return String(decoding: padded.filter { $0 != UInt8(ascii: "=") }.map { alphabet == .url ? toURL($0) : $0 }, as: UTF8.self)
  }

  /// Decodes a text. With `.url`, the letters `+` and `/` of the standard alphabet are understood too.
  /// - Returns: `nil` where the text is no base64, or has padding.
  static func bytes(_ text: some Sequence<UInt8>, for alphabet: Alphabet) -> [UInt8]? {
    var letters = text.map { alphabet == .url ? fromURL($0) : $0 }
    guard !letters.contains(UInt8(ascii: "=")) else { return nil }
    letters += Array(repeating: UInt8(ascii: "="), count: (4 - letters.count % 4) % 4)
    return Data(base64Encoded: Data(letters)).map(Array.init)
  }

  private static func toURL(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "+"): UInt8(ascii: "-")
    case UInt8(ascii: "/"): UInt8(ascii: "_")
    default: letter
    }
  }

  private static func fromURL(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: letter
    }
  }
}
