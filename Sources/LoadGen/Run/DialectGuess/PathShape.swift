import Shared

/// A path of a description, as `/orders/{order_id}/status`, of which each parameter is a whole segment or a part of one.
struct PathShape: Equatable, Sendable {
  /// As it was described, below the target's URL.
  let text: String
  /// Its segments, in order; a parameter is in braces.
  let segments: [String]
  let parameters: Int

  /// The longest path that is used, in bytes.
  static let longest = 500

  /// - Returns: `nil` where no dialect file could say it: with characters that stand in no path, or braces that are no parameters.
  init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.first == UInt8(ascii: "/"), bytes.count <= Self.longest, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    guard !bytes.contains(where: { Self.odd.contains($0) }) else { return nil }
    var (depth, parameters) = (0, 0)
    for byte in bytes {
      if byte == UInt8(ascii: "{") { (depth, parameters) = (depth + 1, parameters + 1) }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      if depth > 1 || depth < 0 || depth == 1 && byte == UInt8(ascii: "/") { return nil }
    }
    guard depth == 0 else { return nil }
    self.text = text
    self.parameters = parameters
    segments = text.parts(between: "/").map(String.init)
  }

  private static let odd = Array("#?\"\\".utf8)

  /// The words of its last segment that is no parameter.
  var lastWords: NameWords { NameWords(segments.last { !Self.isParameter($0) } ?? "") }

  /// The words of all its segments that are no parameters.
  var words: NameWords { segments.filter { !Self.isParameter($0) }.reduce(NameWords("")) { $0 + NameWords($1) } }

  var endsWithParameter: Bool { segments.last.map(Self.isParameter) ?? false }

  private static func isParameter(_ segment: String) -> Bool { segment.utf8.contains(UInt8(ascii: "{")) }

  /// Whether it begins with all of another path.
  func isBelow(_ other: String) -> Bool {
    let start = other.utf8.last == UInt8(ascii: "/") ? Array(other.utf8) : Array(other.utf8) + [UInt8(ascii: "/")]
    return text.utf8.starts(with: start) && text.utf8.count > start.count
  }

  /// The path with a dialect's slot in the place of its only parameter.
  func filled(with slot: String) -> String {
    guard let open = text.cut(at: "{"), let close = open.after.cut(at: "}") else { return text }
    return open.before + slot + close.after
  }

  /// What its only parameter is called, where an answer may call an id so.
  var parameterName: String? {
    guard parameters == 1, let name = text.cut(at: "{")?.after.cut(at: "}")?.before, AnswerShape.isUsable(String(name)) else { return nil }
    return String(name)
  }

  /// The path without its last segment; `nil` where it has only one.
  var parent: String? {
    segments.count > 1 ? "/" + segments.dropLast().joined(separator: "/") : nil
  }
}
