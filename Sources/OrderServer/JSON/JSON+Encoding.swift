import NIOCore

extension JSON {
  /// Writes the document without spaces. A number that JSON cannot hold (infinite, or none) is written as `null`.
  func encode(into buffer: inout ByteBuffer) {
    switch self {
    case .null: buffer.writeStaticString("null")
    case .boolean(let value): buffer.writeString(value ? "true" : "false")
    case .integer(let number): buffer.writeString(String(number))
    case .number(let number):
      if number.isFinite {
        // The shortest text that is read back as the same number.
        buffer.writeString(number.description)
      } else {
        buffer.writeStaticString("null")
      }
    case .string(let text): Self.encode(text, into: &buffer)
    case .array(let elements):
      buffer.writeStaticString("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { buffer.writeStaticString(",") }
        element.encode(into: &buffer)
      }
      buffer.writeStaticString("]")
    case .object(let members):
      buffer.writeStaticString("{")
      for (index, member) in members.enumerated() {
        if index > 0 { buffer.writeStaticString(",") }
        Self.encode(member.name, into: &buffer)
        buffer.writeStaticString(":")
        member.value.encode(into: &buffer)
      }
      buffer.writeStaticString("}")
    }
  }

  private static func encode(_ text: String, into buffer: inout ByteBuffer) {
    buffer.writeStaticString("\"")
    if text.utf8.contains(where: needsEscape) {
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
        case UInt8(ascii: "\n"): buffer.writeStaticString("\\n")
        case 0..<0x20:
          buffer.writeStaticString("\\u00")
          buffer.writeBytes([hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]])
        default: buffer.writeInteger(byte)
        }
      }
    } else {
      buffer.writeString(text)
    }
    buffer.writeStaticString("\"")
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
}
