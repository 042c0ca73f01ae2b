/// The lines of a text, by its bytes. A line ends with LF or with CRLF, the last one perhaps with nothing, and a byte order mark before the
/// text is no part of it. All else stays as it is: blanks at a line's ends are the line's own.
///
/// Never by `Character`, to which CRLF is one thing and LF another.
public struct TextLines<Bytes: BidirectionalCollection<UInt8>>: Sequence, IteratorProtocol {
  private var rest: Bytes.SubSequence

  public init(_ bytes: Bytes) { rest = ByteOrderMark.dropped(from: bytes) }

  public mutating func next() -> Bytes.SubSequence? {
    guard !rest.isEmpty else { return nil }
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      defer { rest = rest[rest.endIndex...] }
      return Self.withoutReturn(rest)
    }
    defer { rest = rest[rest.index(after: end)...] }
    return Self.withoutReturn(rest[..<end])
  }

  private static func withoutReturn(_ line: Bytes.SubSequence) -> Bytes.SubSequence {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension String {
  /// Its lines, whichever way they end.
  public var textLines: [String] { TextLines(utf8).map { String(Substring($0)) } }

  /// The one line of a text that has one; the text itself where it has several.
  public var singleLine: String {
    let lines = textLines
    return lines.count == 1 ? lines[0] : self
  }

  /// What a file of text holds, with LF alone at the end of each line.
  /// - Returns: `nil` where it is not UTF-8.
  public init?(textOf bytes: some BidirectionalCollection<UInt8>) {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for line in TextLines(bytes) {
      plain += line
      plain.append(UInt8(ascii: "\n"))
    }
    self.init(validating: plain, as: UTF8.self)
  }
}

/// What some editors put before a text: EF BB BF.
public enum ByteOrderMark {
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  public static func dropped<Bytes: Collection<UInt8>>(from text: Bytes) -> Bytes.SubSequence {
    text.dropFirst(text.starts(with: bytes) ? bytes.count : 0)
  }
}

extension BidirectionalCollection<UInt8> {
  /// What a file holds that holds one thing, such as a secret: without a byte order mark before it, and without the line ends after it.
  public var withoutLineEnds: [UInt8] {
    var bytes = Array(ByteOrderMark.dropped(from: self))
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return bytes
  }
}
