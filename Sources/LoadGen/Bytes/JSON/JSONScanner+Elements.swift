extension JSONScanner {
  /// Reads the elements of an array in order, without building them.
  /// - Parameters:
  ///   - array: the array's text including its brackets, as `withText` lends it.
  ///   - use: receives the values at the scanner's paths within each element, in the order of the paths.
  func forEachElement(
    in array: UnsafeRawBufferPointer, _ use: ([JSONScalar?]) -> Void
  ) throws(BadJSON) {
    try withUnsafeTemporaryAllocation(of: JSONReader.Found?.self, capacity: paths.slotCount) { found throws(BadJSON) in
      found.initialize(repeating: nil)
      var reader = JSONReader(array, tree: paths.view, found: found)
      defer { withExtendedLifetime(paths) {} }
      reader.offset = 1
      reader.skipSpace()
      if try reader.peek(.value) == UInt8(ascii: "]") { return }
      while true {
        for slot in found.indices { found[slot] = nil }
        try reader.readValue(node: 0, depth: 1)
        use(paths.slots.map { slots in Self.first(of: slots, in: found).map { Self.lend($0, of: array) { JSONScalar($0, $1) } } })
        reader.skipSpace()
        let next = try reader.peek(.commaOrArrayEnd)
        reader.offset += 1
        if next == UInt8(ascii: "]") { return }
        guard next == UInt8(ascii: ",") else { throw .unexpected(next, at: reader.offset - 1, wanted: .commaOrArrayEnd) }
      }
    }
  }
}
