/// The lines of a text, split by bytes. A line ends with LF or CRLF, which the last line may lack; a byte order mark at the beginning is
/// dropped. Everything else stays: blanks at either end of a line are part of it.
///
/// Never split by `Character`: CRLF is a single `Character`, and not equal to LF.
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
  /// Its lines, ended by LF or CRLF.
  public var textLines: [String] { TextLines(utf8).map { String(Substring($0)) } }

  /// The text without its line end, where it is a single line; otherwise the text itself.
  public var singleLine: String {
    let lines = textLines
    return lines.count == 1 ? lines[0] : self
  }

  /// The content of a text file, without a byte order mark and with a single LF at the end of each line, the last included.
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

/// The bytes that some editors put before a text: EF BB BF.
public enum ByteOrderMark {
  static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The text without a byte order mark at its beginning.
  public static func dropped<Bytes: Collection<UInt8>>(from text: Bytes) -> Bytes.SubSequence {
    text.dropFirst(text.starts(with: bytes) ? bytes.count : 0)
  }
}

extension BidirectionalCollection<UInt8> {
  /// The content of a file that holds a single thing, such as a secret: without a byte order mark, and without the line ends after it.
  public var withoutLineEnds: [UInt8] {
    var bytes = Array(ByteOrderMark.dropped(from: self))
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return bytes
  }
}
