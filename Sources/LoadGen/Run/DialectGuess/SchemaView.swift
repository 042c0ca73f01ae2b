import Shared

/// A schema with what it refers to and is composed of put together, one level at a time.
struct SchemaView: Sendable {
  /// How deep schemas are followed into one another.
  static let mostDepth = 8
  /// The most schemas that one is composed of.
  private static let mostParts = 20
  private static let mostProperties = 100
  /// One with more keys is no schema.
  private static let mostKeys = 500

  let description: OpenAPIDescription
  /// How many schemas this one lies within.
  let depth: Int
  /// The schema itself, and those that it is composed of.
  private let parts: [JSONTree]

  init(_ schema: JSONTree?, in description: OpenAPIDescription, depth: Int = 0) {
    self.description = description
    self.depth = depth
    var parts: [JSONTree] = []
    if depth <= Self.mostDepth { Self.collect(schema, description, 0, &parts) }
    self.parts = parts
  }

  /// All of `allOf`, and of `anyOf` and `oneOf` the first that is not null.
  private static func collect(_ schema: JSONTree?, _ description: OpenAPIDescription, _ hops: Int, _ parts: inout [JSONTree]) {
    guard hops < mostDepth, parts.count < mostParts, let tree = description.resolved(schema), case .object(let members) = tree,
      members.count <= mostKeys,
      description.budget.takes(members.count + 1)
    else { return }
    parts.append(tree)
    for part in (tree["allOf"]?.elements ?? []).prefix(mostParts) { collect(part, description, hops + 1, &parts) }
    for choices in [tree["anyOf"], tree["oneOf"]] {
      let choice = (choices?.elements ?? []).prefix(mostParts).first { !isNull($0) }
      if let choice { collect(choice, description, hops + 1, &parts) }
    }
  }

  private static func isNull(_ schema: JSONTree) -> Bool { schema["type"]?.text?.hasSameBytes(as: "null") ?? false }

  /// The first value of a key among the schemas that it is composed of.
  subscript(_ key: StaticString) -> JSONTree? {
    for part in parts { if let value = part[key] { return value } }
    return nil
  }

  /// The names of its types; empty where none is said.
  private var types: [String] {
    guard let type = self["type"] else { return [] }
    return (type.text.map { [$0] } ?? type.elements.prefix(10).compactMap(\.text))
  }

  var kinds: AnswerShape.Kinds {
    var kinds: AnswerShape.Kinds = []
    for type in types {
      switch ByteText(type) {
      case "string": kinds.insert(.text)
      case "number", "integer": kinds.insert(.number)
      case "boolean": kinds.insert(.flag)
      case "object": kinds.insert(.object)
      case "array": kinds.insert(.list)
      case "null": kinds.insert(.null)
      default: break
      }
    }
    if kinds.isEmpty, parts.contains(where: { $0["properties"] != nil }) { kinds.insert(.object) }
    if kinds.isEmpty, let value = (self["enum"]?.elements.first ?? self["const"]) {
      if value.text != nil { kinds.insert(.text) }
      if value.number != nil { kinds.insert(.number) }
    }
    return kinds
  }

  var isInteger: Bool { types.contains { $0.hasSameBytes(as: "integer") } }

  /// All texts and numbers that it may be, where they are listed.
  var words: [String] {
    let listed = self["enum"]?.elements ?? self["const"].map { [$0] } ?? []
    return listed.prefix(AnswerShape.mostWords).compactMap { value in
      switch value {
      case .string(let text), .number(let text): text.utf8.count <= 100 ? text : nil
      default: nil
      }
    }
  }

  /// A value that the schema gives as an example, or as what stands for nothing.
  var sample: JSONTree? { self["example"] ?? self["examples"]?.elements.first ?? self["default"] }

  var sampleText: String? {
    switch sample {
    case .string(let text), .number(let text): text.utf8.count <= 100 ? text : nil
    default: nil
    }
  }

  /// Its properties in the order of the document, each once.
  var properties: [(key: String, value: SchemaView)] {
    var known: Set<ByteText> = []
    var found: [(key: String, value: SchemaView)] = []
    for part in parts {
      for member in (part["properties"]?.members ?? []).prefix(2 * Self.mostProperties)
      where found.count < Self.mostProperties && known.insert(ByteText(member.key)).inserted {
        found.append((member.key, SchemaView(member.value, in: description, depth: depth + 1)))
      }
    }
    return found
  }

  /// The names of the properties that must be there.
  var required: Set<ByteText> {
    Set(parts.flatMap { ($0["required"]?.elements ?? []).prefix(Self.mostProperties).compactMap { $0.text.map { ByteText($0) } } })
  }

  /// What the elements of a list are; `nil` where nothing is said.
  var items: SchemaView? {
    for part in parts { if let items = part["items"] { return SchemaView(items, in: description, depth: depth + 1) } }
    return nil
  }
}
