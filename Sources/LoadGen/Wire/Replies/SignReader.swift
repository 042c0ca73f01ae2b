import Shared

/// Looks for what an answer's body shows where its status code does not.
struct SignReader: Sendable {
  private let sign: BodySign
  private let scanner: JSONScanner
  private let wanted: [[UInt8]]

  init(_ sign: BodySign) {
    self.sign = sign
    scanner = JSONScanner(sign.field)
    wanted = sign.words.map { Array($0.utf8) }
  }

  /// What a body has in the sign's place.
  enum Finding {
    case isThere
    /// Something else, in words.
    case isNot(String)
    /// It is no JSON.
    case unreadable(Failure)
  }

  /// The sign's place, and what should stand there, as in "'status' (ok)".
  var words: String { "'\(sign.field)'" + (sign.words.isEmpty ? "" : " (\(sign.words.joined(separator: ", ")))") }

  func finding(in response: borrowing ResponseParser) -> Finding {
    do throws(BadJSON) {
      return try response.withBody { bytes throws(BadJSON) in
        try scanner.withText(in: bytes) { kind, text in
          if isThere(kind, text) { return .isThere }
          return .isNot(kind == .string ? "'\(text.beginning(bytes: 40))'" : text.beginning(bytes: 40))
        }
      } ?? .isNot("left out")
    } catch {
      return .unreadable(Failure(badJSON: error, response))
    }
  }

  private func isThere(_ kind: JSONKind, _ text: UnsafeRawBufferPointer) -> Bool {
    guard !wanted.isEmpty else { return kind != .null && !(kind == .bool && text.first == UInt8(ascii: "f")) }
    guard kind != .object, kind != .array else { return false }
    return wanted.contains { word in word.count == text.count && zip(word, text).allSatisfy { $0 == ByteScan.lowercased($1) } }
  }
}
