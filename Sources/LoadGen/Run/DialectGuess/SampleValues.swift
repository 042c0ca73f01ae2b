import Shared

/// Values that a schema of a text or of a number takes, as far as it can be known.
enum SampleValues {
  /// A text with slots that stands within quotes.
  static func text(_ schema: SchemaView, _ name: NameWords) -> String {
    if let format = schema["format"]?.text, let text = text(ofFormat: format) { return text }
    if name.has(["email", "mail"]) { return "user-{index}@example.com" }
    let base = name.words.filter { $0.text.utf8.allSatisfy { $0 < 0x80 } }.prefix(4).map(\.text).joined(separator: "-")
    let stem = base.isEmpty ? "value" : base
    let most = schema["maxLength"]?.number.map { Int(min(max($0, 0), 1e6)) } ?? 1_000
    let least = schema["minLength"]?.number.map { Int(min(max($0, 0), 1_000)) } ?? 0
    // What fills a slot has up to eight digits, and at least one.
    if stem.utf8.count + 9 <= most {
      let padding = max(0, least - stem.utf8.count - 2)
      return stem + String(repeating: "x", count: padding) + "-{index}"
    }
    return String(repeating: "x", count: min(max(least, min(1, most)), max(most, 0)))
  }

  private static func text(ofFormat format: String) -> String? {
    switch ByteText(format) {
    case "uuid": "{uuid}"
    case "email": "user-{index}@example.com"
    case "date-time": "2026-01-02T03:04:05Z"
    case "date": "2026-01-02"
    case "time": "03:04:05Z"
    case "uri", "url", "uri-reference": "https://example.com/{index}"
    case "ipv4": "192.0.2.1"
    case "byte": "dGVh"
    default: nil
    }
  }

  /// A number in its limits: 1 where it may be that, or 9.99 for what sounds like money.
  static func number(_ schema: SchemaView, _ name: NameWords) -> String {
    let isWhole = schema.isInteger
    var least = bound(schema["minimum"]), most = bound(schema["maximum"])
    // A number in 3.1, and a flag beside `minimum` in 3.0.
    if let above = bound(schema["exclusiveMinimum"]) ?? (schema["exclusiveMinimum"]?.isTrue == true ? least : nil) {
      least = isWhole ? above.rounded(.down) + 1 : most.map { (above + $0) / 2 } ?? above + 1
    }
    if let below = bound(schema["exclusiveMaximum"]) ?? (schema["exclusiveMaximum"]?.isTrue == true ? most : nil) {
      most = isWhole ? below.rounded(.up) - 1 : least.map { ($0 + below) / 2 } ?? below - 1
    }
    let isMoney = !isWhole && name.has(["amount", "price", "total", "cost", "sum"])
    var value = isMoney ? 9.99 : 1
    if let step = bound(schema["multipleOf"]), step > 0, step < 1e9 { value = step }
    if let least, value < least { value = least }
    if let most, value > most { value = most }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// A limit that a number can be printed at.
  private static func bound(_ tree: JSONTree?) -> Double? {
    guard let number = tree?.number, number.isFinite, abs(number) < 1e15 else { return nil }
    return number
  }
}
