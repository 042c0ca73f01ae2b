import Foundation

/// A JSON value, compared as one: 100 is 100.0, and the order of keys means nothing.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(parsing text: String) throws { try self.init(parsing: Data(text.utf8)) }

  init(parsing data: Data) throws { self = try JSONDecoder().decode(JSONValue.self, from: data) }

  /// The value of a key; `nil` where there is none, or where this is no object.
  subscript(_ key: String) -> JSONValue? {
    if case .object(let values) = self { values[key] } else { nil }
  }

  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  var keys: Set<String> {
    if case .object(let values) = self { Set(values.keys) } else { [] }
  }

  /// An order's id as it stands in a path, whether it came as a number or as a text.
  var pathSegment: String? {
    switch self {
    case .number(let number): String(Int(number))
    case .text(let text): text
    default: nil
    }
  }
}

extension JSONValue: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

extension JSONValue: CustomStringConvertible {
  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let number): "\(number)"
    case .text(let text): "\"\(text)\""
    case .array(let values): "[\(values.map(\.description).joined(separator: ","))]"
    case .object(let values): "{\(values.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}"
    }
  }
}
