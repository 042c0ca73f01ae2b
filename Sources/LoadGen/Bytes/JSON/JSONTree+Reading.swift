import Shared

extension JSONTree {
  /// The most values of a document that is read: a description of a thousand operations has a tenth of that.
  static let mostValues = 1_000_000
  /// The deepest nesting that is read.
  static let mostDepth = 100

  /// Reads a whole document.
  /// - Throws: `Fault`.
  init(_ bytes: UnsafeRawBufferPointer, mostValues: Int = JSONTree.mostValues) throws(Fault) {
    let paths = JSONPaths([])
    defer { withExtendedLifetime(paths) {} }
    var builder = JSONTreeBuilder(JSONReader(bytes, tree: paths.view, found: .init(start: nil, count: 0)), mostValues)
    self = try builder.document()
  }

  init(_ bytes: [UInt8], mostValues: Int = JSONTree.mostValues) throws(Fault) {
    self = try bytes.withUnsafeBytes { bytes in
      Result { () throws(Fault) in try JSONTree(bytes, mostValues: mostValues) }
    }.get()
  }
}

/// Builds a tree of what a `JSONReader` reads.
private struct JSONTreeBuilder {
  private var reader: JSONReader
  private let mostValues: Int
  private var count = 0

  init(_ reader: JSONReader, _ mostValues: Int) {
    self.reader = reader
    self.mostValues = mostValues
  }

  mutating func document() throws(JSONTree.Fault) -> JSONTree {
    let mark = reader.bytes.prefix(3)
    if mark.elementsEqual([0xEF, 0xBB, 0xBF]) { reader.offset = 3 }
    let tree = try value(depth: 0)
    reader.skipSpace()
    if reader.offset < reader.bytes.count {
      throw .bad(.unexpected(reader.bytes[reader.offset], at: reader.offset, wanted: .nothing))
    }
    return tree
  }

  private mutating func value(depth: Int) throws(JSONTree.Fault) -> JSONTree {
    count += 1
    guard count <= mostValues else { throw .tooManyValues(limit: mostValues) }
    reader.skipSpace()
    switch try byte(.value) {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal("null")
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let start = reader.offset
      do throws(BadJSON) { try reader.readNumber() } catch { throw .bad(error) }
      return .number(String(decoding: reader.bytes[start..<reader.offset], as: UTF8.self))
    case let byte: throw .bad(.unexpected(byte, at: reader.offset, wanted: .value))
    }
  }

  private mutating func members(depth: Int) throws(JSONTree.Fault) -> [JSONTree.Member] {
    try checkDepth(depth)
    reader.offset += 1
    var members: [JSONTree.Member] = []
    reader.skipSpace()
    if try byte(.keyOrEnd) == UInt8(ascii: "}") {
      reader.offset += 1
      return members
    }
    while true {
      reader.skipSpace()
      let quote = try byte(.key)
      guard quote == UInt8(ascii: "\"") else { throw .bad(.unexpected(quote, at: reader.offset, wanted: .key)) }
      let key = try string()
      reader.skipSpace()
      let colon = try byte(.colon)
      guard colon == UInt8(ascii: ":") else { throw .bad(.unexpected(colon, at: reader.offset, wanted: .colon)) }
      reader.offset += 1
      members.append(JSONTree.Member(key: key, value: try value(depth: depth)))
      if try isOver(at: UInt8(ascii: "}"), .commaOrObjectEnd) { return members }
    }
  }

  private mutating func elements(depth: Int) throws(JSONTree.Fault) -> [JSONTree] {
    try checkDepth(depth)
    reader.offset += 1
    var elements: [JSONTree] = []
    reader.skipSpace()
    if try byte(.value) == UInt8(ascii: "]") {
      reader.offset += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth))
      if try isOver(at: UInt8(ascii: "]"), .commaOrArrayEnd) { return elements }
    }
  }

  /// Takes the comma or the bracket after a value.
  private mutating func isOver(at end: UInt8, _ wanted: BadJSON.Wanted) throws(JSONTree.Fault) -> Bool {
    reader.skipSpace()
    let next = try byte(wanted)
    guard next == end || next == UInt8(ascii: ",") else { throw .bad(.unexpected(next, at: reader.offset, wanted: wanted)) }
    reader.offset += 1
    return next == end
  }

  private func checkDepth(_ depth: Int) throws(JSONTree.Fault) {
    if depth > JSONTree.mostDepth { throw .bad(.tooDeep(limit: JSONTree.mostDepth, at: reader.offset)) }
  }

  private mutating func string() throws(JSONTree.Fault) -> String {
    do throws(BadJSON) {
      let text = try reader.readString()
      let bytes = UnsafeRawBufferPointer(rebasing: reader.bytes[text.start..<text.end])
      return text.hasEscapes ? String(decoding: Array(UnescapedBytes(bytes)), as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    } catch { throw .bad(error) }
  }

  private mutating func literal(_ word: StaticString) throws(JSONTree.Fault) {
    do throws(BadJSON) { try reader.readLiteral(word) } catch { throw .bad(error) }
  }

  private func byte(_ wanted: BadJSON.Wanted) throws(JSONTree.Fault) -> UInt8 {
    do throws(BadJSON) { return try reader.peek(wanted) } catch { throw .bad(error) }
  }
}
