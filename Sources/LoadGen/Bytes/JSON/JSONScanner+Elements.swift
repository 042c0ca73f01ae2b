extension JSONScanner {
  /// Reads the elements of an array, or the values of an object, in order, without building them.
  /// - Parameters:
  ///   - text: the array's or the object's text including its brackets, as `withText` lends it.
  ///   - use: receives the values at the scanner's paths within each element, in the order of the paths; and its key in an object.
  func forEachElement(
    in text: UnsafeRawBufferPointer, _ use: (_ key: JSONScalar?, [JSONScalar?]) -> Void
  ) throws(BadJSON) {
    let isObject = text.first == UInt8(ascii: "{")
    let (end, wanted) = isObject ? (UInt8(ascii: "}"), BadJSON.Wanted.commaOrObjectEnd) : (UInt8(ascii: "]"), .commaOrArrayEnd)
    try withUnsafeTemporaryAllocation(of: JSONReader.Found?.self, capacity: paths.slotCount) { found throws(BadJSON) in
      found.initialize(repeating: nil)
      var reader = JSONReader(text, tree: paths.view, found: found)
      defer { withExtendedLifetime(paths) {} }
      reader.offset = 1
      reader.skipSpace()
      if try reader.peek(isObject ? .keyOrEnd : .value) == end { return }
      while true {
        for slot in found.indices { found[slot] = nil }
        let key = isObject ? try Self.readKey(&reader) : nil
        try reader.readValue(node: 0, depth: 1)
        let values = paths.slots.map { slots in
          Self.first(of: slots, in: found).map { Self.lend($0, of: text) { JSONScalar($0, $1) } }
        }
        use(key.map { Self.lend(JSONReader.Found(kind: .string, text: $0), of: text) { JSONScalar($0, $1) } }, values)
        reader.skipSpace()
        let next = try reader.peek(wanted)
        reader.offset += 1
        if next == end { return }
        guard next == UInt8(ascii: ",") else { throw .unexpected(next, at: reader.offset - 1, wanted: wanted) }
      }
    }
  }

  /// Reads a key and the colon after it.
  private static func readKey(_ reader: inout JSONReader) throws(BadJSON) -> JSONText {
    reader.skipSpace()
    let quote = try reader.peek(.key)
    guard quote == UInt8(ascii: "\"") else { throw .unexpected(quote, at: reader.offset, wanted: .key) }
    let key = try reader.readString()
    reader.skipSpace()
    let colon = try reader.peek(.colon)
    guard colon == UInt8(ascii: ":") else { throw .unexpected(colon, at: reader.offset, wanted: .colon) }
    reader.offset += 1
    return key
  }
}
