import Shared

/// What a JSON value may be: a JSON Schema (draft 2020-12), which OpenAPI 3.1 uses.
indirect enum Schema: Sendable, Equatable {
  /// Keywords as they are written in the document.
  case plain(JSON)
  case object([Member], isClosed: Bool)
  /// - Parameter count: how many elements; `nil`: any number.
  case list(Schema, count: ClosedRange<Int>?)
  /// A value that one of these allows.
  case any([Schema])
  /// Written once, under this name in the document's components, and referred to from everywhere else.
  case named(String, Schema)
  /// The schema with further keywords.
  case with([JSON.Member], Schema)

  /// A property of an object.
  struct Member: Sendable, Equatable {
    var name: String
    var schema: Schema
    var isRequired = true
  }
}

extension Schema {
  /// An object that the server writes: it has these members and no other.
  static func answer(_ members: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:]) -> Schema {
    .object(Self.members(members, optional), isClosed: true)
  }

  /// An object that a client sends: other members are ignored.
  static func fields(_ members: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:]) -> Schema {
    .object(Self.members(members, optional), isClosed: false)
  }

  private static func members(_ required: KeyValuePairs<String, Schema>, _ optional: KeyValuePairs<String, Schema>) -> [Member] {
    required.map { Member(name: $0, schema: $1) } + optional.map { Member(name: $0, schema: $1, isRequired: false) }
  }

  /// - Parameters:
  ///   - length: in characters (Unicode scalars).
  ///   - pattern: a regular expression that ECMA-262 and the usual libraries read alike.
  static func string(_ length: ClosedRange<Int>? = nil, pattern: String? = nil, format: String? = nil) -> Schema {
    var json: JSON = ["type": "string"]
    if let length {
      json.set(.integer(Int64(length.lowerBound)), at: "minLength")
      json.set(.integer(Int64(length.upperBound)), at: "maxLength")
    }
    if let pattern { json.set(.string(pattern), at: "pattern") }
    if let format { json.set(.string(format), at: "format") }
    return .plain(json)
  }

  /// A text for people to read; not empty.
  static let sentence = Schema.plain(["type": "string", "minLength": .integer(1)])

  static func integer(_ range: ClosedRange<Int64>) -> Schema {
    .plain(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
  }

  static func integer(from minimum: Int64) -> Schema { .plain(["type": "integer", "minimum": .integer(minimum)]) }

  static func number(_ range: ClosedRange<Double>) -> Schema {
    .plain(["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)])
  }

  static let count = Schema.integer(from: 0)
  static let seconds = Schema.plain(["type": "number", "minimum": .integer(0)]).about("In seconds.")

  static func word(of words: [String]) -> Schema { .plain(["type": "string", "enum": .array(words.map(JSON.string))]) }

  static func constant(_ value: JSON) -> Schema { .plain(["const": value]) }

  var orNull: Schema { .any([self, .plain(["type": "null"])]) }

  /// Adds a description, for rules that a schema cannot express.
  func about(_ text: String) -> Schema { .with([JSON.Member(name: "description", value: .string(text))], self) }
}

extension Schema {
  /// The schema as it is written in the document. A named one is added to `components`.
  func json(_ components: inout [JSON.Member]) -> JSON {
    switch self {
    case .plain(let json): return json
    case .object(let members, let isClosed):
      var json: JSON = ["type": "object"]
      json.set(.array(members.filter(\.isRequired).map { .string($0.name) }), at: "required")
      json.set(.object(members.map { JSON.Member(name: $0.name, value: $0.schema.json(&components)) }), at: "properties")
      if isClosed { json.set(.boolean(false), at: "additionalProperties") }
      return json
    case .list(let element, let count):
      var json: JSON = ["type": "array", "items": element.json(&components)]
      if let count {
        json.set(.integer(Int64(count.lowerBound)), at: "minItems")
        json.set(.integer(Int64(count.upperBound)), at: "maxItems")
      }
      return json
    case .any(let schemas):
      return ["anyOf": .array(schemas.map { $0.json(&components) })]
    case .named(let name, let schema):
      let json = schema.json(&components)
      if let present = components.first(where: { $0.name == name }) {
        assert(present.value == json, "two schemas are called \(name)")
      } else {
        components.append(JSON.Member(name: name, value: json))
      }
      return ["$ref": .string("#/components/schemas/\(name)")]
    case .with(let keywords, let schema):
      var json = schema.json(&components)
      for keyword in keywords { json.set(keyword.value, at: FieldPath(keyword.name)) }
      return json
    }
  }
}

extension Schema {
  /// Whether it is an object that may have this member.
  func hasMember(_ name: String) -> Bool {
    switch self {
    case .object(let members, _): members.contains { $0.name == name }
    case .named(_, let schema), .with(_, let schema): schema.hasMember(name)
    case .plain, .list, .any: false
    }
  }
}
