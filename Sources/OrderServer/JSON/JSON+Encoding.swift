import NIOCore
import Shared

extension JSON {
  /// Writes the document without spaces. A number that JSON cannot hold (an infinite one, or not a number) is written as `null`.
  func encode(into buffer: inout ByteBuffer) {
    switch self {
    case .null: buffer.writeStaticString("null")
    case .boolean(let value): buffer.writeString(value ? "true" : "false")
    case .integer(let number): buffer.writeString(String(number))
    case .number(let number):
      if number.isFinite {
        // The shortest text that reads back as the same number.
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
    if text.utf8.allSatisfy(JSONEscape.isPlain) {
      buffer.writeString(text)
    } else {
      for byte in text.utf8 { JSONEscape.put(byte) { buffer.writeInteger($0) } }
    }
    buffer.writeStaticString("\"")
  }
}
