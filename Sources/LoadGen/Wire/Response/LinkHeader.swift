import Shared

/// Finds the link to the next page in the header `Link` (RFC 8288): `<https://example.org/orders?page=2>; rel="next", …`.
enum LinkHeader {
  /// The target of the first link whose `rel` is or has `next`, as it is written; `nil` if there is none, or if the value is not as it should
  /// be. A link with an `anchor` is about another page than this one.
  static func next(in value: UnsafeRawBufferPointer) -> String? {
    var cursor = Cursor(bytes: value)
    while cursor.skip({ $0 == comma || ByteScan.isBlank($0) }), cursor.take(UInt8(ascii: "<")) {
      let target = cursor.prefix { $0 != UInt8(ascii: ">") }
      guard cursor.take(UInt8(ascii: ">")) else { return nil }
      var relations: [UInt8]?
      var isOfThisPage = true
      while cursor.skip(ByteScan.isBlank), cursor.take(UInt8(ascii: ";")) {
        guard let (name, text) = cursor.parameter() else { return nil }
        if ByteScan.matches(UnsafeRawBufferPointer(rebasing: value[name]), "rel"), relations == nil { relations = text }
        if ByteScan.matches(UnsafeRawBufferPointer(rebasing: value[name]), "anchor") { isOfThisPage = false }
      }
      let words = (relations ?? []).split(whereSeparator: ByteScan.isBlank)
      if isOfThisPage, words.contains(where: { $0.map(ByteScan.lowercased).elementsEqual("next".utf8) }) {
        return String(decoding: UnsafeRawBufferPointer(rebasing: value[target]), as: UTF8.self)
      }
    }
    return nil
  }

  private static let comma = UInt8(ascii: ",")

  /// How far a value has been read.
  private struct Cursor {
    let bytes: UnsafeRawBufferPointer
    var offset = 0

    /// - Returns: whether anything is left.
    mutating func skip(_ isSkipped: (UInt8) -> Bool) -> Bool {
      while offset < bytes.count, isSkipped(bytes[offset]) { offset += 1 }
      return offset < bytes.count
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard offset < bytes.count, bytes[offset] == byte else { return false }
      offset += 1
      return true
    }

    mutating func prefix(_ isPart: (UInt8) -> Bool) -> Range<Int> {
      let start = offset
      _ = skip(isPart)
      return start..<offset
    }

    /// A name, and a token or a quoted text after `=`, without its quotes and backslashes; `nil` where there is no name.
    mutating func parameter() -> (name: Range<Int>, text: [UInt8])? {
      _ = skip(ByteScan.isBlank)
      let name = prefix(ByteScan.isToken)
      guard !name.isEmpty else { return nil }
      _ = skip(ByteScan.isBlank)
      guard take(UInt8(ascii: "=")) else { return (name, []) }
      _ = skip(ByteScan.isBlank)
      guard take(UInt8(ascii: "\"")) else {
        return (name, bytes[prefix { $0 != UInt8(ascii: ";") && $0 != comma && !ByteScan.isBlank($0) }].map(\.self))
      }
      var text: [UInt8] = []
      while offset < bytes.count, !take(UInt8(ascii: "\"")) {
        if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
        text.append(bytes[offset])
        offset += 1
      }
      return (name, text)
    }
  }
}
