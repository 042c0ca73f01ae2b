/// `;name=value` after a chunk's size or a transfer coding. Only their form is checked; they are otherwise ignored.
enum Parameters {
  /// Whether all bytes from `start` on are parameters: `*( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )`, as in RFC 9112,
  /// 7.1.1, or in 7, where values are required.
  static func areValid(_ bytes: UnsafeRawBufferPointer, from start: Int, needValues: Bool) -> Bool {
    var index = start
    while index < bytes.count {
      skipSpace(bytes, &index)
      guard index < bytes.count, bytes[index] == UInt8(ascii: ";") else { return false }
      index += 1
      skipSpace(bytes, &index)
      guard skipToken(bytes, &index) else { return false }
      var next = index
      skipSpace(bytes, &next)
      guard next < bytes.count, bytes[next] == UInt8(ascii: "=") else {
        if needValues { return false }
        continue
      }
      index = next + 1
      skipSpace(bytes, &index)
      guard skipToken(bytes, &index) || skipQuoted(bytes, &index) else { return false }
    }
    return true
  }

  private static func skipSpace(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) {
    while index < bytes.count, bytes[index] == ByteScan.space || bytes[index] == ByteScan.tab { index += 1 }
  }

  private static func skipToken(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    let start = index
    while index < bytes.count, ByteScan.isToken(bytes[index]) { index += 1 }
    return index > start
  }

  private static func skipQuoted(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return false }
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") {
        guard index < bytes.count, isText(bytes[index]) else { return false }
        index += 1
      } else if !isText(byte) {
        return false
      }
    }
    return false
  }

  private static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == ByteScan.tab }
}
