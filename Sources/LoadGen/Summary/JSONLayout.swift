package import Foundation

/// Formats compact JSON for people: one key per line, but a list of plain values or of such lists stays on one line, so that a histogram of
/// a thousand pairs takes one line and not four thousand.
package enum JSONLayout {
  /// What a value is written as: sorted keys, always the same bytes for the same value.
  /// - Throws: `EncodingError` where a number is not finite.
  package static func text(of value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return laidOut(try encoder.encode(value))
  }

  /// - Parameter compact: well-formed JSON without white space between its tokens.
  /// - Returns: the same JSON, with a newline at its end.
  static func laidOut(_ compact: Data) -> Data {
    var layout = Layout(capacity: compact.count * 5 / 4)
    let bytes = [UInt8](compact)
    var index = 0
    while index < bytes.count { index = layout.take(bytes, index) }
    layout.out.append(UInt8(ascii: "\n"))
    return Data(layout.out)
  }

  private struct Layout {
    var out: [UInt8] = []
    var depth = 0

    init(capacity: Int) { out.reserveCapacity(capacity) }

    /// Writes the token at `index`, or a whole list where it holds neither objects nor texts.
    /// - Returns: where the next token begins.
    mutating func take(_ bytes: [UInt8], _ index: Int) -> Int {
      switch bytes[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if let end = endOfPlain(bytes, index) { return copy(bytes, index, end) }
        out.append(bytes[index])
        depth += 1
        newline()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        newline()
        out.append(bytes[index])
      case UInt8(ascii: ","):
        out.append(bytes[index])
        newline()
      case UInt8(ascii: ":"):
        out.append(bytes[index])
        out.append(UInt8(ascii: " "))
      case UInt8(ascii: "\""):
        return copy(bytes, index, endOfString(bytes, index))
      default:
        out.append(bytes[index])
      }
      return index + 1
    }

    private mutating func newline() {
      out.append(UInt8(ascii: "\n"))
      out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func copy(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
      out.append(contentsOf: bytes[start..<end])
      return end
    }

    private func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
      var index = start + 1
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
      return index + 1
    }

    /// Where the list that begins at `start` ends; `nil` where it holds objects or texts. An empty object counts as such a list.
    private func endOfPlain(_ bytes: [UInt8], _ start: Int) -> Int? {
      if bytes[start] == UInt8(ascii: "{") { return bytes[start + 1] == UInt8(ascii: "}") ? start + 2 : nil }
      var open = 0
      for index in start..<bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "["): open += 1
        case UInt8(ascii: "]"):
          open -= 1
          if open == 0 { return index + 1 }
        case UInt8(ascii: "{"), UInt8(ascii: "\""): return nil
        default: break
        }
      }
      return nil
    }
  }
}
