import Shared

/// Writes a body with slots that a schema, or an example of it, would take.
struct BodyTemplate {
  /// The most values of a body, and its length in bytes.
  private static let mostValues = 200
  private static let longest = 16 << 10

  /// What stands in the place of some top-level properties, by name: a JSON value, with slots.
  var replaced: [ByteText: String] = [:]
  /// The properties for which no value is sure to be taken.
  private(set) var doubtful: [String] = []
  private var count = 0

  /// The body; `nil` where nothing is known of it, or it is too long.
  mutating func body(of schema: SchemaView, example: JSONTree?) -> String? {
    let text: String
    if let example = example ?? schema.sample, case .object = example {
      text = value(of: schema, sample: example, name: "", depth: 0)
    } else {
      guard !schema.properties.isEmpty else { return nil }
      text = value(of: schema, sample: nil, name: "", depth: 0)
    }
    return text.utf8.count <= Self.longest && count <= Self.mostValues ? text : nil
  }

  /// - Parameter sample: what an example has there.
  private mutating func value(of schema: SchemaView?, sample: JSONTree?, name: String, depth: Int) -> String {
    count += 1
    guard count <= Self.mostValues, depth <= SchemaView.mostDepth else { return "null" }
    let given = depth == 0 ? sample : sample ?? schema?.sample
    switch given {
    case .object(let members):
      let properties = schema?.properties ?? []
      return object(
        members.map { member in
          (member.key, properties.first { $0.key.hasSameBytes(as: member.key) }?.value, Optional(member.value))
        }, depth)
    case .array(let elements):
      let items = schema?.items
      return "[\(elements.prefix(20).map { value(of: items, sample: $0, name: name, depth: depth + 1) }.joined(separator: ","))]"
    case .string(let text):
      if schema?["format"]?.text?.hasSameBytes(as: "uuid") ?? false { return "\"{uuid}\"" }
      return Self.quoted(text)
    case .number(let text): return text
    case .bool(let flag): return "\(flag)"
    case .null where depth > 0 && sample != nil: return "null"
    case .null, nil: return schema.map { made($0, name, depth) } ?? "null"
    }
  }

  private mutating func object(_ members: [(key: String, schema: SchemaView?, sample: JSONTree?)], _ depth: Int) -> String {
    var parts: [String] = []
    for member in members.prefix(Self.mostValues) {
      let key = Self.quoted(member.key)
      if depth == 0, let text = replaced[ByteText(member.key)] {
        parts.append("\(key):\(text)")
      } else {
        parts.append("\(key):\(value(of: member.schema, sample: member.sample, name: member.key, depth: depth + 1))")
      }
    }
    if depth == 0 {
      for (key, text) in replaced.sorted(by: { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) })
      where !members.contains(where: { ByteText($0.key) == key }) {
        parts.append("\(Self.quoted(key.text)):\(text)")
      }
    }
    return "{\(parts.joined(separator: ","))}"
  }

  // MARK: Values that a schema takes

  private mutating func made(_ schema: SchemaView, _ name: String, _ depth: Int) -> String {
    if let first = schema["enum"]?.elements.first ?? schema["const"] {
      return value(of: nil, sample: first, name: name, depth: depth + 1)
    }
    let kinds = schema.kinds
    if kinds.contains(.object) {
      let (properties, required) = (schema.properties, schema.required)
      // Where a description says of nothing that it is needed, it leaves that open.
      let needed = required.isEmpty && depth < 2 ? properties : properties.filter { required.contains(ByteText($0.key)) }
      return object(needed.map { ($0.key, Optional($0.value), nil) }, depth)
    }
    if kinds.contains(.list) {
      guard let items = schema.items else { return "[]" }
      let least = schema["minItems"]?.number.map { Int(min(max($0, 1), 3)) } ?? 1
      return
        "[\((0..<least).map { _ in value(of: items, sample: nil, name: name, depth: depth + 1) }.joined(separator: ","))]"
    }
    if kinds.contains(.text) { return text(schema, name) }
    if kinds.contains(.number) { return SampleValues.number(schema, NameWords(name)) }
    if kinds.contains(.flag) { return "true" }
    doubtful.append(name)
    return text(schema, name)
  }

  private mutating func text(_ schema: SchemaView, _ name: String) -> String {
    if schema["pattern"] != nil, schema["format"] == nil { doubtful.append(name) }
    return "\"\(SampleValues.text(schema, NameWords(name)))\""
  }

  /// A text as JSON, in which no brace can open a slot, and nothing steers a terminal.
  static func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "{" || scalar.value > 0x7E && !scalar.properties.isAlphabetic || TerminalText.isCommand(scalar) {
        result += escape(scalar)
      } else {
        result += JSONEscape.text(String(scalar))
      }
    }
    return "\"\(result)\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    Array(String(scalar).utf16).map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
