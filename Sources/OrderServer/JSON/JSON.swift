import Shared

/// A JSON document. Objects keep the order of their members.
indirect enum JSON: Sendable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name and its value. Names are not checked for being unique.
  struct Member: Sendable, Equatable {
    var name: String
    var value: JSON
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
  init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(members.map { Member(name: $0, value: $1) })
  }

  init(stringLiteral text: String) { self = .string(text) }
}

extension JSON: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON {
  /// The kind of value, in the words of an error message, as in `a list`.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// A number where there is one, else `null`.
  static func optional(_ number: Double?) -> JSON { number.map(JSON.number) ?? .null }

  /// The time in RFC 3339 (`Timestamp.description`) where there is one, else `null`.
  static func optional(_ time: Timestamp?) -> JSON { time.map { .string($0.description) } ?? .null }

  /// Sets the value at a path, making objects along the way. What was there before is replaced.
  mutating func set(_ value: JSON, at path: FieldPath) {
    set(value, at: path.keys[...])
  }

  private mutating func set(_ value: JSON, at keys: ArraySlice<String>) {
    guard let key = keys.first else {
      self = value
      return
    }
    var members: [Member] = []
    if case .object(let present) = self { members = present }
    let place = members.firstIndex { $0.name.hasSameBytes(as: key) } ?? members.endIndex
    if place == members.endIndex { members.append(Member(name: key, value: .null)) }
    members[place].value.set(value, at: keys.dropFirst())
    self = .object(members)
  }
}
