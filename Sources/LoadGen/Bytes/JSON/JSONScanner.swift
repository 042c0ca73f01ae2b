import Shared

/// Finds the values at given paths in a JSON document, without building the rest of it.
///
/// The whole document is checked (RFC 8259, UTF-8, nested at most 512 deep), so a value is never taken from a broken one. If a key occurs
/// twice in an object, the last one counts. Where the document has an array, a numeric key of a path is an index: `orders.0.id`. If the
/// nested keys lead nowhere, keys that contain dots are tried (`FieldPath.spellings`). A path without keys is the document itself.
///
/// A scanner is made once for its paths and used for many documents. `withText` then allocates only for strings with escapes that are
/// longer than a kilobyte.
struct JSONScanner: Sendable {
  let paths: JSONPaths

  init(_ path: FieldPath) { paths = JSONPaths([path]) }

  /// Looks up several paths in one pass. Paths may be equal, and one may be the beginning of another.
  init(_ paths: [FieldPath]) { self.paths = JSONPaths(paths) }

  /// The value at the first path; `nil` if the document has none there.
  func value(in bytes: UnsafeRawBufferPointer) throws(BadJSON) -> JSONScalar? {
    try withText(in: bytes) { JSONScalar($0, $1) }
  }

  /// The values at all paths, in the order in which the paths were given.
  func values(in bytes: UnsafeRawBufferPointer) throws(BadJSON) -> [JSONScalar?] {
    try withFound(in: bytes) { found in
      paths.slots.map { slots in Self.first(of: slots, in: found).map { Self.lend($0, of: bytes) { JSONScalar($0, $1) } } }
    }
  }

  /// Lends the text of the value at the first path: a string's bytes with escapes decoded, anything else as it was printed. Returns `nil`
  /// if the document has no value there.
  @inline(__always)
  func withText<Result>(
    in bytes: UnsafeRawBufferPointer, _ use: (JSONKind, UnsafeRawBufferPointer) -> Result
  ) throws(BadJSON) -> Result? {
    try withFound(in: bytes) { found in
      guard let slot = paths.firstSlot, let place = found[slot] ?? Self.first(of: paths.otherFirstSlots, in: found) else { return nil }
      return Self.lend(place, of: bytes, use)
    }
  }

  /// Lends a string's bytes with escapes decoded. Returns `nil` if the first path has no value or one that is not a string.
  @inline(__always)
  func withString<Result>(
    in bytes: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer) -> Result
  ) throws(BadJSON) -> Result? {
    try withText(in: bytes) { kind, text in kind == .string ? use(text) : nil } ?? nil
  }

  @inline(__always)
  private func withFound<Result>(
    in bytes: UnsafeRawBufferPointer, _ use: (UnsafeMutableBufferPointer<JSONReader.Found?>) -> Result
  ) throws(BadJSON) -> Result {
    try withUnsafeTemporaryAllocation(of: JSONReader.Found?.self, capacity: paths.slotCount) { found throws(BadJSON) in
      found.initialize(repeating: nil)
      var reader = JSONReader(bytes, tree: paths.view, found: found)
      // The reader walks in memory that `paths` owns.
      defer { withExtendedLifetime(paths) {} }
      try reader.readDocument()
      return use(found)
    }
  }

  /// The value under the first of a path's spellings that the document has.
  static func first(of slots: [Int], in found: UnsafeMutableBufferPointer<JSONReader.Found?>) -> JSONReader.Found? {
    for slot in slots { if let place = found[slot] { return place } }
    return nil
  }

  /// Lends the text of a found value, with escapes decoded.
  @inline(__always)
  static func lend<Result>(
    _ place: JSONReader.Found, of bytes: UnsafeRawBufferPointer, _ use: (JSONKind, UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let text = UnsafeRawBufferPointer(rebasing: bytes[place.text.start..<place.text.end])
    return place.text.hasEscapes ? lendUnescaped(place.kind, text, use) : use(place.kind, text)
  }

  /// A buffer of the raw length suffices: an escape is never shorter than what it stands for.
  private static func lendUnescaped<Result>(
    _ kind: JSONKind, _ text: UnsafeRawBufferPointer, _ use: (JSONKind, UnsafeRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(byteCount: text.count, alignment: 1) { buffer in
      var count = 0
      for byte in UnescapedBytes(text) {
        buffer[count] = byte
        count += 1
      }
      return use(kind, UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
    }
  }
}

extension JSONScanner {
  /// The value at a path, for a single use. For repeated use, keep a scanner: this one is built anew on each call.
  static func value(at path: FieldPath, in bytes: UnsafeRawBufferPointer) throws(BadJSON) -> JSONScalar? {
    try JSONScanner(path).value(in: bytes)
  }

  /// The values at several paths, in their order, for a single use.
  static func values(at paths: [FieldPath], in bytes: UnsafeRawBufferPointer) throws(BadJSON) -> [JSONScalar?] {
    try JSONScanner(paths).values(in: bytes)
  }
}
