/// The value at one place of a JSON document. Objects and arrays are only named, not built.
enum JSONScalar: Equatable, Sendable {
  /// With escapes decoded.
  case string(String)
  /// As it was printed, because the digits show how precise the number is meant to be.
  case number(text: String)
  case bool(Bool)
  case null
  case object
  case array

  /// - Parameter text: the value's own bytes; of a string those between its quotes, with escapes decoded.
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

/// The type of a JSON value.
enum JSONKind: UInt8, Sendable {
  case string, number, bool, null, object, array
}
