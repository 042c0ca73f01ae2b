/// A way of making a body smaller that can be undone (RFC 9110, 8.4.1), as it is named in our own words.
enum ContentCoding: String, Sendable, CaseIterable {
  case gzip, deflate

  /// - Parameter token: a coding's name, in any letter case.
  init?(token: UnsafeRawBufferPointer) {
    if ByteScan.matches(token, "gzip") || ByteScan.matches(token, "x-gzip") {
      self = .gzip
    } else if ByteScan.matches(token, "deflate") {
      self = .deflate
    } else {
      return nil
    }
  }

  /// - Parameter value: of `Content-Encoding`. `nil` where it names none of these, or several, which were applied one after the other.
  init?(contentEncoding value: UnsafeRawBufferPointer) {
    var found: ContentCoding?
    for element in value.split(separator: UInt8(ascii: ",")) {
      let token = ByteScan.trimmed(value, from: element.startIndex, to: element.endIndex)
      if token.isEmpty || ByteScan.matches(token, "identity") { continue }
      guard found == nil, let coding = ContentCoding(token: token) else { return nil }
      found = coding
    }
    guard let found else { return nil }
    self = found
  }
}
