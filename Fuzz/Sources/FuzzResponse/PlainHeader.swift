/// `Name: value`.
struct PlainHeader {
  /// In lower case.
  let name: String
  let value: [UInt8]

  /// Nil where the line is none.
  init?(_ line: [UInt8]) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let (name, value) = (line[..<colon], line[(colon + 1)...])
    guard PlainText.isToken(name), value.allSatisfy(PlainText.isPrintable) else { return nil }
    self.name = PlainText.lowercased(name)
    self.value = PlainText.trimmed(value)
  }
}
