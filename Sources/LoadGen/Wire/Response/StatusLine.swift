/// The first line of a response: `HTTP/1.1 200 OK`.
struct StatusLine {
  /// The minor version, 0 or 1.
  var minorVersion: Int
  /// 100 to 599.
  var status: Int

  /// What every response begins with. It is compared with the first bytes before the line is complete, so that a peer that speaks another
  /// protocol is recognised at once, instead of only when it sends a line feed.
  static let start: StaticString = "HTTP/"

  /// Whether the bytes, as far as they go, can be the beginning of a response.
  @inline(__always)
  static func canBegin(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let wanted = start.utf8Start
    for index in 0..<min(bytes.count, start.utf8CodeUnitCount) where bytes[index] != wanted[index] { return false }
    return true
  }

  /// Reads a line, given without its line end, that `canBegin` has accepted. `isClean`: it is known to contain no control characters other
  /// than tabs.
  ///
  /// The space after the code may be missing if there is no reason phrase. RFC 9112 demands it of the sender, but many servers omit it, and
  /// nothing else can be meant.
  init(_ line: UnsafeRawBufferPointer, isClean: Bool) throws(BadResponse) {
    if line.count >= 12, ByteScan.word(line, 0) | 1 << 56 == 0x312E_312F_5054_5448, line[8] == ByteScan.space,
      line.count == 12 || line[12] == ByteScan.space
    {
      minorVersion = Int(line[7] & 1)
      let hundreds = Int(line[9]) &- 0x30
      let tens = Int(line[10]) &- 0x30
      let units = Int(line[11]) &- 0x30
      if 1...5 ~= hundreds, 0...9 ~= tens, 0...9 ~= units {
        status = hundreds &* 100 &+ tens &* 10 &+ units
        if !isClean, let control = ByteScan.firstControl(in: line, from: 12) {
          throw .controlCharacter(line[control], in: .statusLine)
        }
        return
      }
    }
    throw Self.fault(in: line)
  }

  /// Which part of a line that cannot be read is wrong.
  private static func fault(in line: UnsafeRawBufferPointer) -> BadResponse {
    let words = line.split(separator: ByteScan.space, maxSplits: 2, omittingEmptySubsequences: false)
    let version = UnsafeRawBufferPointer(rebasing: words[0])
    guard words.count > 1 else { return .statusLine(found: ByteScan.excerpt(line)) }
    guard version.elementsEqual("HTTP/1.1".utf8) || version.elementsEqual("HTTP/1.0".utf8) else {
      return .version(found: ByteScan.excerpt(version))
    }
    return .status(found: ByteScan.excerpt(UnsafeRawBufferPointer(rebasing: words[1])))
  }
}
