/// A way in which our scanner and Foundation's JSONSerialization differ on purpose, with a document that shows it.
struct DocumentDifference: Sendable {
  let name: String
  /// Why ours is right.
  let reason: String
  let example: [UInt8]
  let applies: @Sendable (DocumentCase) -> Bool

  static let all = [
    DocumentDifference(
      name: "number out of range",
      reason: "RFC 8259, 6 sets no range. We keep a number's text and never compute it; Foundation refuses what is no finite double.",
      example: Array("[1e400]".utf8),
      applies: { difference in
        if case .refused(let why) = difference.theirs { difference.ours == .accepted && why.contains("not representable") } else { false }
      }),
    DocumentDifference(
      name: "other encodings",
      reason: "RFC 8259, 8.1: JSON is UTF-8. Foundation guesses UTF-16 and UTF-32 from zero bytes and from byte order marks.",
      example: [0x30, 0x00],
      applies: { difference in
        guard case .refused = difference.ours, difference.theirs == .accepted else { return false }
        return difference.bytes.contains(0) || difference.bytes.starts(with: [0xFE, 0xFF]) || difference.bytes.starts(with: [0xFF, 0xFE])
      }),
    DocumentDifference(
      name: "two spellings of one character",
      reason:
        "RFC 8259, 8.3: keys are equal if their code points are. Foundation's are Swift strings, for which é is equal to e and an accent.",
      example: Array(#"{"é":1,"e\u0301":2}"#.utf8),
      applies: { difference in
        if case .value = difference.ours {
          difference.text.unicodeScalars.contains("\u{301}") || difference.text.contains("\\u0301")
        } else {
          false
        }
      }),
    DocumentDifference(
      name: "comma before the end",
      reason: "RFC 8259, 4 and 5: a comma stands between members and between elements. Foundation lets one stand behind the last.",
      example: Array(#"{"a":1,}"#.utf8),
      applies: { $0.ours == .refused("unexpected") && $0.theirs == .accepted && $0.text.has(/,[ \t\r\n]*[\]}]/) }),
    DocumentDifference(
      name: "U+FEFF in a string",
      reason:
        "RFC 8259, 7: any code point may stand in a string. Foundation takes it for a byte order mark where it follows a quote or "
        + "an escape, and drops it.",
      example: Array("\"\u{FEFF}a\"".utf8),
      applies: { if case .value = $0.ours { $0.text.unicodeScalars.contains("\u{FEFF}") } else { false } }),
  ]
}
