/// Reads a document from its first byte to its last, checks all of it (RFC 8259, UTF-8), and notes where the values of a tree of paths lie.
/// It builds and allocates nothing.
struct JSONReader {
  /// The type and the extent of a value that was looked up.
  struct Found {
    var kind: JSONKind
    var text: JSONText
  }

  /// The deepest nesting that is read; Foundation's parser has the same limit. A server that nests deeper is hostile.
  static let depthLimit = 512

  let bytes: UnsafeRawBufferPointer
  let tree: JSONPathTree.View
  /// By slot of the tree; the caller sets all of them to `nil` beforehand.
  let found: UnsafeMutableBufferPointer<Found?>
  var offset = 0

  init(_ bytes: UnsafeRawBufferPointer, tree: JSONPathTree.View, found: UnsafeMutableBufferPointer<Found?>) {
    self.bytes = bytes
    self.tree = tree
    self.found = found
  }

  /// Reads the whole document, which may be followed only by white space.
  mutating func readDocument() throws(BadJSON) {
    // RFC 8259 allows a reader to ignore a byte order mark, and some frameworks write one.
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
    try readValue(node: 0, depth: 0)
    skipSpace()
    if offset < bytes.count { throw .unexpected(bytes[offset], at: offset, wanted: .nothing) }
  }

  /// Reads the next value. `node` is its place in the tree; −1 if nothing within it is looked up.
  mutating func readValue(node: Int, depth: Int) throws(BadJSON) {
    skipSpace()
    let start = offset
    let first = try peek(.value)
    let kind: JSONKind
    switch first {
    case UInt8(ascii: "\""):
      let text = try readString()
      note(.string, text, node)
      return
    case UInt8(ascii: "{"):
      try readObject(node: node, depth: depth + 1)
      kind = .object
    case UInt8(ascii: "["):
      try readArray(node: node, depth: depth + 1)
      kind = .array
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try readNumber()
      kind = .number
    case UInt8(ascii: "t"):
      try readLiteral("true")
      kind = .bool
    case UInt8(ascii: "f"):
      try readLiteral("false")
      kind = .bool
    case UInt8(ascii: "n"):
      try readLiteral("null")
      kind = .null
    default:
      throw .unexpected(first, at: offset, wanted: .value)
    }
    note(kind, JSONText(start: start, end: offset, hasEscapes: false), node)
  }

  @inline(__always)
  private func note(_ kind: JSONKind, _ text: JSONText, _ node: Int) {
    guard node >= 0 else { return }
    let slot = tree.nodes[node].slot
    if slot >= 0 { found[slot] = Found(kind: kind, text: text) }
  }

  private mutating func readObject(node: Int, depth: Int) throws(BadJSON) {
    if depth > Self.depthLimit { throw .tooDeep(limit: Self.depthLimit, at: offset) }
    offset &+= 1
    skipSpace()
    if try peek(.keyOrEnd) == UInt8(ascii: "}") {
      offset &+= 1
      return
    }
    var wanted = BadJSON.Wanted.keyOrEnd
    while true {
      skipSpace()
      let quote = try peek(wanted)
      guard quote == UInt8(ascii: "\"") else { throw .unexpected(quote, at: offset, wanted: wanted) }
      let key = try readString()
      let child = node < 0 ? -1 : tree.child(of: node, key: key, in: bytes)
      // If a key occurs twice the last one counts, as in Foundation's parser and most others: forget what the first one's value held.
      if child >= 0 { for slot in tree.nodes[child].slots { found[slot] = nil } }
      skipSpace()
      let colon = try peek(.colon)
      guard colon == UInt8(ascii: ":") else { throw .unexpected(colon, at: offset, wanted: .colon) }
      offset &+= 1
      try readValue(node: child, depth: depth)
      skipSpace()
      let next = try peek(.commaOrObjectEnd)
      offset &+= 1
      if next == UInt8(ascii: "}") { return }
      guard next == UInt8(ascii: ",") else { throw .unexpected(next, at: offset - 1, wanted: .commaOrObjectEnd) }
      wanted = .key
    }
  }

  private mutating func readArray(node: Int, depth: Int) throws(BadJSON) {
    if depth > Self.depthLimit { throw .tooDeep(limit: Self.depthLimit, at: offset) }
    offset &+= 1
    skipSpace()
    if try peek(.value) == UInt8(ascii: "]") {
      offset &+= 1
      return
    }
    var index = 0
    while true {
      try readValue(node: node < 0 ? -1 : tree.child(of: node, index: index), depth: depth)
      skipSpace()
      let next = try peek(.commaOrArrayEnd)
      offset &+= 1
      if next == UInt8(ascii: "]") { return }
      guard next == UInt8(ascii: ",") else { throw .unexpected(next, at: offset - 1, wanted: .commaOrArrayEnd) }
      index &+= 1
    }
  }

  /// The next byte, without consuming it.
  @inline(__always)
  func peek(_ wanted: BadJSON.Wanted) throws(BadJSON) -> UInt8 {
    guard offset < bytes.count else { throw .endsEarly(at: offset, wanted: wanted) }
    return bytes[offset]
  }

  /// Skips the white space that JSON allows between tokens.
  @inline(__always)
  mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset &+= 1
      default: return
      }
    }
  }
}
