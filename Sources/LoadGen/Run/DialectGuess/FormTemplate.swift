import Shared

/// Writes a form with slots that a schema would take.
enum FormTemplate {
  /// - Parameter replaced: what stands in the place of some properties, by name.
  /// - Returns: `nil` where the schema names no property.
  static func body(of schema: SchemaView, replaced: [ByteText: String] = [:]) -> String? {
    let required = schema.required
    let pairs = schema.properties.prefix(50).compactMap { property -> String? in
      let key = ByteText(property.key)
      guard property.key.utf8.count <= 100, required.isEmpty || required.contains(key) || replaced[key] != nil else { return nil }
      return "\(escaped(property.key))=\(replaced[key] ?? value(of: property.value, property.key))"
    }
    return pairs.isEmpty ? nil : pairs.joined(separator: "&")
  }

  static func value(of schema: SchemaView, _ name: String) -> String {
    if let text = schema.words.first ?? schema.sampleText { return escaped(text) }
    if schema.kinds.contains(.number) { return SampleValues.number(schema, NameWords(name)) }
    if schema.kinds.contains(.flag) { return "true" }
    let text = SampleValues.text(schema, NameWords(name))
    // Slots stay as they are.
    return text.parts(between: "@").map { $0.parts(between: ":").joined(separator: "%3A") }.joined(separator: "%40")
  }

  /// A text in a form or a query.
  static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      let isPlain = ByteScan.isToken(byte) && !Self.special.contains(byte)
      result += isPlain ? [byte] : Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What a name or a value may not have as it is.
  private static let special = Array("&=+%#'*!|^`$".utf8)
}
