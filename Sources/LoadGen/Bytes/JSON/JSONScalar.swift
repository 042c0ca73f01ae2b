/// What stands at one place of a JSON document. Objects and arrays are named and not built.
enum JSONScalar: Equatable, Sendable {
  /// Escapes decoded.
  case string(String)
  /// As it was printed: its digits say how precisely it was meant.
  case number(text: String)
  case bool(Bool)
  case null
  case object
  case array

  init(_ kind: JSONKind, _ text: UnsafeRawBufferPointer) {
    switch kind {
    case .string: self = .string(String(decoding: text, as: UTF8.self))
    case .number: self = .number(text: String(decoding: text, as: UTF8.self))
    case .bool: self = .bool(text.count == 4)
    case .null: self = .null
    case .object: self = .object
    case .array: self = .array
    }
  }
}

enum JSONKind: UInt8, Sendable {
  case string, number, bool, null, object, array
}
