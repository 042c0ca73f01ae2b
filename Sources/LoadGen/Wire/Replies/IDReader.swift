import Foundation
import Shared

/// Finds an order's id in the answer to its create.
struct IDReader: Sendable {
  private let source: Dialect.IDSource
  private let scanner: JSONScanner
  private let before: String
  private let after: String

  /// The longest id that is accepted, in bytes: ids come from the target and stay in memory as long as their orders.
  static let longestID = 512

  /// How much of a plain-text body is searched for an id, in bytes.
  private static let longestText = 4_096

  init(_ source: Dialect.IDSource) {
    self.source = source
    if case .body(let field) = source.place { scanner = JSONScanner(field) } else { scanner = JSONScanner("") }
    let parts = source.cut?.parts ?? []
    let slot = parts.firstIndex(of: .slot(.id)) ?? parts.endIndex
    before = Template.text(parts[..<slot])
    after = Template.text(parts[min(slot + 1, parts.endIndex)...])
  }

  /// Where the id is looked for, in words for an error message, such as "at 'order_id' of the answer".
  var place: String {
    switch source.place {
    case .body(let field): "at \(field.words) of the answer" + cutWords
    case .header(let name): "in the header \(name) of the answer" + cutWords
    case .own: "of our own"
    case .untold: "nowhere"
    }
  }

  private var cutWords: String { source.cut.map { ", to be cut out by '\($0)'" } ?? "" }

  /// - Parameter own: the id that the client chose, if the dialect lets it choose.
  /// - Returns: `nil` if there is no id, or none that can be used.
  func id(_ response: borrowing ResponseParser, own: OrderID?) -> OrderID? {
    if isPlain { return plain(response) }
    let found: String?
    switch source.place {
    case .own: return own
    case .untold: return nil
    case .header(let name):
      // Of the few headers that are kept, only `Location` can hold an id.
      found = name.lowercased() == "location" ? response.location.flatMap { source.cut == nil ? Self.lastPart($0) : cut($0) } : nil
    case .body: found = body(response).flatMap { source.cut == nil ? $0 : cut($0) }
    }
    guard var text = found, !text.isEmpty, text.utf8.count <= Self.longestID else { return nil }
    switch source.letterCase {
    case .lower: text = text.lowercased()
    case .upper: text = text.uppercased()
    case nil: break
    }
    return OrderID(text)
  }

  /// Whether the id is in the body as it is, which is the usual case: then no `String` needs to be made.
  private var isPlain: Bool {
    if case .body = source.place { source.cut == nil && source.letterCase == nil } else { false }
  }

  private func plain(_ response: borrowing ResponseParser) -> OrderID? {
    let id = try? response.withBody { bytes throws(BadJSON) in
      try scanner.withText(in: bytes) { kind, text -> OrderID? in
        guard kind == .string || kind == .number, (1...Self.longestID).contains(text.count) else { return nil }
        return OrderID(utf8: text)
      }
    }
    return id ?? nil
  }

  private func body(_ response: borrowing ResponseParser) -> String? {
    let text = try? response.withBody { bytes throws(BadJSON) in
      try scanner.withText(in: bytes) { kind, text -> String? in
        guard kind == .string || kind == .number else { return nil }
        return String(decoding: text, as: UTF8.self)
      }
    }
    if let text { return text }
    // If the body itself is the text that the id is cut from, it need not be JSON.
    guard source.place == .body(""), source.cut != nil else { return nil }
    return response.withBody { String(decoding: $0.prefix(Self.longestText), as: UTF8.self) }
  }

  /// The part of a text that the dialect's cut leaves; `nil` if the cut does not fit the text, or there is no cut.
  private func cut(_ text: String) -> String? {
    guard source.cut != nil else { return nil }
    var rest = Substring(text)
    if !before.isEmpty {
      guard let found = rest.cut(at: before) else { return nil }
      rest = found.after
    }
    if !after.isEmpty {
      guard let found = rest.cut(at: after) else { return nil }
      rest = found.before
    }
    return String(rest)
  }

  /// The last part of a URL's path, with percent escapes decoded.
  private static func lastPart(_ url: String) -> String? {
    let path = url[..<(url.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? url.endIndex)]
    return path.parts(between: "/").last.map { String($0).removingPercentEncoding ?? String($0) }
  }
}

extension Template {
  fileprivate static func text(_ parts: some Sequence<Part>) -> String {
    parts.map { if case .literal(let text) = $0 { text } else { "" } }.joined()
  }
}
