/// Why bytes are not a JSON document (RFC 8259). `at` is the byte offset of the fault.
enum BadJSON: Error, Equatable, CustomStringConvertible {
  /// What the grammar requires at that offset.
  enum Wanted: String, Sendable {
    case value = "a value"
    case key = "a key in quotes"
    case keyOrEnd = "a key in quotes or '}'"
    case colon = "':'"
    case commaOrObjectEnd = "',' or '}'"
    case commaOrArrayEnd = "',' or ']'"
    case digit = "a digit"
    case quote = "the string's closing quote"
    case literal = "true, false or null"
    case nothing = "nothing"
  }

  case unexpected(UInt8, at: Int, wanted: Wanted)
  case endsEarly(at: Int, wanted: Wanted)
  case leadingZero(at: Int)
  case controlCharacter(UInt8, at: Int)
  case escape(at: Int)
  case loneSurrogate(at: Int)
  case notUTF8(at: Int)
  case tooDeep(limit: Int, at: Int)

  /// One word by which errors are counted.
  var kind: String {
    switch self {
    case .unexpected: "unexpected"
    case .endsEarly: "ends_early"
    case .leadingZero: "leading_zero"
    case .controlCharacter: "control_character"
    case .escape: "escape"
    case .loneSurrogate: "lone_surrogate"
    case .notUTF8: "not_utf8"
    case .tooDeep: "too_deep"
    }
  }

  var description: String {
    switch self {
    case .unexpected(let byte, let offset, let wanted):
      "at byte \(offset) stands \(Self.printed(byte)) where \(wanted.rawValue) is due"
    case .endsEarly(let offset, let wanted):
      "the document ends at byte \(offset) where \(wanted.rawValue) is due"
    case .leadingZero(let offset):
      "at byte \(offset) a number begins with a zero that other digits follow"
    case .controlCharacter(let byte, let offset):
      "at byte \(offset) the control character \(Self.printed(byte)) stands in a string: right would be an escape"
    case .escape(let offset):
      "the escape at byte \(offset) is none of \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits"
    case .loneSurrogate(let offset):
      "the escape at byte \(offset) is half of a surrogate pair: both halves are needed to name a character"
    case .notUTF8(let offset):
      "the bytes at \(offset) are not UTF-8"
    case .tooDeep(let limit, let offset):
      "at byte \(offset) arrays and objects are nested more than \(limit) deep, the most that is read"
    }
  }

  private static func printed(_ byte: UInt8) -> String {
    0x20..<0x7F ~= byte ? "'\(Character(Unicode.Scalar(byte)))'" : ByteScan.hexadecimal(byte)
  }
}
