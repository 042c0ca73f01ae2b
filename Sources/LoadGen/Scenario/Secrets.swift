import Foundation
import Shared

/// Texts that must not appear in a report, on a screen or in a build's log, even where a target repeats them: as they were given, and as
/// they are encoded in JSON, in a URL, in HTML, and in base64.
struct Secrets: Sendable {
  /// What replaces a secret.
  static let blank = "***"
  /// How many of its first bytes are enough to recognise a longer secret, as a text may have been cut off within it.
  private static let sureBytes = 8

  private var words: Set<[UInt8]> = []

  /// - Parameter secret: a single character is ignored: it cannot be hidden, as its absence would reveal it.
  mutating func add(_ secret: String?) {
    guard let secret, secret.utf8.count > 1 else { return }
    for text in Self.forms(secret) where text.utf8.count > 1 { words.insert(Array(text.utf8)) }
  }

  /// Adds a header's value, and, where a scheme precedes it, as in `Bearer t0ken`, the token alone as well.
  mutating func add(header value: String) {
    add(value)
    let parts = value.split(separator: " ", maxSplits: 1)
    if parts.count == 2 { add(String(parts[1])) }
  }

  /// Adds a password, alone and as Basic authentication encodes it.
  mutating func add(_ account: Credentials) {
    add(account.password)
    add(Data("\(account.username):\(account.password)".utf8).base64EncodedString())
  }

  /// The text with all secrets replaced by `blank`.
  func hidden(_ text: String) -> String {
    guard !words.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var ranges: [Range<Int>] = []
    for word in words { ranges += Self.places(of: word, in: bytes) }
    guard !ranges.isEmpty else { return text }
    var result: [UInt8] = []
    var offset = 0
    for range in ranges.sorted(by: { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }) where range.upperBound > offset {
      // Overlapping places are blanked out as one.
      if range.lowerBound >= offset {
        result += bytes[offset..<range.lowerBound]
        result += Self.blank.utf8
      }
      offset = range.upperBound
    }
    result += bytes[offset...]
    return String(decoding: result, as: UTF8.self)
  }

  /// Where the secret, or its beginning, occurs.
  private static func places(of word: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    let sure = min(sureBytes, word.count)
    var start = 0
    while start < bytes.count {
      guard bytes[start] == word[0] else {
        start += 1
        continue
      }
      var count = 1
      while count < word.count, start + count < bytes.count, bytes[start + count] == word[count] { count += 1 }
      // A text that ends within a secret was probably cut off there.
      let isCut = start + count == bytes.count && count >= min(4, sure)
      if count >= sure || isCut {
        places.append(start..<start + count)
        start += count
      } else {
        start += 1
      }
    }
    return places
  }

  // MARK: Encodings

  /// All spellings of a secret: encoded once, escaped again as part of a document within a document, and in UTF-8 misread as Latin-1.
  private static func forms(_ secret: String) -> Set<String> {
    var forms = Set([secret] + encodings(secret))
    if !secret.utf8.allSatisfy({ $0 < 0x80 }) {
      let latin1 = String(String.UnicodeScalarView(secret.utf8.map { Unicode.Scalar($0) }))
      forms.formUnion([latin1] + encodings(latin1))
    }
    for form in forms { forms.insert(form.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")) }
    return forms
  }

  private static func encodings(_ secret: String) -> [String] {
    let plain = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let base64 = Data(secret.utf8).base64EncodedString()
    let web = base64.replacing("+", with: "-").replacing("/", with: "_")
    return [
      plain, plain.replacing("/", with: "\\/"), json(secret, digits: "0123456789abcdef"), json(secret, digits: "0123456789ABCDEF"),
      percent(secret, space: "%20", digits: "0123456789ABCDEF"), percent(secret, space: "%20", digits: "0123456789abcdef"),
      percent(secret, space: "+", digits: "0123456789ABCDEF"), html(secret, apostrophe: "&#39;"), html(secret, apostrophe: "&#x27;"),
      base64, withoutPadding(base64), web, withoutPadding(web),
    ]
  }

  /// JSON with everything but ASCII escaped, as many programs write it.
  private static func json(_ text: String, digits: String) -> String {
    let digits = Array(digits)
    return text.utf16.reduce(into: "") { result, unit in
      switch unit {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default: result += "\\u" + stride(from: 12, through: 0, by: -4).map { String(digits[Int(unit >> UInt16($0) & 15)]) }.joined()
      }
    }
  }

  private static func percent(_ text: String, space: String, digits: String) -> String {
    let digits = Array(digits)
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case 0x20: result += space
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  private static func html(_ text: String, apostrophe: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
      .replacing("'", with: apostrophe)
  }

  private static func withoutPadding(_ base64: String) -> String { String(base64.prefix { $0 != "=" }) }
}
